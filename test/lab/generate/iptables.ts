/** Random rulesets in the words of iptables-save: what people, tools and tutorials write. */
import type { Family } from '../../../src/core/model.ts';
import { type PerFamily, type RuleSet, nothing } from './rule-set.ts';
import type { Random } from './random.ts';
import { makeSets, setMatch } from './ipsets.ts';
import { ports, rangeOfPorts, sourcePorts } from './ways.ts';

type Table = 'raw' | 'mangle' | 'nat' | 'filter';

const NONE_TO_TWO = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2];
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const SOURCES: Record<Family, readonly string[]> = {
  4: [
    '192.168.77.20/255.255.0.255',
    '0.0.0.20/0.0.0.63',
    '192.168.77.0/24',
    '192.168.77.0/25',
    '192.168.77.20',
    '192.168.77.21',
    '192.168.77.128/25',
    '10.0.0.0/8',
    '203.0.113.5',
    '0.0.0.0/1',
  ],
  6: [
    '::20/::ff',
    'fd77::/64',
    'fd77::20',
    'fd77::20/127',
    '2001:db8:77::/64',
    '2001:db8::/32',
    '2001:db8:77::22',
    'fe80::/10',
    'fc00::/7',
    '2000::/3',
  ],
};
const DESTINATIONS: Record<Family, readonly string[]> = {
  4: ['0.0.0.10/0.0.0.255', '192.168.77.10', '10.66.0.10', '192.168.77.0/24', '10.0.0.0/8', '192.0.0.0/2'],
  6: ['::10/::ffff:ffff:ffff:ffff', 'fd77::10', '2001:db8:77::10', 'fe80::/10', 'fd66::10', 'fd00::/8'],
};
const RANGES: Record<Family, readonly string[]> = {
  4: [
    '192.168.77.20-192.168.77.21',
    '192.168.77.21-192.168.77.200',
    '10.0.0.0-192.168.77.20',
    '203.0.113.5-203.0.113.5',
  ],
  6: ['fd77::20-fd77::21', '2001:db8:77::21-2001:db8:77::ffff', 'fd66::-fd77::20', 'fe80::-febf::ffff'],
};

/** Everything that one family of one ruleset is made with. */
interface Making {
  readonly r: Random;
  readonly family: Family;
  readonly table: Table;
  /** What no rule names gets in, and few rules keep anything out. */
  readonly lenient: boolean;
}

const not = (r: Random, probability = 0.3): string => (r.chance(probability) ? '! ' : '');

const portRange = (r: Random): string => {
  const shape = r.below(10);
  if (shape < 6) return String(r.pick(ports));
  if (shape < 9) return rangeOfPorts(r).join(':');
  return r.chance(0.5) ? `:${r.pick(ports)}` : `${r.pick(ports)}:`;
};

const portList = (r: Random): string => {
  const list = r
    .some(
      ports.filter((port) => port < 7999),
      1 + r.below(3),
    )
    .map(String);
  return r.chance(0.5) ? [...list, '8000:8009'].join(',') : list.join(',');
};

/** `even`: every kind as often as any other; otherwise as often as people write them. */
function portMatch({ r }: Making, protocol: 'tcp' | 'udp', even?: 1): string {
  return r.weighted<() => string>([
    [() => `-m ${protocol} ${not(r, 0.12)}--dport ${portRange(r)}`, even ?? 10],
    [() => `-m multiport ${not(r)}--dports ${portList(r)}`, even ?? 4],
    [() => `-m ${protocol} ${not(r)}--sport ${r.chance(0.5) ? String(r.pick(sourcePorts)) : '1024:20000'}`, 1],
    [() => `-m multiport ${not(r)}--sports 53,67,1024:20000`, 1],
    [() => `-m multiport ${not(r)}--ports ${portList(r)}`, 1],
    [
      () =>
        `-m conntrack ${not(r)}--ctorigdstport ${r.chance(0.4) ? String(r.pick(ports)) : rangeOfPorts(r).join(':')}`,
      1,
    ],
  ])();
}

