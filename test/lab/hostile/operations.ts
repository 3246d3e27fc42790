/** Any operation that the schema of plans knows, whatever a plan is about. A new kind gets a line here, or this does not compile. */
import { ufw } from '../../../src/core/firewalls/registry.ts';
import type { Operation } from '../../../src/core/model.ts';
import type { Random } from '../generate/random.ts';

type Maker = (random: Random) => Operation;

const port = (random: Random): number => random.pick([22, 53, 3000, 8080, 2222, 5000, 7000, 9999, 65535]);
const protocol = (random: Random) => random.pick(['tcp', 'udp'] as const);
const NETWORKS = ['10.0.0.0/8', '192.168.77.0/24', 'fd77::/64', '0.0.0.0/0', '::/0', '203.0.113.5'];

/** Lines that ufw reads back as rules: of other people, of other ports, of what no plan may touch. */
const LINES: readonly (readonly [4 | 6, string])[] = [
  [4, 'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in'],
  [6, 'allow tcp 22 ::/0 any ::/0 in'],
  [4, 'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=6d7920776562'],
  [6, 'allow tcp 3000 ::/0 any ::/0 in comment=6d7920776562'],
  [4, 'allow tcp 8080 0.0.0.0/0 any 192.168.77.0/24 in'],
  [4, 'limit tcp 2222 0.0.0.0/0 any 0.0.0.0/0 in'],
  [4, 'deny tcp 9999 0.0.0.0/0 any 0.0.0.0/0 in'],
  [4, 'allow tcp 5000 0.0.0.0/0 any 0.0.0.0/0 in_wlan0'],
  [4, 'allow any any 0.0.0.0/0 any 10.0.0.0/8 in'],
  [4, 'route:allow tcp 80 10.66.0.20 any 0.0.0.0/0 in_wlan0!out_eth0'],
  [4, 'allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 OpenSSH - in'],
  [4, 'allow_log tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in'],
  [4, 'allow tcp 3000:3010 0.0.0.0/0 any 0.0.0.0/0 in'],
  [4, 'allow tcp 3000,22 0.0.0.0/0 any 0.0.0.0/0 in'],
  [4, 'deny tcp 3000 0.0.0.0/0 any 0.0.0.0/0 out'],
  [4, 'allow udp 7000 0.0.0.0/0 any 0.0.0.0/0 in'],
  [4, 'allow any 3000 0.0.0.0/0 any 0.0.0.0/0 in'],
];

export function anyTuple(random: Random) {
  const [family, line] = random.pick(LINES);
  const tuple = ufw.parseTuple(line, family);
  if (tuple === null) throw new Error(`no tuple: ${line}`);
  return tuple;
}

const table: Maker = (random) => ({
  kind: random.pick(['table-close', 'table-open'] as const),
  protocol: protocol(random),
  port: port(random),
  except: random.some(NETWORKS, random.below(3)),
});

const zone: Maker = (random) => ({
  kind: random.pick(['firewalld-add', 'firewalld-remove'] as const),
  zone: random.pick(['public', 'home', '-x', '../x', 'a b', '$(reboot)']),
  action: random.pick(['accept', 'drop'] as const),
  protocol: protocol(random),
  port: port(random),
  source: random.pick(['any', '1.2.3.4" drop', ...NETWORKS]),
});

const service: Maker = (random) => ({
  kind: random.pick(['service-stop', 'service-start'] as const),
  unit: random.pick([
    'ssh.service',
    'cups.socket',
    'dbus.service',
    '../x.service',
    '-H.service',
    'a b.service',
    '*.service',
  ]),
  boot: random.chance(0.5),
});

const MAKERS: Readonly<Record<Operation['kind'], Maker>> = {
  'ufw-delete': (random) => ({ kind: 'ufw-delete', tuple: anyTuple(random) }),
  'ufw-prepend': (random) => ({
    kind: 'ufw-prepend',
    action: random.pick(['allow', 'limit', 'deny'] as const),
    protocol: protocol(random),
    port: port(random),
    from: random.pick(['any', ...NETWORKS]),
    families: random.pick([[4, 6], [4], [6], [6, 4], [4, 4]] as const),
  }),
  'ufw-insert': (random) => ({
    kind: 'ufw-insert',
    tuple: anyTuple(random),
    number: random.pick([null, 1, 2, 99, 0, -1]),
  }),
  'ufw-disable': () => ({ kind: 'ufw-disable' }),
  'ufw-enable': () => ({ kind: 'ufw-enable' }),
  'ufw-restore': (random) => ({ kind: 'ufw-restore', disable: random.chance(0.5) }),
  'table-close': table,
  'table-open': table,
  // The helper of Linux refuses each, whatever it holds.
  'windows-block': (random) => ({
    kind: 'windows-block',
    protocol: protocol(random),
    port: port(random),
    from: 'any',
    profiles: [],
  }),
  'windows-unblock': (random) => ({
    kind: 'windows-unblock',
    protocol: protocol(random),
    port: port(random),
    from: random.pick(['any', NETWORKS] as const),
    profiles: [],
  }),
  'windows-disable': () => ({ kind: 'windows-disable', id: '$(reboot)', rule: 'v2.10|Action=Allow|Active=TRUE|' }),
  'windows-enable': () => ({ kind: 'windows-enable', id: '{rule}', rule: 'v2.10|Action=Allow|Active=FALSE|' }),
  'windows-profile-on': () => ({ kind: 'windows-profile-on', profile: 'public' }),
  'windows-profile-off': () => ({ kind: 'windows-profile-off', profile: 'public' }),
  'table-restore': () => ({ kind: 'table-restore' }),
  'firewalld-add': zone,
  'firewalld-remove': zone,
  'firewalld-restore': () => ({ kind: 'firewalld-restore' }),
  'service-stop': service,
  'service-start': service,
  'service-restore': () => ({ kind: 'service-restore' }),
  'program-end': (random) => ({
    kind: 'program-end',
    pid: random.pick([1, 2, 77, process.pid]),
    program: random.pick(['python3', 'sshd', '$(reboot)']),
    inodes: [random.below(100_000)],
  }),
  'connections-drop': (random) => ({
    kind: 'connections-drop',
    port: port(random),
    from: random.some(['192.168.77.20', 'fd77::20', '203.0.113.5'], 1 + random.below(3)),
  }),
};

export const anyOperation = (random: Random): Operation => random.pick(Object.values(MAKERS))(random);
