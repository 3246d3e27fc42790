/** For every expression of nft that the engine knows, rules of which it decides for the ports that they are about. */
import type { Protocol } from '../../../src/core/model.ts';
import { SHARED } from './each-iptables.ts';
import type { Random } from './random.ts';

interface Place {
  readonly r: Random;
  readonly protocol: Protocol;
  /** `tcp dport { 22, 80 }` */
  readonly doors: string;
  readonly ports: readonly number[];
  readonly hit: 'accept' | 'drop';
}

/** Rules for each chain. */
interface Lines {
  readonly raw?: readonly string[];
  readonly pre?: readonly string[];
  readonly nat?: readonly string[];
  readonly input?: readonly string[];
}

type Kind = (place: Place) => Lines;

/** For both families alike, or what IPv4 is asked and what IPv6; null: it has nothing of the kind. */
type Words = (place: Place) => string | readonly [v4: string, v6: string | null];

/** Expressions that hold for most packets, all in one rule: each of them decides. */
const together =
  (list: readonly Words[]): Kind =>
  (place) => {
    const said = list.map((words) => words(place));
    const rule = (parts: readonly (string | null)[]): readonly string[] =>
      parts.includes(null) ? [] : [[place.doors, ...parts, place.hit].join(' ')];
    if (said.every((one) => typeof one === 'string')) return { input: rule(said) };
    return {
      input: [0, 1].flatMap((at) => rule(said.map((one) => (typeof one === 'string' ? one : (one[at] ?? null))))),
    };
  };

/** Only where keeping a rate lets a packet in, because the first packets are those that are sent. */
const rated =
  (words: string): Kind =>
  ({ doors }) => ({ input: [`${doors} ${words} accept`, `${doors} drop`] });

const shared = ({ protocol, hit }: Place): string => `${protocol} dport { ${SHARED.join(', ')} } ${hit}`;

const sentTo =
  (target: (place: Place) => string): Kind =>
  (place) => ({ nat: [`${place.doors} ${target(place)}`], input: [shared(place)] });

const eachPort = (ports: readonly number[], value: string): string =>
  `{ ${ports.map((port) => `${port} : ${value}`).join(', ')} }`;
const span = (ports: readonly number[]): string => `${Math.min(...ports)}-${Math.max(...ports)}`;

