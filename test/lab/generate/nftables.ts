/** Random native nftables rulesets: several base chains, sets, maps, concatenations, marks, redirects. */
import { type RuleSet, nothing } from './rule-set.ts';
import type { Random } from './random.ts';
import { ports, rangeOfPorts, sourcePorts } from './ways.ts';

type TableFamily = 'ip' | 'ip6' | 'inet';

const V4 = [
  '192.168.77.0/24',
  '192.168.77.20',
  '192.168.77.21-192.168.77.130',
  '10.0.0.0/8',
  '203.0.113.5',
  '192.168.77.0/27',
];
const V6 = [
  'fd77::/64',
  'fd77::20',
  '2001:db8:77::/64',
  '2001:db8:77::20-2001:db8:77::21',
  'fe80::/10',
  'fd66::20',
  '2000::/3',
];
const OWN4 = ['192.168.77.10', '10.66.0.10', '192.168.77.0/24'];
const OWN6 = ['fd77::10', '2001:db8:77::10', 'fd66::10', 'fe80::/10', 'fd00::/8'];

/** Elements of an interval set must not overlap. */
const APART4 = ['192.168.77.20', '192.168.77.21-192.168.77.22', '192.168.77.130', '10.0.0.0/8', '203.0.113.0/24'];
const APART6 = ['fd77::20', 'fd77::21-fd77::7f', '2001:db8:77::/64', 'fe80::/10', '2001:db8:ff::/48'];

interface Making {
  readonly r: Random;
  readonly family: TableFamily;
  readonly hook: 'prerouting' | 'input';
  /** Chains that may be jumped to from here. */
  readonly later: readonly string[];
  /** What no rule names gets in, and few rules keep anything out. */
  readonly lenient: boolean;
}

const not = (r: Random, probability = 0.3): string => (r.chance(probability) ? '!= ' : '');
const list = (values: readonly (string | number)[]): string => `{ ${values.join(', ')} }`;
const range = (r: Random): string => rangeOfPorts(r).join('-');
const somePorts = (r: Random): number[] => r.some(ports, 2 + r.below(3));
const portValue = (r: Random): string =>
  r.weighted<() => string>([
    [() => String(r.pick(ports)), 6],
    [() => range(r), 3],
    [() => list(somePorts(r)), 3],
    [() => list([22, ...r.some([443, 631, 3000], 2), '8000-8009']), 2],
  ])();

const v6Only = ({ family, r }: Making): boolean => family === 'ip6' || (family === 'inet' && r.chance(0.5));

