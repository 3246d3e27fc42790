/** Operations of every kind, in each of the forms that are worded otherwise. */
import { parseTuple } from '../../src/core/firewalls/ufw/tuple.ts';
import type { Operation, UfwTuple } from '../../src/core/model.ts';

const rule = (line: string): UfwTuple => {
  const tuple = parseTuple(line, 4);
  if (tuple === null) throw new Error(line);
  return tuple;
};

const TUPLE = rule('deny tcp 3000 0.0.0.0/0 any 10.0.0.0/8 in');

/** One of which every text is somebody’s. */
export const nastyTuple = (text: string): UfwTuple => ({ ...TUPLE, src: text, dport: text, interfaceIn: text });

const ROW = { protocol: 'tcp', port: 3000 } as const;
const ZONE = { ...ROW, zone: 'public' } as const;

const NETWORKS = ['domain', 'private', 'public'] as const;
const BLOCKS = [
  { ...ROW, from: 'any', profiles: [] },
  { ...ROW, from: ['0.0.0.0-9.255.255.255', '11.0.0.0-255.255.255.255'], profiles: ['private', 'public'] },
] as const;
const windowsRule = (active: string): string =>
  `v2.10|Action=Allow|Active=${active}|Dir=In|Protocol=6|LPort=3000|App=C:\\nodejs\\node.exe|Name=Node.js JavaScript Runtime|`;

export const OPERATIONS: { readonly [K in Operation['kind']]: readonly (Operation & { readonly kind: K })[] } = {
  'ufw-delete': [{ kind: 'ufw-delete', tuple: TUPLE }],
  'ufw-prepend': (['allow', 'limit', 'deny'] as const).flatMap((action) =>
    (
      [
        ['any', [4, 6]],
        ['any', [6]],
        ['192.168.77.0/24', [4]],
      ] as const
    ).map(([from, families]) => ({ kind: 'ufw-prepend', action, ...ROW, from, families })),
  ),
  'ufw-insert': [{ kind: 'ufw-insert', tuple: TUPLE, number: 3 }],
  'ufw-enable': [{ kind: 'ufw-enable' }],
  'ufw-disable': [{ kind: 'ufw-disable' }],
  'ufw-restore': [true, false].map((disable) => ({ kind: 'ufw-restore', disable })),
  'table-close': [[], ['192.168.77.0/24', 'fd00::/8']].map((except) => ({ kind: 'table-close', ...ROW, except })),
  'table-open': [[], ['192.168.77.0/24']].map((except) => ({ kind: 'table-open', ...ROW, except })),
  'table-restore': [{ kind: 'table-restore' }],
  'service-stop': [true, false].map((boot) => ({ kind: 'service-stop', unit: 'web.service', boot })),
  'service-start': [true, false].map((boot) => ({ kind: 'service-start', unit: 'web.service', boot })),
  'service-restore': [{ kind: 'service-restore' }],
  'program-end': [{ kind: 'program-end', pid: 4321, program: 'node', inodes: [100] }],
  'connections-drop': [{ kind: 'connections-drop', port: 5432, from: ['192.168.77.20', '192.168.77.21'] }],
  'firewalld-add': [
    { kind: 'firewalld-add', ...ZONE, action: 'drop', source: 'any' },
    { kind: 'firewalld-add', ...ZONE, action: 'accept', source: '192.168.77.0/24' },
  ],
  'firewalld-remove': [
    { kind: 'firewalld-remove', ...ZONE, action: 'drop', source: 'any' },
    { kind: 'firewalld-remove', ...ZONE, action: 'accept', source: '192.168.77.0/24' },
  ],
  'firewalld-restore': [{ kind: 'firewalld-restore' }],
  'windows-block': BLOCKS.map((block) => ({ kind: 'windows-block', ...block })),
  'windows-unblock': BLOCKS.map((block) => ({ kind: 'windows-unblock', ...block })),
  'windows-disable': [{ kind: 'windows-disable', id: '{node}', rule: windowsRule('TRUE') }],
  'windows-enable': [{ kind: 'windows-enable', id: '{node}', rule: windowsRule('FALSE') }],
  'windows-profile-on': NETWORKS.map((profile) => ({ kind: 'windows-profile-on', profile })),
  'windows-profile-off': NETWORKS.map((profile) => ({ kind: 'windows-profile-off', profile })),
};
