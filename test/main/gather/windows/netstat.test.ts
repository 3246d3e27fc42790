import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWindowsListeners } from '../../../../src/core/listeners/windows.ts';
import type { Snapshot } from '../../../../src/core/model.ts';
import { parseWindowsRows } from '../../../../src/main/gather/windows/netstat.ts';
import { toLines } from '../../../../src/main/gather/transcript.ts';
import { windowsSnapshot } from '../../../core/firewalls/windows/machine.ts';

// synthetic, after `netstat -ano` of a German Windows as it is shown in documents and questions.
const GERMAN = [
  '',
  'Aktive Verbindungen',
  '',
  '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
  '  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN         980',
  '  TCP    0.0.0.0:445            0.0.0.0:0              ABHÖREN         4',
  '  TCP    192.168.1.20:50112     203.0.113.7:443        HERGESTELLT     6120',
  '  TCP    192.168.1.20:50113     203.0.113.7:443        SCHLIESSEN_WARTEN  0',
  '  TCP    [::]:445               [::]:0                 ABHÖREN         4',
  '  TCP    [fe80::1c2:3%12]:139   [::]:0                 ABHÖREN         4',
  '  UDP    0.0.0.0:5353           *:*                                    1500',
  '  UDP    [::]:5353              *:*                                    1500',
  '',
].join('\r\n');

const snapshotOf = (items: readonly unknown[]): Snapshot => {
  const machine = windowsSnapshot({});
  return {
    ...machine,
    transcripts: machine.transcripts.map((one) => (one.id === 'netstat' ? { ...one, stdout: toLines(items) } : one)),
  };
};
const read = (text: string) => readWindowsListeners(snapshotOf(parseWindowsRows(text)), []);

test('every row becomes an item with its family, also for the wildcard', () => {
  const items = parseWindowsRows(GERMAN);
  expect(items.map((one) => JSON.parse(JSON.stringify(one)) as unknown)).toEqual([
    {
      protocol: 'tcp',
      local: { address: null, port: 135 },
      remote: { address: null, port: 0 },
      state: 'ABHÖREN',
      pid: 980,
    },
    {
      protocol: 'tcp',
      local: { address: null, port: 445 },
      remote: { address: null, port: 0 },
      state: 'ABHÖREN',
      pid: 4,
    },
    {
      protocol: 'tcp',
      local: { address: '192.168.1.20', port: 50112 },
      remote: { address: '203.0.113.7', port: 443 },
      state: 'HERGESTELLT',
      pid: 6120,
    },
    {
      protocol: 'tcp',
      local: { address: '192.168.1.20', port: 50113 },
      remote: { address: '203.0.113.7', port: 443 },
      state: 'SCHLIESSEN_WARTEN',
      pid: 0,
    },
    {
      protocol: 'tcp6',
      local: { address: null, port: 445 },
      remote: { address: null, port: 0 },
      state: 'ABHÖREN',
      pid: 4,
    },
    {
      protocol: 'tcp6',
      local: { address: 'fe80::1c2:3%12', port: 139 },
      remote: { address: null, port: 0 },
      state: 'ABHÖREN',
      pid: 4,
    },
    {
      protocol: 'udp',
      local: { address: null, port: 5353 },
      remote: { address: '*', port: null },
      state: null,
      pid: 1500,
    },
    {
      protocol: 'udp6',
      local: { address: null, port: 5353 },
      remote: { address: '*', port: null },
      state: null,
      pid: 1500,
    },
  ]);
  const { listeners, gaps } = read(GERMAN);
  expect(listeners.map(({ id }) => id).sort()).toEqual(['tcp/135', 'tcp/139', 'tcp/445', 'udp/5353']);
  expect(gaps.filter(({ means }) => means.what.kind === 'listening')).toEqual([]);
});

test('a state of two words, of no words that can be read, or in no language is a state', () => {
  const states = ['EN ESCUCHA', 'ABH\ufffdREN', '\u00e9coute en cours', 'СЛУШАЕТ', '侦听', 'LISTENING', '1 2 3', ''];
  for (const state of states) {
    const text = `  TCP    0.0.0.0:3000           0.0.0.0:0              ${state}       5512\r\n`;
    expect(parseWindowsRows(text)).toMatchObject([{ protocol: 'tcp', local: { port: 3000 }, pid: 5512 }]);
    expect(read(text).listeners.map(({ id }) => id)).toEqual(['tcp/3000']);
  }
});

test('what looks like a row and is none is not lost', () => {
  const odd = [
    '  TCP    0.0.0.0:30',
    '  TCP    0.0.0.0:3000           0.0.0.0:0              ABHOEREN        ????',
    '  TCP    0.0.0.0:3000           LISTENING       5512',
    '  TCP    garbled',
    '  T?P    0.0.0.0:3000           0.0.0.0:0              ABHOEREN        5512',
    '         0.0.0.0:3000           0.0.0.0:0              ABHOEREN        5512',
    '  UDP    0.0.0.0:5353           *:*',
  ];
  for (const line of odd) {
    expect(parseWindowsRows(`${line}\r\n`)).toEqual([{ unread: line }]);
    const { gaps } = read(`${GERMAN}${line}\r\n`);
    expect(gaps[0]?.means).toMatchObject({ what: { kind: 'listening' }, why: { kind: 'lines-garbled', count: 1 } });
  }
  // Half a last line, wherever it was cut.
  const last = GERMAN.trimEnd();
  for (let cut = 1; cut < 60; cut += 7) {
    const items = parseWindowsRows(last.slice(0, -cut));
    expect(items).toHaveLength(8);
    expect(items.at(-1)).toHaveProperty('unread');
  }
});

test('headers of any language are no rows', () => {
  const headers = [
    'Active Connections',
    '  Proto  Local Address          Foreign Address        State           PID',
    'Connexions actives',
    '  Proto  Adresse locale         Adresse distante       État            PID',
    'アクティブな接続',
    '  プロトコル  ローカル アドレス          外部アドレス        状態            PID',
    'Активные подключения',
  ];
  expect(parseWindowsRows(headers.map((line) => `${line}\r\n`).join(''))).toEqual([]);
});

test('no row is ever lost: items and lines that look like rows are as many', () => {
  const end = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 65535 })).map(([address, port]) => `${address}:${port}`);
  const six = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 65535 })).map(([address, port]) => `[${address}]:${port}`);
  const row = fc
    .tuple(
      fc.constantFrom('TCP', 'UDP'),
      fc.oneof(end, six),
      fc.oneof(end, six, fc.constant('*:*')),
      fc.string(),
      fc.nat(),
    )
    .map(
      ([protocol, local, remote, state, pid]) =>
        `  ${protocol}    ${local}   ${remote}   ${state.replace(/[\r\n]/g, ' ')}   ${pid}`,
    );
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(parseWindowsRows(rows.map((line) => `${line}\r\n`).join(''))).toHaveLength(rows.length);
    }),
  );
});
