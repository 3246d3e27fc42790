/**
 * This program where it is told that it runs on Windows: none of Linux's ways is gone. Windows' own programs are not here,
 * so that nothing can be read, and that is what is said.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProblemError } from '../../src/core/problem.ts';
import { makeReport } from '../../src/core/report.ts';
import { thisMachine } from '../../src/main/machine.ts';
import { lacks, readGiven } from '../../src/main/reading.ts';

const real = process.platform;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-as-windows-'));
  // Not a path of a drive, so that the folder of the account is taken.
  vi.stubEnv('LOCALAPPDATA', undefined);
  vi.stubEnv('HOME', folder);
  Object.defineProperty(process, 'platform', { value: 'win32' });
});
afterEach(async () => {
  Object.defineProperty(process, 'platform', { value: real });
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test('reading asks netstat and PowerShell by their full paths, and nothing else', async () => {
  const steps: string[] = [];
  const snapshot = await thisMachine.gather(({ phase }) => steps.push(phase));
  expect(snapshot.platform).toBe('win32');
  expect(snapshot.transcripts.map(({ id, argv, failure }) => `${id} ${argv[0]} ${failure}`).sort()).toEqual([
    'netstat C:\\Windows\\System32\\netstat.exe missing',
    'windows.firewall C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe missing',
  ]);
  expect(steps.sort()).toEqual(['rules', 'sockets']);
  const report = makeReport(snapshot, { kept: new Set() });
  expect(report.complete).toBe(false);
  expect(report.unread.length).toBeGreaterThan(0);
});

test('no right is asked for to read: an administrator would be told no more', async () => {
  const snapshot = await thisMachine.gather(() => {});
  const refused = snapshot.transcripts.map((one) => ({ ...one, failure: 'refused' as const }));
  expect(lacks({ ...snapshot, transcripts: refused })).toBe(false);
  expect(await readGiven()).toBeNull();
  expect(await thisMachine.readExact(null)).toEqual([]);
});

test('the history is the journal in the person’s own folder; nothing waits, and there is nothing to undo', async () => {
  expect(await thisMachine.history()).toEqual([]);
  const kindOf = (run: Promise<unknown>) =>
    run.then(
      () => null,
      (error: unknown) => (error instanceof ProblemError ? error.problem.means.kind : error),
    );
  expect(await kindOf(thisMachine.confirm('20261128T090000-00000000', () => {}))).toBe('none-waits');
  expect(await kindOf(thisMachine.undo(undefined, () => {}))).toBe('nothing-to-undo');
});
