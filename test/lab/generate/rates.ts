/**
 * Rules that let one packet in and not the next, or the other way round: one match an hour. One such rule a set: what two
 * of them do together depends on how they count.
 */
import type { Random } from './random.ts';
import { type RuleSet, nothing } from './rule-set.ts';

/** `count` rules, one of which holds `rate`. */
const rules = (r: Random, count: number, rate: string, write: (rate: string) => string): string[] => {
  const rated = r.below(count);
  return Array.from({ length: count }, (_, index) => write(index === rated ? rate : ''));
};

const iptables = (r: Random): string =>
  [
    '*filter',
    `:INPUT ${r.pick(['ACCEPT', 'DROP'])} [0:0]`,
    ':FORWARD ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ':one - [0:0]',
    '-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT',
    ...rules(r, 1 + r.below(3), '-m limit --limit 1/hour --limit-burst 1 ', (rate) => {
      const target = r.pick(['ACCEPT', 'DROP', 'REJECT', 'RETURN', 'one', 'LOG']);
      return `-A INPUT ${r.pick(['', '-p tcp ', '-i wlan0 '])}${rate}-j ${target}`;
    }),
    ...Array.from({ length: r.below(3) }, () => `-A one -i wlan0 -j ${r.pick(['ACCEPT', 'DROP', 'RETURN'])}`),
    'COMMIT',
    '',
  ].join('\n');

const nftables = (r: Random): string =>
  [
    'table inet t0 {',
    'chain one {',
    ...Array.from({ length: r.below(3) }, () => `iifname "wlan0" ${r.pick(['accept', 'drop', 'return'])}`),
    '}',
    `chain in { type filter hook input priority 0; policy ${r.pick(['accept', 'drop'])};`,
    'ct state established accept',
    ...rules(
      r,
      1 + r.below(3),
      r.pick(['limit rate 1/hour burst 1 packets ', 'limit rate over 1/hour burst 1 packets ']),
      (rate) => {
        const verdict = r.pick(['accept', 'drop', 'reject', 'jump one', 'return']);
        return `${r.pick(['', 'meta l4proto tcp ', 'iifname "wlan0" '])}${rate}${verdict}`;
      },
    ),
    '}',
    '}',
    '',
  ].join('\n');

export function rateRules(r: Random): RuleSet {
  if (r.chance(0.5)) return { ...nothing, nftables: nftables(r) };
  const text = iptables(r);
  return { ...nothing, iptables: { ipv4: text, ipv6: text } };
}
