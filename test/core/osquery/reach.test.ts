import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeReport } from '../../../src/core/report.ts';
import { readFacts, worldOf } from '../../../src/core/facts.ts';
import { createJudge } from '../../../src/core/reach/index.ts';
import { parseSnapshot } from '../../../src/core/snapshot.ts';
import { readLog, snapshotOf } from '../../../src/core/osquery/index.ts';
import { AT, LINUX, MAC, type Rows, WINDOWS, reportsIn, said, snapshotLog, snapshotsIn, socket } from './logs.ts';
import { share } from '../../share.ts';

const judged = (tables: Readonly<Record<string, Rows>>) => {
  const [report] = reportsIn(JSON.stringify(tables));
  if (report === undefined) throw new Error('no report');
  return report;
};

describe('who gets in', () => {
  test('Linux: from outside nobody knows; loopback is for itself, where nothing leads there', () => {
    const report = judged(LINUX);
    expect(said(report)).toEqual(['udp/68 unknown?', 'tcp/3000 unknown?', 'tcp/5432 self']);
    expect(report.complete).toBe(false);
    expect(report.unread.map(({ what, why }) => `${what}: ${why}`)).toEqual(
      expect.arrayContaining([
        'listening ports: what the query of osquery left out is not in its log',
        'kernel rules: osquery shows only a part of them',
      ]),
    );
    expect(report.listeners.map(({ identity, owner }) => [identity.name, owner.program])).toContainEqual([
      'PostgreSQL',
      'postgres',
    ]);
    expect(report.findings.filter(({ advice }) => advice === 'close' || advice === 'restrict')).toEqual([]);
    expect(report.interfaces).toMatchObject([
      { name: 'lo', kind: 'loopback' },
      { name: 'eth0', kind: 'ethernet', addresses: ['192.168.77.10/24', 'fe80::1/64'] },
    ]);
  });

  test.each([
    [
      'is on for one',
      LINUX.system_controls.map((row) => (row.name.includes('eth0') ? { ...row, current_value: '1' } : row)),
    ],
    ['was not read for one', LINUX.system_controls.filter(({ name }) => !name.includes('eth0'))],
    ['was not read for what comes later', LINUX.system_controls.filter(({ name }) => !name.includes('.default.'))],
    ['was not read for all', LINUX.system_controls.filter(({ name }) => !name.includes('.all.'))],
    [
      'says two things',
      [...LINUX.system_controls, ...LINUX.system_controls.map((row) => ({ ...row, current_value: '1', type: 'x' }))],
    ],
    ['has no value', LINUX.system_controls.map((row) => ({ ...row, current_value: '' }))],
    [
      'is on for an interface without an address',
      [
        ...LINUX.system_controls,
        { ...LINUX.system_controls[0], name: 'net.ipv4.conf.eth9.route_localnet', current_value: '1' },
      ],
    ],
  ])('Linux: loopback cannot be told where route_localnet %s', (_, system_controls) => {
    expect(said(judged({ ...LINUX, system_controls }))).toContain('tcp/5432 unknown?');
  });

  test('Linux: nor where it was not read at all, or its log does not go back', () => {
    const { system_controls: controls, ...rest } = LINUX;
    expect(said(judged(rest))).toContain('tcp/5432 unknown?');
    const late = `${JSON.stringify({ name: 'system_controls', hostIdentifier: 'web-1', unixTime: 1_796_000_000, counter: 3, epoch: 0, diffResults: { added: controls, removed: [] } })}\n`;
    const [report] = reportsIn(snapshotLog('web-1', rest) + late);
    expect(report === undefined ? [] : said(report)).toContain('tcp/5432 unknown?');
  });

  test.each([
    ['were not logged', null],
    ['were filtered, so that lo is missing', LINUX.interface_addresses.filter(({ interface: name }) => name !== 'lo')],
    ['are none', []],
  ])('Linux: nor where interfaces %s', (_, rows) => {
    const { interface_addresses: _all, ...rest } = LINUX;
    const controls = LINUX.system_controls.filter(({ name }) => !name.includes('eth0'));
    const tables = rows === null ? rest : { ...rest, interface_addresses: rows };
    for (const system_controls of [LINUX.system_controls, controls])
      expect(said(judged({ ...tables, system_controls }))).toContain('tcp/5432 unknown?');
  });

  test.each([
    ['system_controls', LINUX, 'tcp/5432'],
    ['interface_addresses', LINUX, 'tcp/5432'],
    ['services', WINDOWS, 'tcp/9229'],
  ] as const)('nor where %s is of another time than what listens', (table, tables, port) => {
    const now = 1_796_000_000;
    const at = (time: number): readonly string[] => {
      const { [table]: rows = [], ...rest } = tables as Readonly<Record<string, Rows>>;
      const [report] = reportsIn(snapshotLog('h', rest, now) + snapshotLog('h', { [table]: rows }, time));
      return report === undefined ? [] : said(report);
    };
    for (const time of [now, now - 86_400, now + 86_400]) expect(at(time)).toContain(`${port} self`);
    for (const time of [1_400_000_000, now - 86_401, now + 86_401, 0]) expect(at(time)).toContain(`${port} unknown?`);
  });

  test('Windows: TCP at loopback is for itself only where nothing passes ports on', () => {
    expect(said(judged(WINDOWS))).toEqual(['tcp/135 unknown?', 'tcp/3000 unknown?', 'tcp/9229 self']);
    const services = WINDOWS.services.map((row) =>
      row.name === 'iphlpsvc' ? { ...row, status: 'RUNNING', pid: '2000' } : row,
    );
    for (const tables of [
      { ...WINDOWS, services },
      { ...WINDOWS, services: WINDOWS.services.slice(0, 1) },
    ])
      expect(said(judged(tables))).toContain('tcp/9229 unknown?');
    expect(judged(WINDOWS).firewalls).toEqual([
      { id: 'windows', active: null, defaults: { inbound: 'unknown', outbound: 'unknown' }, rules: 1 },
    ]);
    expect(judged(WINDOWS).listeners[0]?.owner).toMatchObject({ program: 'svchost', unit: 'RpcSs' });
  });

  test('macOS: nobody knows anything, since a rule of pf may lead to loopback', () => {
    expect(said(judged(MAC))).toEqual(['tcp/5000 unknown?', 'tcp/6000 unknown?', 'tcp/7000 unknown?']);
  });

  test('a packet that is asked about is unknown as well', () => {
    const [snapshot] = snapshotsIn(JSON.stringify(LINUX));
    if (snapshot === undefined) throw new Error('no snapshot');
    const judge = createJudge(worldOf(readFacts(snapshot)));
    const question = {
      protocol: 'tcp',
      interface: 'eth0',
      source: '192.168.77.20',
      destination: '192.168.77.10',
      port: 3000,
    } as const;
    expect(judge.ask(question).verdict).toBe('unknown');
  });
});

