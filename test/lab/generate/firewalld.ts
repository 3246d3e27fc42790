/** Random settings of firewalld: zones by source, interface and default, services, rich rules, policies, sets. */
import type { Family } from '../../../src/core/model.ts';
import type { FirewalldFiles } from '../firewalld.ts';
import type { Random } from './random.ts';
import { type RuleSet, nothing } from './rule-set.ts';
import { ports, rangeOfPorts, sourcePorts } from './ways.ts';

/** What firewalld is started with; many sets share it. */
export interface FirewalldGround {
  readonly backend: 'nftables' | 'iptables';
}

export interface FirewalldSet extends FirewalldGround {
  readonly files: FirewalldFiles;
  readonly settings: Readonly<Record<string, string>>;
  readonly panic: boolean;
}

export const firewalldGround = (r: Random): FirewalldGround => ({ backend: r.chance(0.6) ? 'nftables' : 'iptables' });

const SOURCES: Record<Family, readonly string[]> = {
  4: [
    '192.168.77.0/24',
    '192.168.77.0/25',
    '192.168.77.20',
    '192.168.77.21',
    '192.168.77.20/30',
    '192.168.77.130',
    '10.66.0.20',
    '10.0.0.0/8',
    '203.0.113.0/24',
  ],
  6: [
    'fd77::/64',
    'fd77::20',
    'fd77::20/127',
    'fd77::130',
    '2001:db8:77::/64',
    '2001:db8::/32',
    '2001:db8:77::22',
    '2001:db8:ff::5',
    'fd66::/64',
  ],
};
const DESTINATIONS: Record<Family, readonly string[]> = {
  4: ['192.168.77.10', '10.66.0.10', '192.168.77.0/24', '10.0.0.0/8'],
  6: ['fd77::10', '2001:db8:77::10', 'fd66::10', 'fd00::/8'],
};
const SERVICES = [
  'ssh',
  'http',
  'https',
  'dns',
  'mdns',
  'samba-client',
  'samba',
  'ipp',
  'dhcpv6-client',
  'postgresql',
  'custom',
  'nested',
  'tftp',
];
const ZONES = ['public', 'home', 'work', 'internal', 'dmz', 'own'];

interface Ipset {
  readonly name: string;
  readonly family: Family;
}

const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([key, value]) => ` ${key}="${value}"`)
    .join('');
const element = (name: string, values: Readonly<Record<string, string>> = {}, inside = ''): string =>
  inside === '' ? `<${name}${attributes(values)}/>` : `<${name}${attributes(values)}>${inside}</${name}>`;

const portText = (r: Random): string => (r.chance(0.65) ? String(r.pick(ports)) : rangeOfPorts(r).join('-'));
const protocol = (r: Random): string => r.pick(['tcp', 'tcp', 'udp']);

/** An element that lets in: the same ones stand in zones, policies and rich rules. */
// `services`: some have a destination of their own, which must not stand beside another.
function opening(r: Random, services = true): string {
  const shape = services ? r.below(100) : 30 + r.below(70);
  if (shape < 30) return element('service', { name: r.pick(SERVICES) });
  if (shape < 80) return element('port', { port: portText(r), protocol: protocol(r) });
  if (shape < 90) {
    const port = r.chance(0.5) ? String(r.pick(sourcePorts)) : '1024-20000';
    return element('source-port', { port, protocol: protocol(r) });
  }
  return element('protocol', { value: r.pick(['tcp', 'udp', 'gre', 'udp']) });
}

/** One of the firewall's own forwards: to another port, or to another address of this machine. */
function forward(r: Random): string {
  const to = r.chance(0.75)
    ? { 'to-port': String(r.pick(ports)) }
    : { 'to-port': String(r.pick(ports)), 'to-addr': r.pick(['10.66.0.10', '192.168.77.10']) };
  return element('forward-port', { port: portText(r), protocol: protocol(r), ...to });
}

