/** Sets of ipset for the rules of iptables: the same names and kinds every time, with other members. */
import type { Family } from '../../../src/core/model.ts';
import type { Random } from './random.ts';
import { ports } from './ways.ts';

const HOSTS: Record<Family, readonly string[]> = {
  4: ['192.168.77.20', '192.168.77.21', '192.168.77.22', '192.168.77.130', '203.0.113.5', '10.66.0.20'],
  6: [
    'fd77::20',
    'fd77::21',
    'fd77::130',
    '2001:db8:77::20',
    '2001:db8:77::22',
    '2001:db8:ff::5',
    'fe80::ff:fe00:7720',
  ],
};
const NETS: Record<Family, readonly string[]> = {
  4: ['192.168.77.0/24', '192.168.77.0/25', '192.168.77.20/31', '203.0.113.0/24', '10.0.0.0/8', '192.168.0.0/16'],
  6: ['fd77::/64', 'fd77::20/127', '2001:db8::/32', '2001:db8:77::/64', 'fe80::/10', 'fc00::/7'],
};
const OWN: Record<Family, readonly string[]> = {
  4: ['192.168.77.10', '10.66.0.10'],
  6: ['fd77::10', '2001:db8:77::10', 'fd66::10'],
};

interface Kind {
  readonly name: string;
  readonly type: string;
  /** As it stands in a rule. */
  readonly sides: readonly string[];
  readonly members: (r: Random, family: Family) => readonly string[];
}

const few = <T>(r: Random, list: readonly T[]): T[] => r.some(list, 1 + r.below(3));
const mayNot = (r: Random): string => (r.chance(0.3) ? ' nomatch' : '');
const door = (r: Random): string => `${r.pick(['tcp', 'udp'])}:${r.pick(ports)}`;
const many = (r: Random, make: () => string): string[] => Array.from({ length: 3 + r.below(5) }, make);

const kinds: readonly Kind[] = [
  {
    name: 'hosts',
    type: 'hash:ip',
    sides: ['src', 'src', 'dst'],
    members: (r, family) => few(r, [...HOSTS[family], ...OWN[family]]),
  },
  {
    name: 'timed',
    type: 'hash:ip timeout 9000 counters',
    sides: ['src'],
    members: (r, family) => few(r, HOSTS[family]).map((host) => `${host} timeout 9000`),
  },
  {
    name: 'nets',
    type: 'hash:net',
    sides: ['src', 'src', 'dst'],
    members: (r, family) => r.some(NETS[family], 4).map((net) => net + mayNot(r)),
  },
  {
    name: 'doors',
    type: 'hash:ip,port',
    sides: ['src,dst', 'src,dst', 'dst,dst'],
    members: (r, family) => many(r, () => `${r.pick([...HOSTS[family], ...OWN[family]])},${door(r)}`),
  },
  {
    name: 'netdoors',
    type: 'hash:net,port',
    sides: ['src,dst'],
    members: (r, family) => many(r, () => `${r.pick(NETS[family])},${door(r)}${mayNot(r)}`),
  },
  {
    name: 'links',
    type: 'hash:net,iface',
    sides: ['src,src'],
    members: (r, family) => many(r, () => `${r.pick(NETS[family])},${r.pick(['wlan0', 'wlan0', 'eth0'])}${mayNot(r)}`),
  },
  {
    name: 'triples',
    type: 'hash:ip,port,net',
    sides: ['dst,dst,src'],
    members: (r, family) => many(r, () => `${r.pick(OWN[family])},${door(r)},${r.pick(NETS[family])}`),
  },
];

const nameOf = (name: string, family: Family): string => `${name}${family}`;

/** Words of a rule that ask for one of the sets. */
export function setMatch(r: Random, family: Family): string {
  const not = r.chance(0.3) ? '! ' : '';
  const shape = r.below(9);
  if (shape === 0) return `-m set ${not}--match-set ports dst`;
  if (shape === 1) return `-m set ${not}--match-set ${nameOf('both', family)} src`;
  const { name, sides } = r.pick(kinds);
  return `-m set ${not}--match-set ${nameOf(name, family)} ${r.pick(sides)}`;
}

/** Shell text that makes the sets, or gives those that are there other members. */
export function makeSets(r: Random): string {
  const lines = [
    'create ports bitmap:port range 0-65535',
    'flush ports',
    ...few(r, ports).map((port) => `add ports ${port}`),
    'add ports 8000-8009',
  ];
  for (const family of [4, 6] as const) {
    for (const { name, type, members } of kinds) {
      const [kind = '', ...options] = type.split(' ');
      const own = nameOf(name, family);
      lines.push(
        `create ${own} ${[kind, 'family', family === 4 ? 'inet' : 'inet6', ...options].join(' ')}`,
        `flush ${own}`,
      );
      lines.push(...members(r, family).map((member) => `add ${own} ${member}`));
    }
    const both = nameOf('both', family);
    lines.push(
      `create ${both} list:set`,
      `flush ${both}`,
      `add ${both} ${nameOf('hosts', family)}`,
      `add ${both} ${nameOf('nets', family)}`,
    );
  }
  return `ipset -exist restore <<END\n${lines.join('\n')}\nEND\n`;
}