const matches: readonly (readonly [(making: Making) => string, number])[] = [
  [({ r }) => `tcp dport ${not(r, 0.12)}${portValue(r)}`, 9],
  [({ r }) => `udp dport ${not(r, 0.12)}${portValue(r)}`, 7],
  [({ r }) => `meta l4proto { tcp, udp } th dport ${not(r)}${portValue(r)}`, 5],
  [({ r }) => `tcp dport ${not(r)}@ports`, 3],
  [
    ({ r }) =>
      `${r.pick(['tcp', 'udp'])} sport ${not(r)}${r.pick([`${r.pick(sourcePorts)}`, '1024-30000', '20000-65535', list(sourcePorts)])}`,
    4,
  ],
  [
    ({ r }) =>
      `iifname ${not(r)}${r.pick(['"wlan0"', '"wlan0"', '"eth0"', '"wl*"', '{ "wlan0", "lo" }', '{ "wlan0", "eth0" }'])}`,
    6,
  ],
  [({ r }) => `iif ${not(r)}${r.pick(['"wlan0"', '"eth0"', '"lo"'])}`, 3],
  [(m) => (v6Only(m) ? `ip6 saddr ${not(m.r)}${m.r.pick(V6)}` : `ip saddr ${not(m.r)}${m.r.pick(V4)}`), 8],
  [(m) => (v6Only(m) ? `ip6 saddr ${not(m.r)}@sources6` : `ip saddr ${not(m.r)}@sources`), 4],
  [
    (m) =>
      v6Only(m)
        ? `ip6 saddr ${not(m.r)}${list(m.r.some(APART6, 2))}`
        : `ip saddr ${not(m.r)}${list(m.r.some(APART4, 2))}`,
    3,
  ],
  [(m) => (v6Only(m) ? `ip6 daddr ${not(m.r)}${m.r.pick(OWN6)}` : `ip daddr ${not(m.r)}${m.r.pick(OWN4)}`), 5],
  [(m) => (v6Only(m) ? 'ip6 saddr . tcp dport @pairs6' : 'ip saddr . tcp dport @pairs'), 3],
  [({ r }) => `iifname . meta l4proto ${not(r)}{ "wlan0" . tcp, "eth0" . udp }`, 2],
  [
    ({ r }) =>
      `meta l4proto . th dport { tcp . ${r.pick(ports)}, udp . ${r.pick(ports)}, ${r.pick(['tcp', 'udp'])} . 31000-31009 }`,
    3,
  ],
  [({ r }) => `ct state ${not(r)}${r.pick(['new', 'new', 'established,related', '{ new, untracked }', 'invalid'])}`, 5],
  [({ r }) => `ct status ${r.pick(['dnat', '& dnat == dnat', '& dnat != dnat', '!= dnat'])}`, 4],
  [
    ({ r }) => `meta l4proto { tcp, udp } ct original proto-dst ${not(r)}${r.pick([String(r.pick(ports)), range(r)])}`,
    2,
  ],
  [(m) => (v6Only(m) ? `ct original ip6 daddr ${m.r.pick(OWN6)}` : `ct original ip daddr ${m.r.pick(OWN4)}`), 3],
  [() => 'ct direction original', 1],
  [({ r }) => `meta mark ${not(r)}${r.pick(['0x0', '0x1', '0x2'])}`, 2],
  [({ r }) => `meta mark & 0x3 ${r.pick(['==', '!='])} ${r.pick(['0x1', '0x0'])}`, 2],
  [({ r, family }) => (family === 'inet' ? `meta nfproto ${r.pick(['ipv4', 'ipv6'])}` : `meta pkttype host`), 3],
  [({ r }) => `meta l4proto ${not(r)}${r.pick(['tcp', 'udp', '{ tcp, icmp }'])}`, 3],
  [({ r }) => `fib daddr type ${not(r)}${r.pick(['local', 'local', 'unicast', 'broadcast'])}`, 2],
  [({ r }) => `fib daddr . iif type ${not(r)}local`, 1],
  [({ r }) => `fib saddr type ${not(r)}${r.pick(['unicast', 'local'])}`, 2],
  [({ r }) => `meta pkttype ${not(r)}${r.pick(['host', 'broadcast', 'multicast'])}`, 1],
  [
    (m) =>
      v6Only(m)
        ? `ip6 saddr ${m.r.pick(['<', '<=', '>', '>='])} ${m.r.pick(['fd77::21', '2001:db8:77::20', 'fd66::20'])}`
        : `ip saddr ${m.r.pick(['<', '<=', '>', '>='])} ${m.r.pick(['192.168.77.21', '192.168.77.130', '203.0.113.5'])}`,
    2,
  ],
  [
    (m) =>
      v6Only(m)
        ? `ip6 ${m.r.pick(['saddr & ::ff == ::20', 'saddr & ::ff != ::20', 'daddr & ::ffff == ::10', 'saddr & ffff:: == fd77::'])}`
        : `ip ${m.r.pick(['saddr & 0.0.0.255 == 0.0.0.20', 'saddr & 255.0.0.1 != 192.0.0.0', 'daddr & 0.0.255.255 == 0.0.77.10', 'saddr & 255.255.255.0 == 192.168.77.0'])}`,
    2,
  ],
  [
    ({ r }) =>
      `th dport ${r.pick(['& 0xffc0 == 0x0bc0', '& 0xff80 != 0x1f00', '& 0xff00 == 0x1f00', '> 1024', '<= 443'])}`,
    2,
  ],
  [({ r }) => `meta l4proto { tcp, udp } ct reply proto-src ${not(r)}${r.pick([String(r.pick(ports)), range(r)])}`, 2],
  [
    (m) =>
      v6Only(m)
        ? `ct reply ip6 ${m.r.pick(['saddr', 'daddr'])} ${m.r.pick([...OWN6, ...V6])}`
        : `ct reply ip ${m.r.pick(['saddr', 'daddr'])} ${m.r.pick([...OWN4, ...V4])}`,
    2,
  ],
  [(m) => (v6Only(m) ? `ct original ip6 saddr ${m.r.pick(V6)}` : `ct original ip saddr ${not(m.r)}${m.r.pick(V4)}`), 2],
  [ctProtocol, 2],
  [({ r }) => `fib saddr . iif type ${not(r)}${r.pick(['unicast', 'local', 'multicast'])}`, 2],
  [({ r }) => `meta skuid ${not(r)}${r.pick(['0', '1000'])}`, 1],
  [({ r }) => `ct helper ${not(r)}"ftp"`, 1],
  [({ r, family }) => (family === 'ip6' ? `ip6 version ${not(r)}6` : `ip version ${not(r)}4`), 1],
  [({ r }) => `meta protocol ${not(r)}${r.pick(['ip', 'ip6', '{ ip, arp }'])}`, 1],
  [({ r }) => `tcp flags ${r.pick(['syn', '& (fin | syn | rst | ack) == syn', '!= syn'])}`, 2],
];