/** Matches that ask for something else than protocol and ports. */
const others: readonly (readonly [(making: Making) => string, weight: number])[] = [
  [({ r, family }) => `${not(r)}-s ${r.pick(SOURCES[family])}`, 9],
  [({ r, family }) => `${not(r)}-d ${r.pick(DESTINATIONS[family])}`, 6],
  [({ r }) => `${not(r)}-i ${r.pick(['wlan0', 'wlan0', 'eth0', 'eth0', 'wl+', 'e+', 'lo'])}`, 8],
  [({ r, family }) => setMatch(r, family), 4],
  [({ r, family }) => `-m iprange ${not(r)}--src-range ${r.pick(RANGES[family])}`, 4],
  [
    ({ r }) =>
      `-m conntrack ${not(r)}--ctstate ${r.pick(['NEW', 'NEW', 'RELATED,ESTABLISHED', 'INVALID', 'NEW,RELATED', 'UNTRACKED', 'INVALID,NEW'])}`,
    6,
  ],
  [({ r }) => `-m state ${not(r)}--state ${r.pick(['NEW', 'RELATED,ESTABLISHED', 'NEW,UNTRACKED'])}`, 2],
  [
    ({ r, family }) =>
      `-m addrtype ${not(r)}--dst-type ${r.pick(['LOCAL', 'LOCAL', 'UNICAST', family === 4 ? 'BROADCAST' : 'LOCAL', 'MULTICAST'])}`,
    3,
  ],
  [({ r }) => `-m addrtype ${not(r)}--src-type ${r.pick(['UNICAST', 'LOCAL', 'MULTICAST'])}`, 2],
  [({ r }) => `-m addrtype ${not(r)}--${r.pick(['dst', 'dst', 'src'])}-type LOCAL --limit-iface-in`, 2],
  [({ r }) => `-m mark ${not(r)}--mark ${r.pick(['0x0', '0x1', '0x2', '0x1/0x3', '0x0/0x1', '0x2/0x2'])}`, 3],
  [({ r }) => `-m pkttype ${not(r)}--pkt-type ${r.pick(['unicast', 'broadcast', 'multicast'])}`, 1],
  [
    ({ r }) =>
      `-m comment --comment ${r.pick(['"kept"', '"-j DROP"', '"a \\"quoted\\" word"', '"it\'s -s 10.0.0.0/8"'])}`,
    2,
  ],
];

const onFilter: typeof others = [
  [({ r }) => `-m conntrack ${not(r)}--ctstate DNAT`, 2],
  [({ r }) => `-m conntrack --ctdir ORIGINAL ${not(r)}--ctproto ${r.pick(['tcp', 'udp'])}`, 1],
  [({ r, family }) => `-m conntrack ${not(r)}--ctorigdst ${r.pick(DESTINATIONS[family].slice(1))}`, 1],
  [({ r, family }) => `-m conntrack ${not(r)}--ctorigsrc ${r.pick(SOURCES[family].slice(2))}`, 1],
  [({ r, family }) => `-m conntrack ${not(r)}--ctreplsrc ${r.pick(DESTINATIONS[family].slice(1))}`, 1],
  [({ r, family }) => `-m conntrack ${not(r)}--ctrepldst ${r.pick(SOURCES[family].slice(2))}`, 1],
  [({ r }) => `-m conntrack ${not(r)}--ctreplsrcport ${r.pick(ports)}`, 1],
  [({ r }) => `-m helper ${not(r)}--helper ftp`, 1],
];

/** Zero to three conditions; `protocol` is what the rule is known to be about afterwards. */
function matches(
  making: Making,
  protocol: 'tcp' | 'udp' | null = making.r.pick(['tcp', 'tcp', 'udp', null]),
): string[] {
  const { r, table } = making;
  const words: string[] = [];
  const pool = table === 'filter' ? [...others, ...onFilter] : others;
  const plain = times(r.pick([0, 0, 0, 1, 1, 1, 1, 1, 2, 2]), () => r.weighted(pool)(making));
  // One option of its kind in a rule: iptables refuses two.
  const kinds = new Set<string>();
  for (const match of plain) {
    const kind = /(?:^|! )(-[sdi]|-m \w+)|(-m \w+)/.exec(match)?.[0].replace('! ', '') ?? match;
    if (!kinds.has(kind)) words.push(match);
    kinds.add(kind);
  }
  words.sort((a, b) => Number(a.startsWith('-m')) - Number(b.startsWith('-m')));
  if (protocol === null) return r.chance(0.15) ? [`! -p ${r.pick(['tcp', 'udp'])}`, ...words] : words;
  words.unshift(`-p ${protocol}`);
  if (r.chance(0.8)) {
    const port = portMatch(making, protocol);
    if (!(port.includes('conntrack') && kinds.has('-m conntrack'))) words.push(port);
  }
  if (protocol === 'tcp' && r.chance(0.12)) {
    words.push(
      `-m tcp ${r.pick(['--tcp-flags FIN,SYN,RST,ACK SYN', '! --tcp-flags FIN,SYN,RST,ACK SYN', '--tcp-flags SYN SYN'])}`,
    );
    return joinTcp(words);
  }
  return words;
}

