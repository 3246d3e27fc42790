/**
 * The whole way of a change on Windows: the plan, the script that is really run as administrator, carried out on a model of
 * Windows Firewall's store, and everything read and judged anew. synthetic: no Windows printed or did any of it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Choice, Plan, Snapshot } from '../../../../src/core/model.ts';
import { propose } from '../../../../src/core/plan/index.ts';
import { ProblemError } from '../../../../src/core/problem.ts';
import { makeReport } from '../../../../src/core/report.ts';
import { changesOf, events } from '../../../../src/main/apply/windows/journal.ts';
import { thisComputer, type WindowsSystem } from '../../../../src/main/apply/windows/system.ts';
import { applyOnWindows } from '../../../../src/main/apply/windows/transaction.ts';
import { undoOnWindows } from '../../../../src/main/apply/windows/undo.ts';
import { sha256 } from '../../../../src/main/sha256.ts';
import { HOME, windowsSnapshot } from '../../../core/firewalls/windows/machine.ts';
import { loadParser } from '../../../core/firewalls/windows/powershell.ts';
import { type Conditions, runOn, saidBy, type Store } from '../../../core/firewalls/windows/store-model.ts';

beforeAll(loadParser);

const allow = (name: string, port: number): readonly [string, string] => [
  name,
  `v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=${port}|Name=${name}|`,
];

let folder = '';
let store: Store;
let conditions: Conditions[] = [];
let system: WindowsSystem;
const asked: number[] = [];

const snapshot = (): Snapshot =>
  windowsSnapshot({
    adapters: [HOME],
    sockets: [3000, 4000].map((port) => ({ at: `tcp 0.0.0.0:${port}`, pid: 5512 })),
    processes: [{ pid: 5512, path: 'C:\\dev\\node.exe', name: 'node.exe', session: 1 }],
    rules: [...store.rules].map(([name, value]) => ({ name, value })),
    local: Object.fromEntries(
      [...store.profiles].map(([key, on]) => [
        { DomainProfile: 'domain', StandardProfile: 'private', PublicProfile: 'public' }[key],
        { EnableFirewall: on },
      ]),
    ),
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-windows-whole-'));
  store = { rules: new Map([allow('Allow node', 3000), allow("O'Brien\u2019s [rule]*", 4000)]), profiles: new Map() };
  conditions = [];
  asked.length = 0;
  system = {
    ...thisComputer(folder),
    gather: async () => snapshot(),
    elevate: async (script) => {
      const ended = runOn(store, script, { administrator: true, ...conditions.shift() });
      store = ended.store;
      asked.push(ended.status);
      return { is: 'ended', status: ended.status };
    },
  };
});
afterEach(() => rm(folder, { recursive: true }));

const tell = (): void => {};
const judge = (of: Snapshot) => makeReport(of, { kept: new Set() });
async function planned(choice: Choice): Promise<Plan> {
  const now = snapshot();
  return propose({
    snapshot: now,
    choice,
    changes: changesOf(await events(folder)),
    report: judge(now),
    judge,
    sha256,
    now: '2026-11-28T09:00:03.000Z',
  });
}
const close = (port: number, more: Partial<Choice & { kind: 'close' }> = {}): Promise<Plan> =>
  planned({ kind: 'close', targets: [{ protocol: 'tcp', port }], audience: 'everyone', way: 'firewall', ...more });
const exposure = (port: number) => judge(snapshot()).listeners.find(({ id }) => id === `tcp/${port}`)?.exposure;
const states = async () => changesOf(await events(folder)).map(({ state }) => state);

test('closed, checked, undone: as it was before', async () => {
  const before = saidBy(store);
  expect(exposure(3000)).toBe('network');
  const { change, verified } = await applyOnWindows(await close(3000), tell, system);
  expect(verified).toBe(true);
  expect(exposure(3000)).toBe('self');
  expect(saidBy(store)).not.toEqual(before);
  const undone = await undoOnWindows(change.id, tell, system);
  expect(undone).toMatchObject({ verified: true, change: { state: 'undone' } });
  expect(saidBy(store)).toEqual(before);
  expect(exposure(3000)).toBe('network');
  expect(await states()).toEqual(['undone']);
  expect(asked).toEqual([0, 0]);
});

test('two changes are undone in any order, also by a plan, and where Windows writes rules in its own version', async () => {
  const before = saidBy(store);
  conditions = [{ version: 'v2.33' }, { version: 'v2.33' }, { version: 'v2.33' }, { version: 'v2.33' }];
  const first = await applyOnWindows(await close(3000), tell, system);
  await applyOnWindows(await close(4000), tell, system);
  await applyOnWindows(await planned({ kind: 'undo', change: first.change.id }), tell, system);
  expect(await states()).toEqual(['applied', 'applied', 'undone']);
  expect(exposure(3000)).toBe('network');
  expect(exposure(4000)).toBe('self');
  const list = changesOf(await events(folder));
  await undoOnWindows(list[1]?.id, tell, system);
  expect(saidBy(store)).toEqual(before);
});

test('a rule of somebody’s turned off comes on again', async () => {
  const plan = await planned({ kind: 'remove-opening', targets: [{ protocol: 'tcp', port: 4000 }] });
  const before = saidBy(store);
  const { change } = await applyOnWindows(plan, tell, system);
  expect(change.plan.steps.map(({ operation }) => operation.kind)).toEqual(['windows-disable']);
  expect(exposure(4000)).toBe('self');
  expect(await undoOnWindows(undefined, tell, system)).toMatchObject({ verified: true });
  expect(saidBy(store)).toEqual(before);
});

test('whatever of the store fails, it is as before, or said', async () => {
  const before = saidBy(store);
  for (const how of ['before', 'after', 'silently'] as const) {
    conditions = [{ fails: { at: 0, from: false, how } }];
    const error: unknown = await applyOnWindows(await close(3000), tell, system).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem.code).toBe('rolled-back');
    expect(saidBy(store)).toEqual(before);
  }
  expect(await states()).toEqual(['rolled-back', 'rolled-back', 'rolled-back']);
  // Not elevated after all.
  conditions = [{ administrator: false }];
  await expect(applyOnWindows(await close(3000), tell, system)).rejects.toThrow('not-elevated');
  expect(saidBy(store)).toEqual(before);
});

test('a plan whose rules have changed is refused, be it before the question or after', async () => {
  const plan = await close(3000);
  const rules = store.rules;
  store = { ...store, rules: new Map([...rules, allow('new', 5000)]) };
  await expect(applyOnWindows(plan, tell, system)).rejects.toThrow('plan-stale');
  expect(asked).toEqual([]);
  store = { ...store, rules };
  const off = await planned({ kind: 'remove-opening', targets: [{ protocol: 'tcp', port: 4000 }] });
  const late = {
    ...system,
    elevate: async (script: string) => {
      store = { ...store, rules: new Map([...rules].map(([name, text]) => [name, `${text}Profile=Private|`])) };
      return system.elevate(script);
    },
  };
  await expect(applyOnWindows(off, tell, late)).rejects.toThrow('plan-stale');
  expect(asked).toEqual([3]);
  expect(await states()).toEqual([]);
});

test('undo of what somebody has changed since is told, and overwrites nothing', async () => {
  await applyOnWindows(await close(3000), tell, system);
  const [own = ''] = [...store.rules.keys()].filter((name) => name.startsWith('Portcullis'));
  const text = store.rules.get(own) ?? '';
  store = { ...store, rules: new Map([...store.rules, [own, `${text}Profile=Private|`]]) };
  const changed = saidBy(store);
  await expect(undoOnWindows(undefined, tell, system)).rejects.toThrow('rules-drifted');
  expect(saidBy(store)).toEqual(changed);
  expect(await states()).toEqual(['applied']);
});