const verdictMap = (making: Making): string => {
  const { r, later } = making;
  const verdict = (): string =>
    r.weighted<string>([
      ['accept', 5],
      ['drop', 4],
      ['return', 1],
      ['continue', 1],
      ...later.map((name) => [`jump ${name}`, 2] as [string, number]),
    ]);
  const keyed = (keys: readonly (string | number)[]): string => list(keys.map((key) => `${key} : ${verdict()}`));
  return r.weighted<() => string>([
    [() => `tcp dport vmap ${keyed(somePorts(r))}`, 4],
    [() => `udp dport vmap ${keyed([53, range(r).replace(/^(.*)$/, '137-445'), '3000-8009'])}`, 2],
    [() => `iifname vmap ${keyed(['"wlan0"', '"eth0"', '"lo"'])}`, 2],
    [() => `meta l4proto vmap ${keyed(['tcp', 'udp'])}`, 1],
    [
      () =>
        `ct state vmap { established : accept, related : accept, invalid : drop${r.chance(0.5) ? `, new : ${verdict()}` : ''} }`,
      2,
    ],
    [
      () =>
        v6Only(making) ? `ip6 saddr vmap ${keyed(r.some(APART6, 3))}` : `ip saddr vmap ${keyed(r.some(APART4, 3))}`,
      2,
    ],
    [() => `meta l4proto . th dport vmap ${keyed(['tcp . 80', 'udp . 53', 'tcp . 3000-8000'])}`, 2],
    [() => `iifname . tcp dport vmap ${keyed([`"wlan0" . ${r.pick(ports)}`, '"eth0" . 22'])}`, 2],
  ])();
};

/** One rule near the top that shows a single kind of match at work, so that the rare ones decide often enough. */
const spotlight = (making: Making): string => {
  const { r } = making;
  if (r.chance(0.12)) return verdictMap(making);
  return `${r.pick(matches)[0](making)} ${r.pick(['accept', 'accept', 'drop'])}`;
};

const REJECTIONS = [
  'reject',
  'reject with icmpx admin-prohibited',
  'reject with icmp port-unreachable',
  'reject with icmpv6 port-unreachable',
];

/** `kinds`: what the rule has asked for already; a refusal that only suits another family or protocol is not taken. */
const rejection = ({ r, family, hook }: Making, kinds: ReadonlySet<string>): string => {
  if (hook !== 'input') return 'drop';
  if (family !== 'inet' || kinds.has('address')) return 'reject';
  return r.pick(kinds.has('protocol') ? REJECTIONS : [...REJECTIONS, 'reject with tcp reset']);
};

