/** Rules that ask how an answer would leave, on a machine whose routing is random too: `rp_filter`, tables, `ip rule`. */
import type { Random } from './random.ts';
import { type RuleSet, nothing } from './rule-set.ts';

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** Everything that `setup` may have added carries this protocol number. */
const OURS = 'proto 99';

/** Shell text that takes back what an earlier set has done. */
const RESET = `nft flush ruleset
for program in iptables-legacy ip6tables-legacy; do for table in raw mangle nat filter; do
  $program -t $table -F; $program -t $table -X; for chain in PREROUTING INPUT FORWARD; do
  $program -t $table -P $chain ACCEPT 2>/dev/null || true; done; done; done
for family in -4 -6; do
  ip $family rule flush
  ip $family rule add pref 32766 lookup main
  ip $family route flush table all ${OURS} 2>/dev/null
done
ip rule add pref 32767 lookup default
ip route replace default via 192.168.77.20
ip -6 route replace default via 2001:db8:77::20 dev wlan0 metric 1024
`;

const routes4 = [
  '192.168.77.130/32 dev eth0',
  '192.168.77.20/31 dev eth0',
  '203.0.113.0/24 via 10.66.0.20',
  'blackhole 203.0.113.5',
  'unreachable 192.168.77.21',
  'throw 203.0.113.0/24',
  '203.0.113.0/24 nexthop via 192.168.77.20 nexthop via 10.66.0.20',
  'default dev eth0 table 77',
  'default via 192.168.77.20 table 77',
  '192.168.77.0/24 dev eth0 table 77',
  '203.0.113.0/24 dev eth0 table 78',
  'throw default table 78',
];
const routes6 = [
  'fd77::130/128 dev eth0',
  'fd77::20/127 dev eth0',
  'fd77::/64 dev eth0 metric 100',
  '2001:db8:77::/64 dev eth0 metric 500',
  '2001:db8:ff::/48 via fd66::20 dev eth0',
  'blackhole 2001:db8:ff::/64',
  'unreachable fd77::21',
  'default dev eth0 table 77',
  '2001:db8:77::/64 dev eth0 table 77',
  '2001:db8:ff::/48 dev eth0 table 78',
];
const rules4 = [
  'fwmark 0x1 lookup 77',
  'not fwmark 0x1 lookup 77',
  'from 192.168.77.10 lookup 77',
  'from 10.66.0.0/24 lookup 78',
  'to 203.0.113.0/24 lookup 77',
  'not to 192.168.77.0/24 lookup 77',
  'to 192.168.77.128/25 unreachable',
  'lookup 78',
  'lookup main suppress_prefixlength 0',
  'iif wlan0 lookup 77',
  'iif lo lookup 78',
  'to 192.168.77.20 goto 32766',
];
const rules6 = [
  'fwmark 0x1 lookup 77',
  'not fwmark 0x1 lookup 77',
  'from fd77::10 lookup 77',
  'to 2001:db8:ff::/48 lookup 77',
  'to fd77::130 prohibit',
  'lookup 78',
  'lookup main suppress_prefixlength 0',
];

function setup(r: Random): string {
  const filters = ['all', 'wlan0', 'eth0'].map(
    (name) => `net.ipv4.conf.${name}.rp_filter=${r.pick(name === 'all' ? [0, 0, 0, 1, 2] : [0, 0, 0, 1, 2])}`,
  );
  const added = (family: string, routes: readonly string[], rules: readonly string[]): string[] => [
    ...r.some(routes, r.pick([0, 1, 2, 3])).map((route) => `ip ${family} route add ${route} ${OURS} || true`),
    ...r.some(rules, r.pick([0, 0, 1, 2])).map((rule, at) => `ip ${family} rule add pref ${100 + at} ${rule} || true`),
  ];
  return [
    RESET,
    `sysctl -qw ${filters.join(' ')} net.ipv4.conf.all.src_valid_mark=${r.below(2)}`,
    ...(r.chance(0.2) ? ['ip route del default'] : []),
    ...(r.chance(0.2) ? ['ip -6 route del default'] : []),
    ...added('-4', routes4, rules4),
    ...added('-6', routes6, rules6),
    '',
  ].join('\n');
}