/** None that lets in a part only: what it counts is shared by all, and the proof's probes come all at once. */
function richRule(r: Random, ipsets: readonly Ipset[]): string {
  const source = r.weighted([
    ['none', 3],
    ['address', 6],
    ['ipset', ipsets.length > 0 ? 2 : 0],
  ]);
  const set = source === 'ipset' ? r.pick(ipsets) : null;
  const family = set?.family ?? r.pick([4, 4, 6] as const);
  const isForward = source !== 'none' && family === 4 && r.chance(0.06);
  const parts: string[] = [];
  const invert = r.chance(0.12) ? { invert: 'True' } : {};
  if (source === 'address') parts.push(element('source', { address: r.pick(SOURCES[family]), ...invert }));
  if (set !== null) parts.push(element('source', { ipset: set.name, ...invert }));
  const bound = source !== 'none' && r.chance(0.25);
  if (bound)
    parts.push(
      element('destination', { address: r.pick(DESTINATIONS[family]), ...(r.chance(0.1) ? { invert: 'True' } : {}) }),
    );
  const about = isForward ? forward(r) : source !== 'none' && r.chance(0.25) ? '' : opening(r, !bound);
  if (about !== '') parts.push(about);
  if (!isForward) {
    if (r.chance(0.15))
      parts.push(element('log', { prefix: 'a b', level: 'info' }, element('limit', { value: '3/m' })));
    if (r.chance(0.06)) parts.push(element('audit'));
    const action =
      about === ''
        ? r.pick(['accept', 'reject', 'drop'])
        : r.weighted([
            ['accept', 5],
            ['reject', 2],
            ['drop', 2],
            ['mark', 0.5],
          ]);
    if (action === 'mark') parts.push(element('mark', { set: r.pick(['0x10', '0x1/0xff']) }));
    else if (action === 'reject' && source !== 'none' && r.chance(0.3))
      parts.push(element('reject', { type: family === 4 ? 'icmp-port-unreachable' : 'icmp6-port-unreachable' }));
    else parts.push(element(action));
  }
  const values = {
    ...(source !== 'none' || r.chance(0.2) ? { family: family === 4 ? 'ipv4' : 'ipv6' } : {}),
    ...(r.chance(0.3) ? { priority: String(r.pick([-100, -5, -1, 1, 5, 100])) } : {}),
  };
  return element('rule', values, parts.join(''));
}

function zoneFile(r: Random, name: string, bound: readonly string[], ipsets: readonly Ipset[]): string {
  const target = r.weighted([
    ['default', 10],
    ['ACCEPT', 5],
    ['DROP', 2],
    ['%%REJECT%%', 2],
  ]);
  const inside: string[] = [...bound];
  for (let left = r.below(7); left > 0; left--) inside.push(opening(r));
  if (r.chance(0.25)) inside.push(forward(r));
  if (r.chance(0.15)) inside.push(element('masquerade'));
  if (r.chance(0.5)) inside.push(element('forward'));
  if (r.chance(0.1)) inside.push(element('icmp-block', { name: 'echo-request' }));
  if (r.chance(0.05)) inside.push(element('icmp-block-inversion'));
  for (let left = r.below(5); left > 0; left--) {
    inside.push(richRule(r, ipsets));
  }
  // Of the same kind each only once: firewalld takes them for a mistake.
  return `<zone${target === 'default' ? '' : ` target="${target}"`}><short>${name}</short>\n${[...new Set(inside)].join('\n')}\n</zone>`;
}

function policyFile(r: Random, ipsets: readonly Ipset[], zones: readonly string[]): string {
  const priority = r.pick([-10, -1, 1, 10]);
  const target = r.weighted([
    ['CONTINUE', 6],
    ['ACCEPT', 2],
    ['DROP', 1],
    ['REJECT', 1],
  ]);
  const from = r.chance(0.5) ? ['ANY'] : r.some(zones, 1 + r.below(2));
  const inside = from.map((name) => element('ingress-zone', { name }));
  const toHost = r.chance(0.85);
  inside.push(element('egress-zone', { name: toHost ? 'HOST' : 'ANY' }));
  for (let left = 1 + r.below(3); left > 0; left--) inside.push(opening(r));
  if (r.chance(0.6)) {
    inside.push(richRule(r, ipsets));
  }
  return `<policy priority="${priority}" target="${target}">\n${[...new Set(inside)].join('\n')}\n</policy>`;
}

