import { describe, expect, test } from 'vitest';
import { joinTables, readLog, snapshotOf } from '../../../src/core/osquery/index.ts';
import { AT, LINUX, MAC, WINDOWS, batchLine, eventLines, reportsIn, snapshotLog, snapshotsIn, socket } from './logs.ts';

const ports = (text: string): readonly string[] =>
  (readLog(text, 'x')?.hosts[0]?.tables.get('listening_ports')?.rows ?? []).map(({ port = '' }) => port).sort();
const whole = (text: string): boolean | undefined => readLog(text, 'x')?.hosts[0]?.tables.get('listening_ports')?.whole;

describe('a log of snapshots', () => {
  test('is one computer a host, with the time of what listens', () => {
    const text =
      snapshotLog('web-1', LINUX) + snapshotLog('OFFICE-9', WINDOWS, 1_796_000_500) + snapshotLog('air', MAC);
    expect(snapshotsIn(text).map(({ host, platform, takenAt, uid }) => [host, platform, takenAt, uid])).toEqual([
      ['web-1', 'linux', new Date(1_796_000_000_000).toISOString(), -1],
      ['OFFICE-9', 'win32', new Date(1_796_000_500_000).toISOString(), -1],
      ['air', 'darwin', new Date(1_796_000_000_000).toISOString(), -1],
    ]);
  });

  test('the newest of each query counts, wherever it stands', () => {
    const newer = snapshotLog('h', { listening_ports: [socket('0.0.0.0', 2)] }, 1_796_000_100);
    const older = snapshotLog('h', { listening_ports: [socket('0.0.0.0', 1)] }, 1_796_000_000);
    expect([ports(older + newer), ports(newer + older)]).toEqual([['2'], ['2']]);
  });

  test('several queries of one table are put together: each may leave something out', () => {
    const line = (name: string, port: number): string =>
      `${JSON.stringify({ name, hostIdentifier: 'h', unixTime: 1_796_000_000, action: 'snapshot', snapshot: [socket('0.0.0.0', port)] })}\n`;
    expect(ports(line('low', 80) + line('high', 8080))).toEqual(['80', '8080']);
  });

  test('the query may be called anything; the columns tell', () => {
    const line = {
      name: 'what is up?',
      hostname: 'h',
      unixTime: '1796000000',
      action: 'snapshot',
      snapshot: [{ port: 22, protocol: 6, address: '' }],
    };
    expect(ports(JSON.stringify(line))).toEqual(['22']);
  });

  test('lines that are not osquery’s are counted, and a list of lines is read alike', () => {
    const text = snapshotLog('h', LINUX);
    expect(readLog(`${text}{"half":\nE1130 glog line\n{"other":1}\n`, 'x')).toMatchObject({ strange: 3 });
    const list = JSON.stringify(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    );
    expect(readLog(list, 'x')).toEqual(readLog(text, 'x'));
  });

  test.each([
    '',
    'x',
    '{}',
    '[]',
    '[1,2]',
    '{"schema":1,"transcripts":[]}',
    '{"a":1}\n{"b":2}',
    'null',
    '[[]]',
    '{"name":1}',
  ])('none of it: %s', (text) => {
    expect(readLog(text, 'x')).toBeNull();
  });
});

