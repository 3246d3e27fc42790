/**
 * What is believed of a change on Windows: what is seen of it, never what its script or whoever asked says. The real scripts,
 * on a model of Windows Firewall's store. synthetic: no Windows printed or did any of it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Choice, Plan, Snapshot, Target } from '../../../../src/core/model.ts';
import { propose } from '../../../../src/core/plan/index.ts';
import { ProblemError } from '../../../../src/core/problem.ts';
import { makeReport } from '../../../../src/core/report.ts';
import type { Elevated } from '../../../../src/main/apply/windows/elevate.ts';
import { changesOf, events } from '../../../../src/main/apply/windows/journal.ts';
import { lookAt } from '../../../../src/main/apply/windows/run.ts';
import { thisComputer, type WindowsSystem } from '../../../../src/main/apply/windows/system.ts';
import { applyOnWindows } from '../../../../src/main/apply/windows/transaction.ts';
import { undoOnWindows } from '../../../../src/main/apply/windows/undo.ts';
import { sha256 } from '../../../../src/main/sha256.ts';
import { HOME, type MachineSaid, profilesPrinted, windowsSnapshot } from '../../../core/firewalls/windows/machine.ts';
import { loadParser } from '../../../core/firewalls/windows/powershell.ts';
import { runOn, type Store } from '../../../core/firewalls/windows/store-model.ts';

beforeAll(loadParser);

let folder = '';
let store: Store;
let system: WindowsSystem;
/** What else the computer says. */
let more: MachineSaid = {};
/** Ports at which somebody is connected from elsewhere. */
let connected: number[] = [];
let asked = 0;
/** How Windows answers, one a question; then everything goes as it should. */
let answers: ((carryOut: () => number) => Elevated)[] = [];

const allow = (name: string, port: number): readonly [string, string] => [
  name,
  `v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=${port}|Name=${name}|`,
];
const edit = (to: (rules: Map<string, string>) => void): void => {
  const rules = new Map(store.rules);
  to(rules);
  store = { ...store, rules };
};
const names = (): readonly string[] => [...store.rules.keys()];
const OWN = (port: number): string => `Portcullis-close-tcp-${port}`;

const snapshot = (): Snapshot =>
  windowsSnapshot({
    adapters: [HOME],
    effective: profilesPrinted(),
    sockets: [
      ...[3000, 4000].map((port) => ({ at: `tcp 0.0.0.0:${port}`, pid: 5512 })),
      { at: 'tcp 0.0.0.0:3389', pid: 200 },
      ...connected.map((port) => ({ at: `tcp 192.168.1.20:${port}`, pid: 200, peer: '192.168.1.77:50123' })),
    ],
    processes: [
      { pid: 5512, path: 'C:\\dev\\node.exe', name: 'node.exe', session: 1 },
      { pid: 200, path: 'C:\\Windows\\System32\\svchost.exe', name: 'svchost.exe', session: 0 },
    ],
    services: [{ pid: 200, name: 'TermService', command: 'C:\\Windows\\System32\\svchost.exe -k NetworkService' }],
    rules: [...store.rules].map(([name, value]) => ({ name, value })),
    ...more,
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-windows-outcome-'));
  store = { rules: new Map([allow('n3000', 3000), allow('n4000', 4000), allow('rdp', 3389)]), profiles: new Map() };
  [more, connected, asked, answers] = [{}, [], 0, []];
  system = {
    ...thisComputer(folder),
    gather: async () => snapshot(),
    elevate: async (script) => {
      asked += 1;
      const run = (): number => {
        const ended = runOn(store, script, { administrator: true });
        store = ended.store;
        return ended.status;
      };
      return answers.shift()?.(run) ?? { is: 'ended', status: run() };
    },
  };
});
afterEach(() => rm(folder, { recursive: true }));

const judge = (of: Snapshot) => makeReport(of, { kept: new Set() });
const history = async () => changesOf(await events(folder));
const states = async () => (await history()).map(({ state }) => state);
async function planned(choice: Choice): Promise<Plan> {
  const now = snapshot();
  const changes = await history();
  return propose({
    snapshot: now,
    choice,
    changes,
    report: judge(now),
    judge,
    sha256,
    now: '2026-11-28T09:00:03.000Z',
  });
}
const targets = (port: number): readonly Target[] => [{ protocol: 'tcp', port }];
const reopening = (port: number): Promise<Plan> =>
  planned({ kind: 'reopen', targets: targets(port), audience: 'everyone', way: 'firewall' });