/** Rules that firewalld hands to iptables as they are, with whatever backend. */
function directFile(r: Random): string {
  const rules = Array.from({ length: 1 + r.below(3) }, () => {
    const family = r.pick([4, 4, 6] as const);
    const source = r.chance(0.5) ? `-s ${r.pick(SOURCES[family])} ` : '';
    const text = `${source}-p ${protocol(r)} --dport ${r.pick(ports)} -j ${r.pick(['ACCEPT', 'ACCEPT', 'DROP', 'REJECT'])}`;
    return `<rule ipv="ipv${family}" table="filter" chain="INPUT" priority="${r.below(3)}">${text}</rule>`;
  });
  return `<direct>\n${[...new Set(rules)].join('\n')}\n</direct>`;
}

const OWN_SERVICES: FirewalldFiles = {
  'services/custom.xml': `<service><port port="8080" protocol="tcp"/><port port="6000-6005" protocol="udp"/><destination ipv4="192.168.77.0/24" ipv6="fd77::/64"/></service>`,
  'services/nested.xml': `<service><port port="9100" protocol="tcp"/><source-port port="5353" protocol="udp"/><include service="https"/></service>`,
};

export function firewalldRules(r: Random, ground: FirewalldGround): RuleSet {
  const files: Record<string, string> = { ...OWN_SERVICES };
  const ipsets: Ipset[] = [];
  for (const [name, family] of [
    ['four', 4],
    ['six', 6],
  ] as const) {
    if (!r.chance(0.35)) continue;
    ipsets.push({ name, family });
    const entries = setEntries(r, family)
      .map((entry) => `<entry>${entry}</entry>`)
      .join('');
    files[`ipsets/${name}.xml`] =
      `<ipset type="hash:net">${family === 6 ? '<option name="family" value="inet6"/>' : ''}${entries}</ipset>`;
  }
  const zones = r.some(ZONES, 2 + r.below(2));
  const byDefault = r.pick([...zones, 'public']);
  const bound = new Map<string, string[]>(zones.map((zone) => [zone, []]));
  const bind = (text: string): void => void bound.get(r.pick(zones))!.push(text);
  for (const name of ['wlan0', 'eth0']) if (r.chance(0.45)) bind(element('interface', { name }));
  for (const source of r.some([...SOURCES[4], ...SOURCES[6]], r.below(4))) bind(element('source', { address: source }));
  for (const set of ipsets)
    if (r.chance(0.3)) bind(element('source', { address: `ipset:${set.name}` }).replace('address="ipset:', 'ipset="'));
  for (const zone of zones) {
    files[`zones/${zone}.xml`] = zoneFile(r, zone, bound.get(zone)!, ipsets);
  }
  for (let nth = 0; r.chance(0.35) && nth < 2; nth++) {
    files[`policies/policy${nth}.xml`] = policyFile(r, ipsets, zones);
  }
  if (r.chance(0.12)) files['direct.xml'] = directFile(r);
  const settings = {
    DefaultZone: byDefault,
    IPv6_rpfilter: r.chance(0.7) ? 'yes' : 'no',
    LogDenied: r.chance(0.1) ? 'all' : 'off',
  };
  const firewalld: FirewalldSet = { ...ground, files, settings, panic: r.chance(0.01) };
  return { ...nothing, firewalld, patience: Infinity };
}

/** Networks that do not overlap: the kernel's sets hold each address once. */
const setEntries = (r: Random, family: Family): readonly string[] =>
  family === 4
    ? r.some(['192.168.77.20', '192.168.77.22', '192.168.77.128/25', '203.0.113.0/24', '10.66.0.0/16'], 1 + r.below(3))
    : r.some(['fd77::20', 'fd77::128/121', '2001:db8:77::/64', '2001:db8:ff::5'], 1 + r.below(3));