describe('a log of changes', () => {
  const [a, b, c] = [socket('0.0.0.0', 1), socket('0.0.0.0', 2), socket('0.0.0.0', 3)] as const;

  test('is added up, a line a row or a line a run', () => {
    const events =
      eventLines('h', 'listening_ports', 'added', [a, b]) +
      eventLines('h', 'listening_ports', 'removed', [a], { counter: 4 }) +
      eventLines('h', 'listening_ports', 'added', [c], { counter: 4 });
    const batch =
      batchLine('h', 'listening_ports', { added: [a, b] }) +
      batchLine('h', 'listening_ports', { added: [c], removed: [a] }, { counter: 4 });
    for (const text of [events, batch]) expect([ports(text), whole(text)]).toEqual([['2', '3'], true]);
  });

  test('columns in another order are the same row', () => {
    const turned = Object.fromEntries(Object.entries(a).reverse());
    const text =
      batchLine('h', 'listening_ports', { added: [a, b] }) +
      batchLine('h', 'listening_ports', { removed: [turned] }, { counter: 1 });
    expect([ports(text), whole(text)]).toEqual([['2'], true]);
  });

  test('a new epoch, or a counter that begins anew, begins anew', () => {
    const first =
      batchLine('h', 'listening_ports', { added: [a] }) +
      batchLine('h', 'listening_ports', { added: [b] }, { counter: 2 });
    for (const next of [{ epoch: '1' }, { counter: 0 }]) {
      const text = first + batchLine('h', 'listening_ports', { added: [c] }, next);
      expect([ports(text), whole(text)]).toEqual([['3'], true]);
    }
  });

  test.each([
    ['begins after the first result', batchLine('h', 'listening_ports', { added: [a] }, { counter: 7 })],
    [
      'takes away what was never there',
      batchLine('h', 'listening_ports', { added: [a] }) +
        batchLine('h', 'listening_ports', { removed: [b] }, { counter: 1 }),
    ],
    [
      'goes back',
      batchLine('h', 'listening_ports', { added: [a] }, { counter: 0 }) +
        batchLine('h', 'listening_ports', { added: [b] }, { counter: 5 }) +
        batchLine('h', 'listening_ports', { added: [c] }, { counter: 3 }),
    ],
    [
      'counts nothing, as old versions',
      `${JSON.stringify({ name: 'listening_ports', hostname: 'h', unixTime: 1, action: 'added', columns: a })}\n`,
    ],
    [
      'holds what is no row',
      `${JSON.stringify({ name: 'listening_ports', hostIdentifier: 'h', counter: 0, diffResults: { added: [a, 7], removed: [] } })}\n`,
    ],
  ])('is not whole where it %s, and the report says so', (_, text) => {
    expect(whole(text)).toBe(false);
    const [report] = reportsIn(text + snapshotLog('h', { os_version: LINUX.os_version }));
    expect(report?.unread.find(({ what }) => what === 'listening ports')?.why).toBe(
      'the log of osquery does not go back to the first result',
    );
  });
});

describe('what osqueryi prints', () => {
  test('one table is one computer, called after its file; several tables tell its name', () => {
    const one = readLog(JSON.stringify(LINUX.listening_ports), 'the-file');
    expect(one?.hosts).toMatchObject([{ host: 'the-file', time: null }]);
    const all = snapshotsIn(JSON.stringify(LINUX), 'the-file');
    expect(all).toMatchObject([{ host: 'web-1', platform: 'linux', takenAt: AT }]);
    const files = Object.entries(LINUX).map(([table, rows]) => [`${table}.json`, JSON.stringify(rows)] as const);
    expect(readLog(joinTables([...files, ['broken.json', '[{']]), 'x')).toEqual(readLog(JSON.stringify(LINUX), 'x'));
  });
});

describe('the system', () => {
  test.each([
    ['linux', { listening_ports: [socket('::', 22, { net_namespace: '' })] }],
    ['win32', { listening_ports: [socket('::', 22, { family: '23', net_namespace: '' })] }],
    ['darwin', { listening_ports: [socket('::', 22, { family: '30', net_namespace: '' })] }],
    ['linux', { listening_ports: [socket('0.0.0.0', 22)] }],
    [
      'win32',
      {
        listening_ports: [socket('0.0.0.0', 22, { net_namespace: '' })],
        windows_firewall_rules: WINDOWS.windows_firewall_rules,
      },
    ],
  ] as const)('is %s by what only that one has', (platform, tables) => {
    expect(snapshotsIn(JSON.stringify(tables))).toMatchObject([{ platform }]);
  });

  test.each([
    ['nothing tells', { listening_ports: [socket('0.0.0.0', 22, { net_namespace: '' })] }],
    ['two things tell differently', { listening_ports: [socket('::', 22), socket('::', 23, { family: '30' })] }],
  ])('is not known where %s', (_, tables) => {
    const host = readLog(JSON.stringify(tables), 'x')?.hosts[0];
    expect(host === undefined ? undefined : snapshotOf(host, AT)).toBeNull();
  });
});