const closing = (port: number, drop = false): Promise<Plan> =>
  planned({ kind: 'close', targets: targets(port), audience: 'everyone', way: 'firewall', ...(drop ? { drop } : {}) });
const tell = (): void => {};
const apply = async (plan: Promise<Plan>) => applyOnWindows(await plan, tell, system);
const undo = (id?: string) => undoOnWindows(id, tell, system);
const close = (port: number) => apply(closing(port));

async function problemOf(run: Promise<unknown>): Promise<ProblemError['problem']> {
  const error: unknown = await run.then(
    (value) => new Error(`no problem, but ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProblemError) return error.problem;
  throw error;
}

describe('an undo counts where nothing of the change is left', () => {
  const standsStill = async (): Promise<void> => {
    expect(names()).toContain(OWN(3000));
    expect(await states()).toEqual(['applied']);
    expect(await undo()).toMatchObject({ verified: true, change: { state: 'undone' } });
    expect(names()).not.toContain(OWN(3000));
  };

  test('not where the script says that it is done, and did nothing', async () => {
    await close(3000);
    answers.push(() => ({ is: 'ended', status: 0 }));
    expect(await problemOf(undo())).toMatchObject({ code: 'failed', means: { kind: 'not-undone' } });
    await standsStill();
  });

  test('not where its end was not heard and somebody else has changed a rule', async () => {
    const { change } = await close(3000);
    answers.push(() => {
      edit((rules) => rules.set('{z}', 'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=9|Name=z|'));
      return { is: 'unheard', late: false };
    });
    expect(await problemOf(undo())).toMatchObject({ means: { kind: 'elevated-unheard', change: change.id } });
    await standsStill();
  });

  test('not where what is in force in the profiles could not be read any more', async () => {
    await close(3000);
    answers.push(() => {
      more = { parts: { effectiveProfiles: { error: { kind: 'timeout' } } } };
      return { is: 'unheard', late: false };
    });
    expect(await problemOf(undo())).toMatchObject({ means: { kind: 'elevated-unheard' } });
    expect(await states()).toEqual(['applied']);
  });

  test('not where the rules could not be read any more: of those nothing seems to be in force', async () => {
    await close(3000);
    answers.push(() => {
      more = { parts: { localRules: { error: { kind: 'timeout' } } } };
      return { is: 'ended', status: 0 };
    });
    expect(await problemOf(undo())).toMatchObject({ means: { kind: 'not-undone', cause: { kind: 'problem' } } });
    more = {};
    await standsStill();
  });
});

describe('what was put back', () => {
  test('is so where no rule of the change is left, though nothing listens there by then', async () => {
    const plan = await closing(3000);
    answers.push(
      (carryOut) => {
        carryOut();
        more = { sockets: [{ at: 'tcp 0.0.0.0:4000', pid: 5512 }] };
        return { is: 'ended', status: 5 };
      },
      () => ({ is: 'ended', status: 3 }),
    );
    expect(await problemOf(applyOnWindows(plan, tell, system))).toMatchObject({
      code: 'failed',
      means: { kind: 'not-put-back' },
    });
    expect(names()).toContain(OWN(3000));
    expect(await states()).toEqual(['failed']);
    expect(await undo()).toMatchObject({ change: { state: 'undone' } });
    expect(names()).not.toContain(OWN(3000));
  });

  test.each([
    ['did nothing, though it says so', { is: 'ended', status: 0 }],
    ['was ended', { is: 'ended', status: 1 }],
    ['was not heard to end', { is: 'unheard', late: false }],
  ] as const)('is not where the script that was to do it %s', async (_, answer) => {
    const plan = await closing(3000);
    answers.push(
      (carryOut) => {
        carryOut();
        return { is: 'ended', status: 5 };
      },
      () => answer,
    );
    expect(await problemOf(applyOnWindows(plan, tell, system))).toMatchObject({ means: { kind: 'not-put-back' } });
    expect(await states()).toEqual(['failed']);
  });
});

describe('a change of which nobody knows how it ended', () => {
  /** It is carried out when `later` is called. */
  const slow = () => {
    let later: () => number = () => -1;
    answers.push((carryOut) => {
      later = carryOut;
      return { is: 'unheard', late: false };
    });
    return () => later();
  };

  test('and that comes after the look is in the history, and is what undo takes back', async () => {
    await close(4000);
    const later = slow();
    const { means } = await problemOf(close(3000));
    expect(later()).toBe(0);
    const [begun] = await history();
    expect(begun).toMatchObject({ state: 'failed', says: { kind: 'may-stand' } });
    expect(means).toEqual({ kind: 'elevated-unheard', change: begun?.id });
    expect(names()).toEqual(expect.arrayContaining([OWN(3000), OWN(4000)]));
    expect(await undo()).toMatchObject({ change: { id: begun?.id, state: 'undone' } });
    expect(names()).not.toContain(OWN(3000));
    expect(names()).toContain(OWN(4000));
    expect(await states()).toEqual(['undone', 'applied']);
  });

  test('is not put back beside it where another port changed meanwhile', async () => {
    const plan = await closing(3000);
    answers.push(() => {
      edit((rules) => rules.delete('n4000'));
      return { is: 'unheard', late: false };
    });
    expect(await problemOf(applyOnWindows(plan, tell, system))).toMatchObject({ means: { kind: 'elevated-unheard' } });
    expect(asked).toBe(1);
    expect(await states()).toEqual(['failed']);
  });

  test('an undo that comes after the look was not kept: the next one finds it done', async () => {
    await close(3000);
    const later = slow();
    expect(await problemOf(undo())).toMatchObject({ means: { kind: 'elevated-unheard' } });
    expect(later()).toBe(0);
    expect(await states()).toEqual(['applied']);
    expect(await undo()).toMatchObject({ change: { state: 'undone', says: { kind: 'recovered-undo' } } });
  });
});

describe('what sudo-prompt takes for a refusal', () => {
  test('is one where nothing was changed', async () => {
    answers.push(() => ({ is: 'taken-for-refused' }));
    expect(await problemOf(close(3000))).toMatchObject({ code: 'cancelled' });
    expect(await history()).toEqual([]);
    await close(3000);
    answers.push(() => ({ is: 'taken-for-refused' }));
    expect(await problemOf(undo())).toMatchObject({ code: 'cancelled' });
    expect(await states()).toEqual(['applied']);
  });

  test('is none where the change is seen', async () => {
    const done = (carryOut: () => number): Elevated => {
      carryOut();
      return { is: 'taken-for-refused' };
    };
    answers.push(done, done);
    expect(await close(3000)).toMatchObject({ verified: true });
    expect(await states()).toEqual(['applied']);
    expect(await undo()).toMatchObject({ verified: true, change: { state: 'undone' } });
  });
});

describe('somebody who works here from elsewhere', () => {
  const CUT = { code: 'unsupported', means: { kind: 'windows-session', targets: targets(3389) } };

  test('and came after the plan was made is not cut off', async () => {
    const plan = await closing(3389);
    connected = [3389];
    expect(await problemOf(applyOnWindows(plan, tell, system))).toMatchObject(CUT);
    expect(asked).toBe(0);
    expect(await history()).toEqual([]);
  });

  test('is not cut off by an undo either', async () => {
    await close(3389);
    const { change } = await apply(reopening(3389));
    connected = [3389];
    expect(await problemOf(undo(change.id))).toMatchObject(CUT);
    expect(names()).not.toContain(OWN(3389));
    expect(await states()).toContain('applied');
  });

  test('is let in again though the connection is still there', async () => {
    connected = [3389];
    const { change } = await apply(closing(3389, true));
    expect((await reopening(3389)).steps).toHaveLength(1);
    expect((await planned({ kind: 'undo', change: change.id })).steps).toHaveLength(1);
    expect(await undo()).toMatchObject({ change: { state: 'undone' } });
  });
});

test('what to look at is all that was to be put back', () => {
  const block = { kind: 'windows-unblock', protocol: 'tcp', port: 3000, from: 'any', profiles: [] } as const;
  const rule = { kind: 'windows-enable', id: "{o'brien}*", rule: 'v2.31|Action=Allow|Active=FALSE|Dir=In|' } as const;
  const foreign = "Get-NetFirewallRule | Where-Object InstanceID -CEQ '{o''brien}*'";
  expect(lookAt([block])).toBe('Get-NetFirewallRule -Group Portcullis');
  expect(lookAt([rule])).toBe(foreign);
  expect(lookAt([block, rule, { kind: 'windows-profile-off', profile: 'public' }])).toBe(
    `Get-NetFirewallRule -Group Portcullis; ${foreign}; Get-NetFirewallProfile | Format-Table Name,Enabled`,
  );
});