const some = (r: Random): string => r.pick(['', '', '', '-i wlan0 ', '-i eth0 ', '-p udp -m udp --dport 1:3000 ']);

function iptables(r: Random): string {
  const matches = [
    '-m rpfilter',
    '-m rpfilter --invert',
    '-m rpfilter --loose',
    '-m rpfilter --loose --invert',
    '-m rpfilter --validmark --invert',
    '-m rpfilter --validmark --accept-local',
    '-m rpfilter --accept-local',
    '-m rpfilter --loose --accept-local',
    '-m rpfilter --loose --validmark --invert',
    '-m rpfilter --loose --validmark --accept-local --invert',
  ];
  return [
    '*raw',
    ':PREROUTING ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ...(r.chance(0.4) ? ['-A PREROUTING -p udp -m udp --dport 1:1024 -j MARK --set-mark 0x1'] : []),
    ...times(r.below(3), () => `-A PREROUTING ${some(r)}${r.pick(matches)} -j ${r.pick(['DROP', 'DROP', 'ACCEPT'])}`),
    'COMMIT',
    '*mangle',
    ':PREROUTING ACCEPT [0:0]',
    ...times(
      r.below(3),
      () => `-A PREROUTING ${some(r)}${r.pick(matches)} -j ${r.pick(['DROP', 'RETURN', 'MARK --set-mark 0x1'])}`,
    ),
    'COMMIT',
    '*filter',
    ':INPUT ACCEPT [0:0]',
    ...times(r.below(2), () => `-A INPUT ${some(r)}-m mark --mark 0x1 -j DROP`),
    'COMMIT',
    '',
  ].join('\n');
}

function nftables(r: Random): string {
  const matches = [
    'fib saddr . iif oif missing',
    'fib saddr . iif oif exists',
    'fib saddr . mark . iif oif missing',
    'fib saddr . mark . iif oif exists',
    'fib saddr oif missing',
    'fib saddr . mark oif exists',
    'fib saddr oifname "wlan0"',
    'fib saddr oifname != "wlan0"',
    'fib saddr oif "eth0"',
    'fib saddr . iif oifname { "wlan0", "eth0" }',
    'meta nfproto ipv6 fib saddr . mark . iif oif missing',
    'meta nfproto ipv4 fib saddr . iif oif 0',
  ];
  const narrowed = (): string => r.pick(['', '', '', 'iifname "wlan0" ', 'udp dport 1-3000 ', 'ip6 saddr 2000::/3 ']);
  return [
    'table inet t0 {',
    'chain pre { type filter hook prerouting priority raw; policy accept;',
    ...(r.chance(0.4) ? ['udp dport 1-1024 meta mark set 0x1'] : []),
    ...times(
      1 + r.below(3),
      () => `${narrowed()}${r.pick(matches)} ${r.pick(['drop', 'drop', 'accept', 'meta mark set 0x1'])}`,
    ),
    '}',
    'chain in { type filter hook input priority filter; policy accept;',
    ...times(r.below(2), () => `${narrowed()}${r.pick(matches)} ${r.pick(['drop', 'accept'])}`),
    ...(r.chance(0.3) ? ['meta mark 0x1 drop'] : []),
    '}',
    '}',
    '',
  ].join('\n');
}

/** Only datagrams are sent: an answer may leave by a way that leads nowhere. */
export function routingRules(r: Random): RuleSet {
  const common = { ...nothing, setup: setup(r), only: 'udp' } as const;
  const shape = r.below(10);
  if (shape < 1) return common;
  if (shape < 5) return { ...common, nftables: nftables(r) };
  return { ...common, [shape < 8 ? 'iptables' : 'legacy']: { ipv4: iptables(r), ipv6: iptables(r) } };
}
