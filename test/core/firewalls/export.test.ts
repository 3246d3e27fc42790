/** Exported files: as the goldens say, and harmless whatever a program is called. Write the goldens anew: UPDATE_GOLDENS=1. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExportItem } from '../../../src/core/firewalls/export.ts';
import { exportUfw } from '../../../src/core/firewalls/ufw/script.ts';
import { exportWindows } from '../../../src/core/firewalls/windows/script.ts';
import { exportNetsh } from '../../../src/core/firewalls/windows/netsh.ts';
import { changeScript, STATUS } from '../../../src/core/firewalls/windows/change-script.ts';
import { runBatch } from './windows/batch.ts';
import { loadParser, parse } from './windows/powershell.ts';
import { runOn, type Store } from './windows/store-model.ts';
import { share } from '../../share.ts';

const from = { host: 'laptop', takenAt: '2026-11-20T18:00:00Z' };
const items: readonly ExportItem[] = [
  {
    target: { protocol: 'tcp', port: 3000 },
    name: 'Development web server',
    why: 'Anyone on this network can connect to this.',
  },
  { target: { protocol: 'udp', port: 5353 }, name: 'O’Brien’s "thing"', why: null },
];

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    "'; Remove-Item C:\\ -Recurse; '",
    '\u2019; calc.exe; \u2018',
    '$(calc)',
    '`ncalc',
    '\nrm -rf /\n',
    '\r\nexit\r\n',
    '\'"`$(reboot)',
    '#>',
    '\u2028rm',
    '\u202egnp',
    '@(1)|iex',
  ),
);
const hostileItems: fc.Arbitrary<readonly ExportItem[]> = fc.array(
  fc.record({
    target: fc.record({
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      port: fc.integer({ min: 1, max: 65535 }),
    }),
    name: fc.option(hostile),
    why: fc.option(hostile),
  }),
  { minLength: 1, maxLength: 4 },
);

function golden(name: string, content: string): void {
  const path = fileURLToPath(new URL(`goldens/${name}`, import.meta.url));
  if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(path, content);
  expect(content).toBe(readFileSync(path, 'utf8'));
}

describe('goldens', () => {
  for (const [format, file] of [
    ['ufw', exportUfw(items, from)],
    ['windows', exportWindows(items, from)],
    ['netsh', exportNetsh(items, from)],
  ] as const) {
    test(format, () => golden(file.filename, file.content));
    test(`${format}, undo`, () => golden(file.undoFilename, file.undoContent));
  }
});

describe('ufw script', () => {
  test('whatever a program is called, only comments differ', () => {
    const code = (content: string) => content.split('\n').filter((line) => !line.startsWith('#'));
    fc.assert(
      fc.property(hostileItems, hostile, (some, host) => {
        const plain = some.map(({ target }) => ({ target, name: null, why: null }));
        const file = exportUfw(some, { ...from, host });
        const bare = exportUfw(plain, from);
        expect(code(file.content)).toEqual(code(bare.content));
        expect(code(file.undoContent)).toEqual(code(bare.undoContent));
      }),
    );
  });
});

describe('PowerShell script', () => {
  beforeAll(loadParser);

  test('whatever a program is called, only comments differ', () => {
    const code = (content: string) => content.split('\r\n').filter((line) => !/^\ufeff?#/.test(line));
    fc.assert(
      fc.property(hostileItems, hostile, (some, host) => {
        const plain = some.map(({ target }) => ({ target, name: null, why: null }));
        const file = exportWindows(some, { ...from, host });
        const bare = exportWindows(plain, from);
        expect(code(file.content)).toEqual(code(bare.content));
        expect(code(file.undoContent)).toEqual(code(bare.undoContent));
        for (const content of [file.content, file.undoContent]) expect(parse(content).hasError).toBe(false);
      }),
      { numRuns: share(40) },
    );
  });

  const empty: Store = { rules: new Map([['{other}', 'v2.10|Action=Allow|Active=TRUE|Dir=In|']]), profiles: new Map() };

  test('it closes what was chosen, once, and its undo takes that away again', () => {
    const { content, undoContent } = exportWindows(items, from);
    const first = runOn(empty, content);
    expect(first).toMatchObject({ status: STATUS.done, changes: 2 });
    expect([...first.store.rules.keys()]).toEqual([
      '{other}',
      'PortcullisFile-close-tcp-3000',
      'PortcullisFile-close-udp-5353',
    ]);
    expect(runOn(first.store, content)).toEqual({ ...first, changes: 0 });
    const undone = runOn(first.store, undoContent, { version: 'v2.33' });
    expect(undone).toEqual({ status: STATUS.done, store: empty, changes: 2 });
    expect(runOn(undone.store, undoContent)).toEqual({ ...undone, changes: 0 });
  });

  test('what a change has closed already stays closed when the file is undone', () => {
    const change = items.map(
      ({ target }) => ({ kind: 'windows-block', ...target, from: 'any', profiles: [] }) as const,
    );
    const closed = runOn(empty, changeScript(change)).store;
    expect([...closed.rules.keys()]).toEqual(['{other}', 'Portcullis-close-tcp-3000', 'Portcullis-close-udp-5353']);
    const { content, undoContent } = exportWindows(items, from);
    const both = runOn(closed, content);
    expect(both).toMatchObject({ status: STATUS.done, changes: 2 });
    expect(runOn(both.store, undoContent)).toEqual({ status: STATUS.done, store: closed, changes: 2 });
  });

  test('begins with the byte order mark that Windows PowerShell 5.1 needs', () => {
    expect(exportWindows(items, from).content.startsWith('\ufeff# ')).toBe(true);
  });
});

describe('batch file', () => {
  const other = { name: 'other', said: 'x' };

  test('whatever a program is called, only remarks differ, and those are plain', () => {
    const lines = (content: string) => content.split('\r\n');
    const code = (content: string) => lines(content).filter((line) => !line.startsWith('rem '));
    fc.assert(
      fc.property(hostileItems, hostile, (some, host) => {
        const plain = some.map(({ target }) => ({ target, name: null, why: null }));
        const file = exportNetsh(some, { ...from, host });
        const bare = exportNetsh(plain, from);
        expect(code(file.content)).toEqual(code(bare.content));
        expect(code(file.undoContent)).toEqual(code(bare.undoContent));
        for (const line of lines(file.content)) {
          if (line.startsWith('rem ')) expect(line).toMatch(/^rem -[A-Za-z0-9 .,:;=/()_-]*$/);
        }
      }),
    );
  });

  test('it closes what was chosen, once, and its undo takes that away again', () => {
    const { content, undoContent } = exportNetsh(items, from);
    const first = runBatch([other], content);
    expect(first).toMatchObject({ status: 0, changes: 2 });
    expect(first.rules.slice(1).map(({ said }) => said)).toEqual([
      'TCP 3000 block in any any yes',
      'UDP 5353 block in any any yes',
    ]);
    for (const { name } of first.rules.slice(1))
      expect(name).toMatch(/^Portcullis-close-(tcp|udp)-\d+-netsh-[0-9a-f]{16}$/);
    expect(runBatch(first.rules, content)).toEqual({ ...first, changes: 0 });
    const undone = runBatch(first.rules, undoContent);
    expect(undone).toEqual({ status: 0, rules: [other], changes: 2 });
    expect(runBatch(undone.rules, undoContent)).toEqual({ ...undone, changes: 0 });
  });

  test('a rule that is there and off, or does something else, is on afterwards as it is made', () => {
    const { content, undoContent } = exportNetsh(items, from);
    const closed = runBatch([other], content).rules;
    for (const [one, then] of [
      ['any yes', 'any no'],
      ['block', 'allow'],
      ['any any', 'private any'],
      ['any any', 'any 10.0.0.1'],
    ] as const) {
      const spoilt = closed.map(({ name, said }) => ({ name, said: said.replace(one, then) }));
      expect(spoilt).not.toEqual(closed);
      expect(runBatch(spoilt, content)).toEqual({ status: 0, rules: closed, changes: 2 });
      expect(runBatch(spoilt, undoContent)).toEqual({ status: 0, rules: [other], changes: 2 });
      // As the file says: what was set is not put back where a later one fails.
      const failed = runBatch(spoilt, content, { fails: { at: 1, from: true } });
      expect(failed.status).not.toBe(0);
      expect(failed.rules[1]).toEqual(closed[1]);
      expect(content).toMatch(
        /set as this file makes it, so it is on,\r\nrem - blocks, .*At 4 and 5 this is not put back/,
      );
    }
    // One of that name for another port is not ours: a new one is made.
    const [first = other, ...rest] = closed.slice(1);
    const elsewhere = [other, { ...first, said: first.said.replace('3000', '3001') }, ...rest];
    expect(runBatch(elsewhere, content)).toEqual({ status: 0, rules: [...elsewhere, first], changes: 1 });
  });

  test('what fails is put back; where that fails as well, it says so', () => {
    const { content, undoContent } = exportNetsh(items, from);
    const closed = runBatch([other], content).rules;
    for (const [script, before] of [
      [content, [other]],
      [undoContent, closed],
    ] as const) {
      for (const at of [0, 1]) {
        const failed = runBatch(before, script, { fails: { at, from: false } });
        expect(failed.status).toBe(4);
        expect(failed.rules.map(({ name }) => name).toSorted()).toEqual(before.map(({ name }) => name).toSorted());
      }
      expect(runBatch(before, script, { fails: { at: 0, from: true } })).toMatchObject({ status: 4, rules: before });
      expect(runBatch(before, script, { fails: { at: 1, from: true } }).status).toBe(5);
    }
  });

  test('who is no administrator changes nothing', () => {
    expect(runBatch([other], exportNetsh(items, from).content, { administrator: false })).toEqual({
      status: 6,
      rules: [other],
      changes: 0,
    });
  });
});