/** `-m tcp` twice in a rule is one match of iptables; its options must stand together. */
function joinTcp(words: string[]): string[] {
  const [first, ...rest] = words.filter((word) => word.startsWith('-m tcp '));
  if (first === undefined || rest.length === 0) return words;
  const joined = [first, ...rest.map((word) => word.replace('-m tcp ', ''))].join(' ');
  return [...words.filter((word) => !word.startsWith('-m tcp ')), joined];
}

const reject = (r: Random, family: Family): string =>
  r.pick(
    family === 4
      ? ['REJECT', 'REJECT --reject-with icmp-port-unreachable', 'REJECT --reject-with icmp-admin-prohibited']
      : ['REJECT', 'REJECT --reject-with icmp6-adm-prohibited'],
  );

function filterRule(making: Making, chain: string, later: readonly string[]): string {
  const { r, family, lenient } = making;
  const own = chain !== 'INPUT';
  const target = r.weighted<string>([
    ['ACCEPT', 10],
    ['DROP', lenient ? 1 : 5],
    [reject(r, family), lenient ? 0.4 : 2],
    ['RETURN', own ? 3 : 0.5],
    ['LOG --log-prefix "seen: "', 1],
    ['NFLOG --nflog-group 3', 0.3],
    ...later.map((name) => [name, 3] as [string, number]),
  ]);
  const goto = later.includes(target) && r.chance(0.25);
  const conditions = matches(making);
  // Only where keeping the rate lets a packet in: the first packets, which are those that are sent, keep it.
  if ((target === 'ACCEPT' || target.startsWith('LOG')) && r.chance(0.06)) {
    conditions.push('-m limit --limit 5000/sec --limit-burst 1000');
  }
  const tcpReset = target.startsWith('REJECT') && conditions[0] === '-p tcp' && r.chance(0.3);
  return ['-A', chain, ...conditions, goto ? '-g' : '-j', tcpReset ? 'REJECT --reject-with tcp-reset' : target].join(
    ' ',
  );
}

/** A list that remembers sources, as rationing rules do. Few, because their counts disturb each other. */
const rationing = (r: Random, chain: string): string[] => {
  const match = `-A ${chain} -p tcp -m tcp --dport ${portRange(r)} -m conntrack --ctstate NEW -m recent`;
  return [
    `${match} --set --name tries`,
    `${match} --update --seconds 60 --hitcount 6 --name tries -j ${r.pick(['DROP', 'REJECT'])}`,
  ];
};

/** One rule near the top that shows a single kind of match at work, so that the rare ones decide often enough. */
function spotlight(making: Making): string {
  const { r, lenient } = making;
  const target = r.pick(lenient ? ['ACCEPT', 'DROP'] : ['ACCEPT', 'ACCEPT', 'DROP', 'REJECT']);
  const protocol = r.pick(['tcp', 'udp'] as const);
  const shape = r.below(100);
  if (shape < 6) return `-A INPUT -p tcp -m tcp ${not(r)}--tcp-flags FIN,SYN,RST,ACK SYN -j ${target}`;
  if (shape < 45) return `-A INPUT -p ${protocol} ${portMatch(making, protocol, 1)} -j ${target}`;
  const match = r.pick([...others, ...onFilter])[0](making);
  return match.startsWith('-m')
    ? `-A INPUT -p ${protocol} ${match} -j ${target}`
    : `-A INPUT ${match} -p ${protocol} -j ${target}`;
}

function filterTable(r: Random, family: Family, lenient: boolean): string[] {
  const making: Making = { r, family, table: 'filter', lenient };
  const chains = ['one', 'two', 'three', 'four'].slice(0, r.below(5));
  const lines = [
    '*filter',
    `:INPUT ${lenient ? 'ACCEPT' : r.pick(['ACCEPT', 'DROP', 'DROP'])} [0:0]`,
    ':FORWARD DROP [0:0]',
    ':OUTPUT ACCEPT [0:0]',
  ];
  lines.push(...chains.map((chain) => `:${chain} - [0:0]`));
  if (r.chance(0.7)) lines.push('-A INPUT -i lo -j ACCEPT');
  if (r.chance(0.7)) lines.push('-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT');
  const input = times(3 + r.below(9), () => filterRule(making, 'INPUT', chains));
  input.unshift(...times(lenient ? r.below(2) : 1 + r.below(3), () => spotlight(making)));
  if (chains[0] !== undefined)
    input.splice(r.below(input.length), 0, `-A INPUT ${r.pick(['', '-p tcp ', '-i wlan0 '])}-j one`);
  if (r.chance(0.2)) input.splice(r.below(3), 0, ...rationing(r, 'INPUT'));
  lines.push(...input);
  for (const [index, chain] of chains.entries()) {
    const later = chains.slice(index + 1);
    for (let left = 1 + r.below(5); left > 0; left--) lines.push(filterRule(making, chain, later));
  }
  lines.push('-A OUTPUT -m owner --uid-owner 0 -j ACCEPT', 'COMMIT');
  return lines;
}