describe('containers', () => {
  const inside = socket('127.0.0.1', 9000, { net_namespace: '4026532999', pid: '900' });

  test('are left out where process 1 tells which namespace is the computer’s own', () => {
    const namespaces = [{ pid: '1', mnt_namespace: '1', net_namespace: '4026531992' }];
    const report = judged({
      ...LINUX,
      listening_ports: [...LINUX.listening_ports, inside],
      process_namespaces: namespaces,
    });
    expect(said(report)).toEqual(said(judged(LINUX)));
  });

  test('are left out where all that listen are in one namespace, and process 1 is in another one', () => {
    const rows = LINUX.listening_ports.map((row) => ({ ...row, net_namespace: '4026532999' }));
    const process_namespaces = [{ pid: '1', mnt_namespace: '1', net_namespace: '4026531992' }];
    expect(judged({ ...LINUX, listening_ports: rows, process_namespaces }).listeners).toEqual([]);
  });

  test('which namespace is its own is not believed of another day', () => {
    const old = { process_namespaces: [{ pid: '1', mnt_namespace: '1', net_namespace: '4026530000' }] };
    const [report] = reportsIn(snapshotLog('h', LINUX, 1_796_000_000) + snapshotLog('h', old, 1_700_000_000));
    expect(report?.listeners).toHaveLength(3);
  });

  test('else all are listed, none of them is said to be for itself, and it is said why', () => {
    const report = judged({ ...LINUX, listening_ports: [...LINUX.listening_ports, inside] });
    expect(said(report)).toEqual(['udp/68 unknown?', 'tcp/3000 unknown?', 'tcp/5432 unknown?', 'tcp/9000 unknown?']);
    expect(report.unread.map(({ why }) => why)).toContain(
      'osquery lists those of containers with them, and does not say which are',
    );
  });
});