/** What holds for most of what is sent. */
const MOSTLY: readonly Words[] = [
  ({ r }) => [`ct l3proto ipv4`, `ct l3proto ${r.pick(['ipv6', '!= ipv4'])}`],
  ({ protocol }) => `ct original protocol { ${protocol}, sctp }`,
  () => ['ct original ip saddr { 10.0.0.0/8, 192.168.0.0/16 }', 'ct original ip6 saddr { fc00::/7, 2000::/3 }'],
  () => ['ct original ip daddr { 192.168.77.10, 10.66.0.10 }', 'ct original ip6 daddr { fd77::10, 2001:db8:77::10 }'],
  ({ ports }) => `ct original proto-dst ${span(ports)}`,
  () => ['ct reply ip saddr { 192.168.77.10, 10.66.0.10 }', 'ct reply ip6 saddr { fd77::10, 2001:db8:77::10 }'],
  () => ['ct reply ip daddr 192.168.0.0/16', 'ct reply ip6 daddr { fd77::/64, 2000::/3 }'],
  ({ ports }) => `ct reply proto-src ${span(ports)}`,
  ({ r }) => `ct status != ${r.pick(['confirmed', 'snat', 'assured'])}`,
  () => 'ct direction original',
  () => ['ip daddr & 0.0.0.255 == 0.0.0.10', 'ip6 daddr & ::ffff == ::10'],
  () => ['ip saddr & 255.0.0.0 == 192.0.0.0', 'ip6 saddr & ff00:: == fd00::'],
  () => ['ip saddr < 192.168.77.100', 'ip6 saddr >= fd00::'],
  () => 'th sport & 0xff != 5',
  ({ protocol }) => `${protocol} sport != 5`,
  ({ protocol }) => `${protocol} sport 1024-65535`,
  () => 'iif != "lo"',
  () => ['ip saddr & 192.0.0.0 != 0.0.0.0', 'ip6 saddr & 8000:: != ::'],
  () => ['ip saddr & 192.0.0.0 == 192.0.0.0', 'ip6 saddr & 8000:: == 8000::'],
  ({ protocol }) => `${protocol} dport & 0xe000 == 0x0000`,
  ({ protocol, ports }) => [
    `ip saddr . ip daddr . ${protocol} dport { ${ports.flatMap((port) => ['20', '21', '22', '130'].map((host) => `192.168.77.${host} . 192.168.77.10 . ${port}`)).join(', ')} }`,
    null,
  ],
  ({ r }) => [`ip version ${r.pick(['4', '!= 6'])}`, 'ip6 version 6'],
  ({ r, protocol }) => [`ip protocol ${r.pick([protocol, '{ tcp, udp }'])}`, `ip6 nexthdr ${protocol}`],
  ({ r }) => [`meta protocol ${r.pick(['ip', '{ ip, arp }'])}`, 'meta protocol ip6'],
  ({ r }) => `meta pkttype ${r.pick(['host', '!= { broadcast, multicast }', '{ host, broadcast }'])}`,
  () => 'oif != "lo"',
  () => 'oifname != "eth0"',
  ({ protocol }) => (protocol === 'tcp' ? 'tcp flags syn / syn,ack' : 'meta pkttype host'),
  ({ protocol }) => (protocol === 'tcp' ? 'tcp flags != { ack }' : 'oif != "lo"'),
  () => 'fib daddr . iif type local',
  () => 'fib daddr type { local, broadcast }',
  () => 'fib saddr . iif type unicast',
  ({ r }) => `fib saddr oifname ${r.pick(['"wlan0"', '{ "wlan0", "eth0" }'])}`,
  () => 'fib saddr oif "wlan0"',
  ({ r }) => `fib saddr . iif ${r.pick(['oif != 0', 'oif exists', 'oifname "wlan0"'])}`,
  () => 'fib saddr . mark . iif oif exists',
  () => ['ip dscp set cs1', null],
  ({ protocol }) => (protocol === 'tcp' ? 'tcp option maxseg size set 1400' : 'ct direction original'),
  () => ['add @noted { ip saddr }', null],
  () => ['ip saddr @noted', null],
];