function natTable(r: Random, family: Family): string[] {
  const making: Making = { r, family, table: 'nat', lenient: false };
  const lines = [
    '*nat',
    ':PREROUTING ACCEPT [0:0]',
    ':INPUT ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ':POSTROUTING ACCEPT [0:0]',
  ];
  for (let left = r.pick(NONE_TO_TWO); left > 0; left--) {
    const conditions = matches(making, r.pick(['tcp', 'udp']));
    const port = r.pick(ports);
    const own = family === 4 ? r.pick(['192.168.77.10', '10.66.0.10']) : r.pick(['[fd77::10]', '[2001:db8:77::10]']);
    const target = r.weighted<string>([
      [`REDIRECT --to-ports ${port}`, 6],
      [`DNAT --to-destination ${own}:${port}`, 3],
      [`DNAT --to-destination ${own.replace(/[[\]]/g, '')}`, 1],
      ['RETURN', 1],
      ['ACCEPT', 1],
    ]);
    lines.push(`-A PREROUTING ${conditions.join(' ')} -j ${target}`);
  }
  return [...lines, 'COMMIT'];
}

function markTable(r: Random, family: Family): string[] {
  const making: Making = { r, family, table: 'mangle', lenient: false };
  const lines = ['*mangle', ':PREROUTING ACCEPT [0:0]', ':INPUT ACCEPT [0:0]'];
  for (let left = r.pick(NONE_TO_TWO); left > 0; left--) {
    const target = r.weighted<string>([
      [
        `MARK --set-xmark ${r.pick(['0x1/0xffffffff', '0x2/0xffffffff', '0x1/0x1', '0x2/0x2', '0x0/0x3', '0x3/0x0'])}`,
        6,
      ],
      ['DROP', 1],
      ['ACCEPT', 1],
    ]);
    lines.push(`-A ${r.pick(['PREROUTING', 'PREROUTING', 'INPUT'])} ${matches(making).join(' ')} -j ${target}`);
  }
  return [...lines, 'COMMIT'];
}

function rawTable(r: Random, family: Family): string[] {
  const making: Making = { r, family, table: 'raw', lenient: false };
  const lines = ['*raw', ':PREROUTING ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]'];
  if (r.chance(0.12)) {
    const conditions = matches(making).filter((match) => !/conntrack|state/.test(match));
    lines.push(`-A PREROUTING ${conditions.join(' ')} -j ${r.pick(['CT --notrack', 'CT --notrack', 'DROP'])}`);
  }
  return [...lines, 'COMMIT'];
}

/** A whole ruleset for both families. `lenient`: what no rule names gets in. */
function iptablesText(r: Random, lenient: boolean): PerFamily {
  const text = (family: Family): string =>
    [
      ...rawTable(r, family),
      ...markTable(r, family),
      ...natTable(r, family),
      ...filterTable(r, family, lenient),
      '',
    ].join('\n');
  return { ipv4: text(4), ipv6: text(6) };
}

export function iptablesRules(r: Random, lenient = false): RuleSet {
  const iptables = iptablesText(r, lenient);
  return { ...nothing, setup: setupOf(r, iptables), iptables, patience: patienceOf(iptables) };
}

export function legacyRules(r: Random, lenient = false): RuleSet {
  const legacy = iptablesText(r, lenient);
  return { ...nothing, setup: setupOf(r, legacy), legacy, patience: patienceOf(legacy) };
}

const setupOf = (r: Random, rules: PerFamily): string | null =>
  /--match-set/.test(rules.ipv4 + rules.ipv6) ? makeSets(r) : null;

const patienceOf = (rules: PerFamily): number => (/-m recent/.test(rules.ipv4 + rules.ipv6) ? 4 : Infinity);