describe('rows', () => {
  test.each([
    ['another protocol', socket('0.0.0.0', 5, { protocol: '255' })],
    ['a port that is none', socket('0.0.0.0', 70_000)],
    ['an address that is none', socket('0.0.0.0.0', 5)],
  ])('that cannot be understood are told: %s', (_, row) => {
    const { unread } = judged({ ...LINUX, listening_ports: [...LINUX.listening_ports, row] });
    expect(unread.map(({ why }) => why)).toContain('1 line could not be understood');
  });

  test('addresses: an empty one is the wildcard, IPv4 within IPv6 is IPv4, a zone is a device', () => {
    const rows = [
      socket('', 1),
      socket('', 2, { family: '10' }),
      socket('::ffff:10.0.0.1', 3),
      socket('fe80::1%eth0', 4),
    ];
    const { listeners } = judged({ ...LINUX, listening_ports: rows });
    expect(listeners.map(({ addresses }) => addresses.map(({ address, device }) => [address, device]))).toEqual([
      [['0.0.0.0', null]],
      [['::', null]],
      [['10.0.0.1', null]],
      [['fe80::1', 'eth0']],
    ]);
  });

  test('a query that joins ports with programs tells the program', () => {
    const rows = [{ ...socket('0.0.0.0', 3000), name: 'node', cmdline: 'node x.js' }];
    expect(judged({ listening_ports: rows }).listeners[0]?.owner).toMatchObject({ program: 'node', complete: false });
  });
});

test('a snapshot that is made of it can be saved, and judged again alike', () => {
  for (const snapshot of snapshotsIn(snapshotLog('a', LINUX) + snapshotLog('b', WINDOWS))) {
    const again = parseSnapshot(JSON.stringify(snapshot), 'x');
    expect(makeReport(again, { kept: new Set() })).toEqual(makeReport(snapshot, { kept: new Set() }));
  }
});

describe('whatever is in a log', () => {
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '__proto__',
      'constructor',
      '\u001b[2J',
      '-1',
      '0',
      '999999999999999999',
      'NaN',
      '::',
      '%',
      '$(reboot)',
      '6',
      '17',
      '2',
      '10',
      '127.0.0.1',
    ),
    fc.jsonValue(),
  );
  const columns = [
    'pid',
    'port',
    'protocol',
    'address',
    'family',
    'name',
    'path',
    'net_namespace',
    'mask',
    'interface',
    'platform',
    '__proto__',
  ];
  const row = fc.dictionary(fc.constantFrom(...columns), hostile, { maxKeys: 10 });
  const line = fc.record(
    {
      name: fc.constantFrom(
        'listening_ports',
        'pack_x_processes',
        'interface_addresses',
        'os_version',
        'x',
        '__proto__',
      ),
      hostIdentifier: fc.constantFrom('h', '__proto__', 'constructor', '\u001b]0;x\u0007'),
      unixTime: hostile,
      epoch: hostile,
      counter: fc.oneof(fc.integer({ min: 0, max: 3 }), hostile),
      action: fc.constantFrom<unknown>('snapshot', 'added', 'removed', null),
      snapshot: fc.oneof(fc.array(row, { maxLength: 5 }), hostile),
      columns: fc.oneof(row, hostile),
      diffResults: fc.oneof(
        fc.record({ added: fc.array(row, { maxLength: 3 }), removed: fc.array(row, { maxLength: 3 }) }),
        hostile,
      ),
    },
    { requiredKeys: ['name', 'hostIdentifier'] },
  );

  test('nothing throws, and nobody from outside is said to be let in, slowed or kept out', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('linux', 'win32', 'darwin'), (lines, platform) => {
        const text = lines.map((one) => `${JSON.stringify(one)}\n`).join('');
        for (const logged of readLog(text, 'x')?.hosts ?? []) {
          const own = snapshotOf(logged, AT);
          const snapshot =
            own ??
            snapshotOf(
              {
                ...logged,
                tables: new Map([
                  ['os_version', { rows: [{ platform: platform === 'win32' ? 'windows' : platform }], whole: true }],
                  ...logged.tables,
                ]),
              },
              AT,
            );
          if (snapshot === null) continue;
          const report = makeReport(snapshot, { kept: new Set() });
          expect(report.complete).toBe(false);
          for (const { exposure, exposureComplete, addresses } of report.listeners) {
            expect(['self', 'unknown']).toContain(exposure);
            const loopback = addresses.every(({ scope }) => scope === 'loopback');
            if (exposure === 'self' && exposureComplete) expect(loopback).toBe(true);
          }
        }
      }),
      { numRuns: share(500) },
    );
  });

  test('nor any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readLog(text, 'x');
        readLog(`[${text}`, 'x');
        readLog(`{"name":"a","hostIdentifier":"b","action":"snapshot","snapshot":${text}}`, 'x');
      }),
      { numRuns: share(1000) },
    );
  });
});
