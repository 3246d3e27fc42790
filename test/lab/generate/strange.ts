/** Rules that test or do what the engine does not know. It may say that it cannot tell; it may never be wrong. */
import { iptablesRules } from './iptables.ts';
import { nftablesRules } from './nftables.ts';
import type { Random } from './random.ts';
import type { RuleSet } from './rule-set.ts';
import { ports } from './ways.ts';

const MATCHES = [
  '-m length --length 0:59',
  '-m length ! --length 60:80',
  '-m mac --mac-source 02:00:00:00:77:20',
  '-m dscp --dscp 0x00',
  '-m string --string "GET /" --algo bm',
  '-m u32 --u32 "0>>28=4"',
  '-m time --timestart 00:00 --timestop 23:59',
  '-m cpu --cpu 0',
  '-m ecn --ecn-tcp-ece',
  '-m hashlimit --hashlimit-upto 900/sec --hashlimit-burst 900 --hashlimit-name many',
  '-m connlimit --connlimit-upto 1000',
  '-m quota --quota 100000',
  '-m socket',
  '-m socket --transparent',
  '-m rpfilter',
  '-m rpfilter --invert',
  '-m policy --dir in --pol none',
  '-m helper --helper ftp',
  '-m bpf --bytecode "1,6 0 0 65535"',
];
const EXPRESSIONS = [
  'meta length < 60',
  'ether saddr 02:00:00:00:77:20',
  'meta cpu 0',
  'meta iiftype ether',
  'meta skuid 0',
  'meta iifgroup 0',
  'meta random & 1 == 0',
  'th dport & 1 == 1',
  'tcp dport & 0xff00 == 0x1f00',
  'tcp dport > 1024',
  'tcp dport <= 443',
  '@th,16,16 80',
  '@nh,72,8 6',
  'tcp window > 100',
  'tcp flags & syn != 0',
  'udp length < 1000',
  'fib saddr . iif oif != 0',
  'fib saddr . iif oif missing',
  'rt classid 0',
  'socket transparent 0',
  'ct expiration > 10s',
  'ct packets < 5',
  'ct count 1000',
  'ct helper "ftp"',
  'quota 100000 bytes',
  'meta hour "00:00"-"23:59"',
  'osf name "Linux"',
];
const ACTIONS = [
  'queue num 3 bypass',
  'counter',
  'ct helper set "none"',
  'meta priority set 1:1',
  'meta pkttrace set 1',
];

/** Rates: only where keeping them lets a packet in, because the first packets are those that are sent. */
const rated = /hashlimit|connlimit|quota|ct count/;

const put = (lines: string[], at: RegExp, added: string, r: Random): void => {
  const places = lines.flatMap((line, index) => (at.test(line) ? [index] : []));
  if (places.length > 0) lines.splice(r.pick(places), 0, added);
};

export function strangeRules(r: Random): RuleSet {
  if (r.chance(0.5)) {
    const set = iptablesRules(r, r.chance(0.5));
    const strange = (text: string, family: 4 | 6): string => {
      const lines = text.split('\n');
      for (let left = 1 + r.below(3); left > 0; left--) {
        const usable = MATCHES.filter((match) => family === 4 || !/u32|bpf/.test(match));
        const match = r.pick(usable);
        const protocol = /ecn-tcp/.test(match) ? 'tcp' : r.pick(['tcp', 'udp']);
        const rule = `-p ${protocol} ${match} -j ${rated.test(match) ? 'ACCEPT' : r.pick(['ACCEPT', 'DROP', 'RETURN'])}`;
        if (/rpfilter/.test(match)) put(lines, /^-A PREROUTING|^:POSTROUTING/, '', r);
        else put(lines, /^-A INPUT/, `-A INPUT ${rule}`, r);
      }
      return lines.filter((line) => line !== '').join('\n') + '\n';
    };
    const { ipv4, ipv6 } = set.iptables!;
    return { ...set, iptables: { ipv4: strange(ipv4, 4), ipv6: strange(ipv6, 6) } };
  }
  const set = nftablesRules(r, r.chance(0.5));
  const lines = set.nftables!.split('\n');
  for (let left = 1 + r.below(3); left > 0; left--) {
    const expression = r.pick(EXPRESSIONS);
    const verdict = rated.test(expression) ? 'accept' : r.pick(['accept', 'drop', 'meta mark set 0x1']);
    const rule = r.chance(0.9) ? `${expression} ${verdict}` : `tcp dport ${r.pick(ports)} ${r.pick(ACTIONS)}`;
    put(lines, /^(accept|ct state established|jump)/, rule, r);
  }
  return { ...set, nftables: lines.join('\n') };
}