function rule(making: Making): string {
  const { r, later, lenient } = making;
  const conditions: string[] = [];
  const kinds = new Set<string>();
  for (let left = r.pick([0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3]); left > 0; left--) {
    const match = r.weighted(matches)(making);
    // Two protocols or two families in one rule are refused, or never match.
    const about = [
      /\b(tcp|udp|l4proto)\b/.test(match) ? 'protocol' : '',
      /^ip6? |nfproto|^fib|ip6? [sd]addr|l3proto|meta protocol/.test(match) ? 'address' : '',
      /^(iif|ct|meta mark|meta pkttype)/.exec(match)?.[0] ?? '',
    ].filter((kind) => kind !== '');
    if (about.some((kind) => kinds.has(kind))) continue;
    conditions.push(match);
    for (const kind of about) kinds.add(kind);
  }
  if (r.chance(0.12) && conditions.length <= 2 && !kinds.has('protocol') && !kinds.has('address'))
    return [...conditions, verdictMap(making)].join(' ');
  // Beside another firewall seldom: of chains with one priority, which sees the mark of which cannot be seen.
  const marks = lenient ? 0.1 : 1;
  const ends = r.weighted<string>([
    ['accept', 9],
    ['drop', lenient ? 1 : 5],
    [rejection(making, kinds), lenient ? 0.4 : 2],
    ['return', 1],
    ['continue', 0.5],
    [`meta mark set ${r.pick(['0x1', '0x2', 'meta mark | 0x1', 'meta mark & 0x2'])}`, 2 * marks],
    [
      `meta mark set ${r.pick([`tcp dport map ${list(['22 : 0x1', '80-443 : 0x2'])}`, `iifname map ${list(['"wlan0" : 0x1', '"eth0" : 0x3'])}`])}${r.pick(['', ' accept', ' drop'])}`,
      kinds.has('protocol') || kinds.has('iif') ? 0 : marks,
    ],
    ['ct mark set 0x1', 0.3 * marks],
    ['log prefix "seen "', 0.5],
    ['counter', 0.5],
    ...later.map((name) => [`jump ${name}`, 3] as [string, number]),
    ...later.map((name) => [`goto ${name}`, 1] as [string, number]),
  ]);
  // Only where keeping the rate lets a packet in: the first packets, which are those that are sent, keep it.
  if (/^(accept|log)/.test(ends) && r.chance(0.06)) conditions.push('limit rate 5000/second burst 1000 packets');
  const counter = r.chance(0.2) ? 'counter' : '';
  const comment = r.chance(0.1) ? `comment "${r.pick(['kept', 'tcp dport 22 drop'])}"` : '';
  return [...conditions, counter === ends ? '' : counter, ends, comment].filter((word) => word !== '').join(' ');
}

/** In a table of both families nft prints no more of a single protocol than of one that is asked of one of them. */
function ctProtocol({ r, family }: Making): string {
  const [but, protocol] = [not(r), r.pick(['tcp', 'udp'])];
  return `ct protocol ${but === '' && family === 'inet' ? `{ ${protocol}, sctp }` : `${but}${protocol}`}`;
}

function natChain(making: Making): string[] {
  const { r, family, lenient } = making;
  // Beside another firewall not at its priority: which chain was made first cannot be seen, and is not worth many probes.
  const usual = lenient ? ['-99', '-105'] : ['dstnat', 'dstnat'];
  const lines = [
    `chain nat { type nat hook prerouting priority ${r.pick([...usual, '-101', '-90', '-140', '10'])}; policy accept;`,
  ];
  for (let left = 1 + r.below(2); left > 0; left--) {
    const protocol = r.pick(['tcp', 'tcp', 'udp']);
    const narrowed = r.pick([
      '',
      '',
      'iifname "wlan0" ',
      'fib daddr type local ',
      family === 'ip6' ? 'ip6 saddr fd77::/64 ' : 'ip saddr 192.168.77.0/24 ',
    ]);
    const own =
      family === 'ip' ? 'dnat to 192.168.77.10' : family === 'ip6' ? 'dnat to [fd77::10]' : 'dnat ip to 192.168.77.10';
    lines.push(
      r.weighted<string>([
        [`${narrowed}${protocol} dport ${r.pick(ports)} redirect to :${r.pick(ports)}`, 6],
        [`${narrowed}${protocol} dport ${range(r)} redirect to :${r.pick(ports)}`, 2],
        [`${protocol} dport ${r.pick(ports)} ${own}:${r.pick(ports)}`, 4],
        [`meta l4proto ${protocol} redirect to :${protocol} dport map @doors`, 2],
        [`${family === 'inet' ? 'dnat ip' : 'dnat'} to ${protocol} dport map @places`, family === 'ip6' ? 0 : 2],
        [
          family === 'ip6'
            ? `dnat to ip6 saddr map { fd77::20 : fd66::10, fd77::21-fd77::ff : fd77::10 }`
            : `${family === 'inet' ? 'dnat ip' : 'dnat'} to ip saddr . ${protocol} dport map { 192.168.77.20 . 80 : 10.66.0.10, 192.168.77.21 . ${r.pick(ports)} : 192.168.77.10 . ${r.pick(ports)} }`,
          family === 'ip6' ? 2 : 0,
        ],
        [`${protocol} dport { 80, 81 } redirect to :${protocol} dport map { 80 : 3000, 81 : ${r.pick(ports)} }`, 1],
      ]),
    );
  }
  return [...lines, '}'];
}