const KINDS: readonly Kind[] = [
  // Marks.
  ({ r, doors, hit }) => ({
    pre: [`${doors} ct mark set 0x1`],
    input: [`${doors} ct mark ${r.pick(['& 0x1 == 0x1', 'and 0x1 != 0'])} ${hit}`],
  }),
  ({ doors, ports, protocol, hit }) => ({
    pre: [`ct mark set ${protocol} dport map ${eachPort(ports, '0x1')}`],
    input: [`${doors} ct mark 0x1 ${hit}`],
  }),
  ({ r, doors, hit }) => ({
    pre: [`${doors} meta mark set 0x5`],
    input: [`${doors} meta mark ${r.pick(['& 0x3 == 0x1', 'and 0x3 { 1, 2 }', '& 0x3 != 0x0'])} ${hit}`],
  }),
  ({ doors, hit }) => ({
    pre: [`${doors} meta mark set ip saddr map { 192.168.77.20 : 0x1, 192.168.77.21 : 0x2, 192.168.77.22 : 0x1 }`],
    input: [`${doors} meta mark 0x1 ${hit}`],
  }),
  ({ doors, hit }) => ({
    raw: [`${doors} ct zone set 1`, `${doors} notrack`],
    input: [`${doors} ct state untracked ${hit}`],
  }),
  ({ doors, hit }) => ({ raw: [`${doors} notrack`], input: [`${doors} ct state untracked ${hit}`] }),
  // Headers.
  ({ doors, hit }) => ({
    input: [`${doors} ip saddr & 0.0.0.1 vmap { 0 : ${hit}, 0.0.0.1 : continue }`],
  }),
  ({ doors, hit }) => ({
    input: [`${doors} ip daddr vmap { 192.168.77.10 : ${hit}, 10.66.0.10 : continue }`],
  }),
  ({ ports, hit }) => ({
    input: [`ip protocol . th dport vmap { tcp . ${ports[0]} : ${hit}, udp . ${span(ports)} : ${hit} }`],
  }),
  ({ doors, hit }) => ({ input: [`${doors} ip protocol vmap { tcp : ${hit}, udp : ${hit} }`] }),
  ({ doors, protocol, hit }) => ({
    input: [`${doors} ${protocol === 'tcp' ? `tcp flags vmap { syn : ${hit} }` : hit}`],
  }),
  // Routing.
  ({ doors, hit }) => ({ input: [`${doors} fib daddr type vmap { local : ${hit} }`] }),
  ({ doors, hit }) => ({ input: [`${doors} fib saddr oif vmap { "wlan0" : ${hit} }`] }),
  // Sent on.
  sentTo(() => `redirect to :${SHARED[0]}`),
  sentTo(() => `redirect to :${SHARED.join('-')}`),
  (place) => ({
    nat: [`redirect to :${place.protocol} dport map ${eachPort(place.ports, String(SHARED[1]))}`],
    input: [shared(place)],
  }),
  sentTo(({ r }) => `dnat ip to ${r.pick(['192.168.77.10', '10.66.0.10'])}:${SHARED[0]}`),
  (place) => ({
    nat: ['ip to 192.168.77.10', 'ip6 to [fd77::10]'].map((to) => `${place.doors} dnat ${to}:${SHARED.join('-')}`),
    input: [shared(place)],
  }),
  (place) => ({
    nat: [
      `dnat ip addr . port to ${place.protocol} dport map ${eachPort(place.ports, `192.168.77.10 . ${SHARED[0]}`)}`,
    ],
    input: [shared(place)],
  }),
  // Statements.
  ({ doors, protocol }) => ({
    input:
      protocol === 'tcp'
        ? [`${doors} reject with tcp reset`]
        : ['ipv4 reject with icmp', 'ipv6 reject with icmpv6'].map(
            (words) => `${doors} meta nfproto ${words} port-unreachable`,
          ),
  }),
  // Rates: kept by all that is sent, so that all of them hold.
  rated(
    'limit rate 5000/second burst 1000 packets limit rate 900 mbytes/second ct count 60000 quota until 900 mbytes numgen inc mod 1000000 < 999990 meta random <= 0xfffffff0',
  ),
  (place) =>
    rated(
      `add @rationed { ip saddr limit rate 5000/second burst 1000 packets } meter of-${place.protocol} { ip saddr limit rate 5000/second burst 1000 packets }`,
    )(place),
  // What no first packet has: without any one of them its rule would hold.
  ({ doors, hit }) => ({
    input: [
      `${doors} ct helper "ftp" ${hit}`,
      ...['ah spi 1', 'esp spi 1', 'dccp dport 5', 'sctp dport 5'].map((words) => `${words} ${hit}`),
      ...['icmp code 0', 'icmp type echo-request', 'icmpv6 type echo-request'].map((words) => `${words} ${hit}`),
    ],
  }),
];

/** Who is in it already; rules add others. */
export const SETS = [
  'set noted { type ipv4_addr; size 1000; flags dynamic; elements = { 192.168.77.20, 192.168.77.21, 192.168.77.22, 192.168.77.130, 203.0.113.5, 10.66.0.20 } }',
  'set rationed { type ipv4_addr; size 1000; flags dynamic; }',
];

export const ofNftables = { KINDS, MOSTLY, together } as const;
