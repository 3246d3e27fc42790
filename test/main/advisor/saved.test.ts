/** A saved snapshot, opened: which computer it is of, nothing of this machine beside it, and nothing that can be changed. */
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../../src/core/problem.ts';
import type { Settings } from '../../../src/main/settings.ts';
import { createAdvisor } from '../../../src/main/advisor/index.ts';
import { noSettings } from '../../../src/main/settings.ts';
import { SAVED, savedIn } from '../../../src/main/faces/saved.ts';
import type { Machine } from '../../../src/main/machine.ts';
import { WINDOWS } from '../cli/windows-machines.ts';

const home = WINDOWS['windows-home'];
if (home === undefined) throw new Error('no such computer');

/** Whatever is asked of this machine is a fault. */
const nobody = new Proxy({} as Machine, {
  get: (_, name) => () => {
    throw new Error(`this machine was asked: ${String(name)}`);
  },
});
const open = (settings: Settings = noSettings) => createAdvisor({ snapshot: home, machine: nobody, settings });
const replayed = async (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => 'it was done',
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : error),
  );

describe('a saved snapshot', () => {
  test('says which computer it is of, and when', async () => {
    const report = await open().scan({ exact: true });
    expect(report).toMatchObject({ saved: { host: 'HOME-PC' }, takenAt: home.takenAt, platform: 'win32' });
    const redacted = createAdvisor({ snapshot: { ...home, redacted: true }, machine: nobody, settings: noSettings });
    expect((await redacted.scan({ exact: false })).saved).toEqual({ host: null });
  });

  test('has its rules and connections, and no history of this machine', async () => {
    const advisor = open();
    expect((await advisor.rules({})).rules.length).toBeGreaterThan(5);
    expect(await advisor.connections({})).toHaveLength(1);
    expect(await advisor.history({})).toEqual([]);
    await advisor.attend({ visible: true });
  });

  test('is not changed, and what is needed on this machine says nothing of it', async () => {
    const advisor = open({ ...noSettings, keep: () => Promise.reject(new Error('this machine was asked: keep')) });
    await advisor.scan({ exact: false });
    expect(await replayed(advisor.keep({ target: { protocol: 'tcp', port: 445 }, keep: true }))).toBe('unsupported');
    expect(await replayed(advisor.apply({ plan: 'x' }))).toBe('unsupported');
    expect(await replayed(advisor.undo({ change: 'x' }))).toBe('unsupported');
    expect(await replayed(noSettings.keep('tcp/445', true))).toBe('unsupported');
    expect((await noSettings.kept()).kept.size).toBe(0);
  });
});

test('the window is told of it by one argument', () => {
  expect(savedIn(['electron', '/app', `${SAVED}/tmp/a b.json`])).toBe('/tmp/a b.json');
  expect(savedIn(['electron', '/app', SAVED])).toBeNull();
  expect(savedIn(['electron', '/app', '--hidden'])).toBeNull();
});