function table(r: Random, index: number, lenient: boolean): string {
  const family = r.pick(['inet', 'inet', 'inet', 'ip', 'ip6'] as const);
  const chains = ['one', 'two', 'three'].slice(0, r.below(4));
  const lines = [`table ${family} t${index} {`];
  lines.push(
    `set ports { type inet_service; flags interval; elements = ${list([22, r.pick([80, 443]), '3000-3001', '8000-8009'])} }`,
  );
  lines.push(
    `map doors { type inet_service : inet_service; flags interval; elements = ${list([`22 : ${r.pick(ports)}`, `80-81 : ${r.pick(ports)}`, `3000 : ${r.pick(ports)}`])} }`,
  );
  if (family !== 'ip6') {
    lines.push(
      `map places { type inet_service : ipv4_addr . inet_service; elements = ${list([`80 : 10.66.0.10 . ${r.pick(ports)}`, `3000 : 192.168.77.10 . ${r.pick(ports)}`, `22 : 10.66.0.10 . 22`])} }`,
    );
    lines.push(`set sources { type ipv4_addr; flags interval; elements = ${list(r.some(APART4, 3))} }`);
    lines.push(
      `set pairs { type ipv4_addr . inet_service; flags interval; elements = ${list([`192.168.77.20 . ${r.pick(ports)}`, `192.168.77.21-192.168.77.130 . 3000-8000`, `10.0.0.0/8 . 22`])} }`,
    );
  }
  if (family !== 'ip') {
    lines.push(`set sources6 { type ipv6_addr; flags interval; elements = ${list(r.some(APART6, 3))} }`);
    lines.push(
      `set pairs6 { type ipv6_addr . inet_service; flags interval; elements = ${list([`fd77::20 . ${r.pick(ports)}`, `2001:db8::/32 . 3000-8000`])} }`,
    );
  }
  for (const [at, name] of [...chains.entries()].reverse()) {
    const making: Making = { r, family, hook: 'input', later: chains.slice(at + 1), lenient };
    lines.push(`chain ${name} {`, ...Array.from({ length: 1 + r.below(4) }, () => rule(making)), '}');
  }
  if (r.chance(0.25)) {
    const making: Making = { r, family, hook: 'prerouting', later: [], lenient };
    lines.push(
      `chain early { type filter hook prerouting priority ${r.pick(['-310', 'mangle', '-140', 'filter', '-100', '-95', '-110'])}; policy accept;`,
    );
    lines.push(...Array.from({ length: 1 + r.below(3) }, () => rule(making)), '}');
  }
  if (r.chance(0.12)) {
    lines.push(
      `chain untracked { type filter hook prerouting priority ${r.pick(['raw', '-310', '-150'])}; policy accept;`,
    );
    lines.push(`${r.pick(['tcp', 'udp'])} dport ${portValue(r)} notrack`, '}');
  }
  const translates = r.chance(0.45);
  if (translates) lines.push(...natChain({ r, family, hook: 'prerouting', later: [], lenient }));
  for (let base = r.pick([1, 1, 1, 2]); base > 0; base--) {
    const making: Making = { r, family, hook: 'input', later: chains, lenient };
    lines.push(
      `chain in${base} { type filter hook input priority ${r.pick(['filter', 'filter', 'filter + 10', '-10', '-150', 'security'])}; policy ${lenient ? 'accept' : r.pick(['accept', 'drop', 'drop'])};`,
    );
    if (r.chance(0.7)) lines.push('ct state established,related accept');
    if (translates && r.chance(0.4)) lines.push(`ct status dnat ${r.pick(['accept', 'drop'])}`);
    lines.push(...Array.from({ length: lenient ? r.below(2) : 1 + r.below(3) }, () => spotlight(making)));
    lines.push(...Array.from({ length: 3 + r.below(7) }, () => rule(making)));
    if (chains[0] !== undefined && r.chance(0.6)) lines.push(`jump ${r.pick(chains)}`);
    if (r.chance(0.6))
      lines.push(r.pick(['accept', 'meta l4proto { tcp, udp } th dport 1-9000 accept', 'iifname "wlan0" accept']));
    lines.push('}');
  }
  return [...lines, '}', ''].join('\n');
}

/** `lenient`: what no rule names gets in. */
export const nftablesRules = (r: Random, lenient = false): RuleSet => {
  const count = r.pick([1, 1, 1, 1, 1, 1, 2, 2, 2, 3]);
  return { ...nothing, nftables: Array.from({ length: count }, (_, index) => table(r, index, lenient)).join('') };
};
