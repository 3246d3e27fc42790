/** Changes on a Windows computer that is made up: all that may become of one, and what the journal says of it. */
import { mkdtemp, readFile, rm, writeFile, appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change, Plan } from '../../../../src/core/model.ts';
import { planId } from '../../../../src/core/plan/index.ts';
import { ProblemError } from '../../../../src/core/problem.ts';
import { changesOf, events, journalPath, note } from '../../../../src/main/apply/windows/journal.ts';
import { applyOnWindows } from '../../../../src/main/apply/windows/transaction.ts';
import { undoOnWindows } from '../../../../src/main/apply/windows/undo.ts';
import { blind, block, type Computer, computer, done, exposure, sha256 } from './computer.ts';

let folder = '';
let pc: Computer;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'portcullis-windows-')), 'Portcullis');
  pc = computer(folder);
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const BEFORE = ['{allow-3000}', '{allow-4000}'];
const CLOSED = [...BEFORE, 'Portcullis-close-tcp-3000'];

const told: string[] = [];
const tell = ({ phase }: { readonly phase: string }): void => void told.push(phase);
const apply = (plan: Plan) => applyOnWindows(plan, tell, pc.system);
const undo = (id?: string) => undoOnWindows(id, tell, pc.system);
const history = async (): Promise<readonly Change[]> => changesOf(await events(folder));
const states = async (): Promise<readonly string[]> => (await history()).map(({ state }) => state);

async function problemOf(run: Promise<unknown>): Promise<ProblemError['problem']> {
  const error: unknown = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProblemError) return error.problem;
  throw error ?? new Error('no problem');
}

describe('a change that goes as it should', () => {
  test('is carried out by one question, checked, and in the journal', async () => {
    told.length = 0;
    expect(exposure(pc.snapshot(), 3000)).toBe('network');
    const { change, checked, verified, transcripts } = await apply(pc.plan(block(3000)));
    expect(pc.ran).toHaveLength(1);
    expect(pc.rules()).toEqual(CLOSED);
    expect(exposure(pc.snapshot(), 3000)).toBe('self');
    expect({ verified, transcripts }).toEqual({ verified: true, transcripts: [] });
    expect(checked).toEqual([
      { kind: 'nobody-reaches', end: { listener: 'tcp/3000', name: change.plan.effects[0]?.name } },
      { kind: 'others-same', count: 1 },
    ]);
    expect(told).toEqual(['check', 'save', 'step', 'verify']);
    expect(await history()).toEqual([{ ...change, state: 'applied', note: null }]);
    await expect(readFile(join(folder, 'lock'))).rejects.toThrow('ENOENT');
  });

  test('was written down before anything was done', async () => {
    let written = '';
    const { elevate } = pc.system;
    const late = {
      ...pc.system,
      elevate: async (script: string) => {
        written = await readFile(journalPath(folder), 'utf8');
        return elevate(script);
      },
    };
    const plan = pc.plan(block(3000));
    await applyOnWindows(plan, tell, late);
    expect(JSON.parse(written)).toMatchObject({ event: 'begin', plan: { id: plan.id } });
  });

  test('is done even where its end was not heard, if reading shows it', async () => {
    pc.answers.push((carryOut) => {
      carryOut();
      return { is: 'unheard', late: false };
    });
    expect(await apply(pc.plan(block(3000)))).toMatchObject({ verified: true });
    expect(await states()).toEqual(['applied']);
  });

  test('is looked at once more where the first look saw nothing', async () => {
    pc.readings.push(pc.snapshot, () => blind(pc.snapshot()));
    expect(await apply(pc.plan(block(3000)))).toMatchObject({ verified: true });
  });
});

describe('nothing is changed, and nothing is in the history', () => {
  afterEach(async () => {
    expect(pc.rules()).toEqual(BEFORE);
    expect(await history()).toEqual([]);
  });

  test('where the person says no', async () => {
    pc.answers.push(() => ({ is: 'refused' }));
    expect(await problemOf(apply(pc.plan(block(3000))))).toEqual({
      code: 'cancelled',
      means: { kind: 'permission-refused' },
    });
  });

  test('where Windows cannot be asked, or it turns out not to be elevated', async () => {
    pc.answers.push(
      () => ({ is: 'unable', said: 'error 1260' }),
      () => ({ is: 'ended', status: 6 }),
    );
    const command = 'portcullis close 3000';
    expect(await problemOf(apply(pc.plan(block(3000))))).toEqual({
      code: 'not-permitted',
      means: { kind: 'not-elevated', command, said: 'error 1260' },
    });
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({
      means: { kind: 'not-elevated', command, said: '' },
    });
  });

  test('where the script is too long', async () => {
    pc.answers.push(() => ({ is: 'too-long', characters: 40_000, most: 32_766 }));
    expect(await problemOf(apply(pc.plan(block(3000))))).toEqual({
      code: 'unsupported',
      means: { kind: 'elevated-too-long', characters: 40_000, most: 32_766 },
    });
  });

  test('where the rules have changed since the plan, before the question or after it', async () => {
    const plan = pc.plan(block(3000));
    const { edit } = pc;
    edit((rules) => rules.slice(1));
    expect(await problemOf(apply(plan))).toMatchObject({ code: 'stale-plan' });
    expect(pc.ran).toEqual([]);
    edit(() =>
      BEFORE.map((name) => ({
        name,
        value: `v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=${name.slice(7, 11)}|Name=Allow ${name.slice(7, 11)}|`,
      })),
    );
    pc.answers.push(() => ({ is: 'ended', status: 3 }));
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({ code: 'stale-plan' });
  });

  test('where its end was not heard and nothing is other than before', async () => {
    pc.answers.push(() => ({ is: 'ended', status: 1 }));
    expect(await problemOf(apply(pc.plan(block(3000))))).toEqual({
      code: 'failed',
      means: { kind: 'elevated-unheard', change: null },
    });
  });

  test('for a plan that is not exactly one of these', async () => {
    const plan = pc.plan(block(3000));
    const remade = (more: Partial<Plan>): Plan => {
      const { id: _, ...body } = { ...plan, ...more };
      return { ...body, id: planId(body, sha256) };
    };
    expect(await problemOf(apply({ ...plan, summary: 'Another' }))).toMatchObject({ means: { why: { is: 'id' } } });
    expect(await problemOf(apply(remade({ layers: ['ufw'] })))).toMatchObject({
      means: { why: { is: 'other-layers' } },
    });
    expect(await problemOf(apply(remade({ confirmWithin: 60 })))).toMatchObject({
      code: 'unsupported',
      means: { kind: 'unconfirmable-here', command: 'portcullis close 3000' },
    });
    expect(pc.ran).toEqual([]);
  });

  test('where it cannot be written down first', async () => {
    await writeFile(folder, 'a file where the folder would be');
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({ means: { kind: 'journal-unwritten' } });
    expect(pc.ran).toEqual([]);
    await rm(folder);
  });

  test('while another change is made, and not by what one that died has left', async () => {
    const inner: Promise<ProblemError['problem']>[] = [];
    pc.answers.push(() => {
      inner.push(problemOf(apply(pc.plan(block(4000)))));
      return { is: 'refused' };
    });
    const slow = {
      ...pc.system,
      elevate: async (script: string) => {
        const answer = await pc.system.elevate(script);
        await Promise.all(inner);
        return answer;
      },
    };
    expect(await problemOf(applyOnWindows(pc.plan(block(3000)), tell, slow))).toMatchObject({ code: 'cancelled' });
    expect(await Promise.all(inner)).toMatchObject([
      { code: 'busy', means: { kind: 'busy', holder: { what: 'Close 3000', doing: { is: 'close', stops: false } } } },
    ]);
    // No process has such a number.
    for (const left of [JSON.stringify({ pid: 2 ** 30, what: 'x', since: new Date().toISOString() }), '{"pid":']) {
      await writeFile(join(folder, 'lock'), left);
      pc.answers.push(() => ({ is: 'refused' }));
      expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({ code: 'cancelled' });
    }
  });
});

describe('a change that comes otherwise than foreseen', () => {
  /** It says that it is done, and closes another port as well. */
  const astray = (carryOut: () => void) => {
    carryOut();
    pc.edit((rules) => [
      ...rules,
      { name: 'odd', value: 'v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=4000|' },
    ]);
    return done;
  };
  const backAgain = (carryOut: () => void) => {
    carryOut();
    pc.edit((rules) => rules.filter(({ name }) => name !== 'odd'));
    return done;
  };

  test('is put back, and that is seen', async () => {
    pc.answers.push(astray, backAgain);
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({
      code: 'rolled-back',
      means: {
        kind: 'put-back',
        cause: { kind: 'found', wrong: [{ is: 'other-reach', end: { listener: 'tcp/4000' } }] },
        whole: true,
      },
    });
    expect(pc.rules()).toEqual(BEFORE);
    expect(await states()).toEqual(['rolled-back']);
    expect(pc.ran.map((steps) => steps.map(({ kind }) => kind))).toEqual([['windows-block'], ['windows-unblock']]);
  });

  test('is put back where it did nothing at all though it says so: there is nothing to put back', async () => {
    pc.answers.push(() => done);
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({ code: 'rolled-back', means: { whole: true } });
    expect(pc.ran).toHaveLength(1);
    expect(await states()).toEqual(['rolled-back']);
  });

  test('is put back where nothing could be read afterwards, by what was worked out before', async () => {
    const dark = (): ReturnType<Computer['snapshot']> => blind(pc.snapshot());
    pc.readings.push(pc.snapshot, dark, dark, dark);
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({
      code: 'rolled-back',
      means: { kind: 'put-back', cause: { kind: 'found', wrong: [{ is: 'unread' }] } },
    });
    expect(pc.rules()).toEqual(BEFORE);
  });

  test('stays where the person does not let it be put back, and can be undone later', async () => {
    pc.answers.push(astray, () => ({ is: 'refused' }));
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({
      code: 'failed',
      means: { kind: 'not-put-back', failure: { kind: 'problem', means: { kind: 'permission-refused' } } },
    });
    expect(pc.rules()).toEqual([...CLOSED, 'odd']);
    expect(await states()).toEqual(['failed']);
    expect(await undo()).toMatchObject({ change: { state: 'undone' } });
    expect(pc.rules()).toEqual([...BEFORE, 'odd']);
  });

  test('failed and was put back by the script itself: 4; could not be: 5', async () => {
    pc.answers.push(() => ({ is: 'ended', status: 4 }));
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({
      code: 'rolled-back',
      means: { kind: 'put-back', cause: { kind: 'program', output: { is: 'exit', status: 4 } }, whole: true },
    });
    pc.answers.push((carryOut) => {
      carryOut();
      return { is: 'ended', status: 5 };
    });
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({ code: 'rolled-back' });
    expect(pc.rules()).toEqual(BEFORE);
    // The next try to put it back does not go either.
    pc.answers.push(
      (carryOut) => {
        carryOut();
        return { is: 'ended', status: 5 };
      },
      () => ({ is: 'ended', status: 5 }),
    );
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({
      code: 'failed',
      means: { kind: 'not-put-back' },
    });
    expect(await states()).toEqual(['failed', 'rolled-back', 'rolled-back']);
  });
});

describe('a script that says that it put everything back: 4', () => {
  const saysSo = (carryOut: () => void) => {
    carryOut();
    return { is: 'ended', status: 4 } as const;
  };

  test('is not believed: what is left of it is put back, and that is seen', async () => {
    pc.answers.push(saysSo);
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({
      code: 'rolled-back',
      means: { kind: 'put-back', cause: { kind: 'program', output: { is: 'exit', status: 4 } }, whole: true },
    });
    expect(pc.rules()).toEqual(BEFORE);
    expect(pc.ran.map((steps) => steps.map(({ kind }) => kind))).toEqual([['windows-block'], ['windows-unblock']]);
    expect(await states()).toEqual(['rolled-back']);
  });

  test('what is left and may not be put back is in the history, and can be undone', async () => {
    pc.answers.push(saysSo, () => ({ is: 'refused' }));
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({
      code: 'failed',
      means: { kind: 'not-put-back', failure: { kind: 'problem', means: { kind: 'permission-refused' } } },
    });
    expect(pc.rules()).toEqual(CLOSED);
    expect(await states()).toEqual(['failed']);
    expect(await undo()).toMatchObject({ change: { state: 'undone' } });
    expect(pc.rules()).toEqual(BEFORE);
  });

  test('what cannot be read is not said to be back', async () => {
    const dark = (): ReturnType<Computer['snapshot']> => blind(pc.snapshot());
    pc.answers.push(() => ({ is: 'ended', status: 4 }));
    pc.readings.push(pc.snapshot, dark, dark);
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({ means: { kind: 'not-put-back' } });
    expect(await states()).toEqual(['failed']);
  });

  test('where nothing of it is left and others changed a rule, nobody is asked again, and that is said', async () => {
    pc.answers.push(() => {
      pc.edit((rules) => [
        ...rules,
        { name: 'z', value: 'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=9|' },
      ]);
      return { is: 'ended', status: 4 };
    });
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({
      code: 'rolled-back',
      means: { kind: 'put-back', whole: false },
    });
    expect(pc.ran).toHaveLength(1);
    expect(pc.rules()).toEqual([...BEFORE, 'z']);
  });
});

describe('a program that died', () => {
  const dies = (when: 'before' | 'after') => {
    pc.answers.push((carryOut) => {
      if (when === 'after') carryOut();
      throw new Error('killed');
    });
    const { elevate } = pc.system;
    // Whatever is written after that, it is not this process.
    return {
      ...pc.system,
      elevate: async (script: string) => {
        await elevate(script).catch(() => {});
        return new Promise<never>(() => {});
      },
    };
  };
  const begin = async (when: 'before' | 'after'): Promise<void> => {
    void applyOnWindows(pc.plan(block(3000)), tell, dies(when));
    await expect.poll(() => pc.ran.length).toBe(1);
    // Its lock is that of a process that is gone.
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 30, what: 'x', since: new Date().toISOString() }));
  };

  test('after it was done: the history says that it may be in force, and it can be undone', async () => {
    await begin('after');
    expect(await history()).toMatchObject([{ state: 'failed', says: { kind: 'may-stand' } }]);
    expect(await undo()).toMatchObject({ change: { state: 'undone' }, verified: true });
    expect(pc.rules()).toEqual(BEFORE);
    expect(await states()).toEqual(['undone']);
  });

  test('before it was done: undoing asks nobody, and says that nothing was changed', async () => {
    await begin('before');
    expect(await undo()).toMatchObject({
      change: { state: 'rolled-back', says: { kind: 'not-begun' } },
      verified: true,
    });
    expect(pc.ran).toHaveLength(1);
    expect(await states()).toEqual(['rolled-back']);
  });

  test('the time is over and it may still run: the journal stays open', async () => {
    pc.answers.push(() => ({ is: 'unheard', late: true }));
    expect(await problemOf(apply(pc.plan(block(3000))))).toMatchObject({ means: { kind: 'elevated-unheard' } });
    expect(await history()).toMatchObject([{ state: 'failed', says: { kind: 'may-stand' } }]);
  });

  test('while it undid: the next undo finds nothing left, and says so', async () => {
    const { change } = await apply(pc.plan(block(3000)));
    await note(folder, { event: 'undo', id: change.id, at: new Date().toISOString() });
    pc.edit((rules) => rules.filter(({ name }) => name !== 'Portcullis-close-tcp-3000'));
    expect(await undo()).toMatchObject({ change: { state: 'undone', says: { kind: 'recovered-undo' } } });
    expect(await states()).toEqual(['undone']);
  });
});

describe('undo', () => {
  test('the last one, or any by its id, in any order', async () => {
    const first = await apply(pc.plan(block(3000)));
    const second = await apply(pc.plan(block(4000)));
    const outcome = await undo(first.change.id);
    expect(outcome).toMatchObject({ change: { id: first.change.id, state: 'undone', note: null }, verified: true });
    expect(outcome.checked).toEqual([
      { kind: 'same-as-before', end: { listener: 'tcp/3000', name: first.change.plan.effects[0]?.name } },
    ]);
    expect(pc.rules()).toEqual([...BEFORE, 'Portcullis-close-tcp-4000']);
    expect(await states()).toEqual(['applied', 'undone']);
    expect((await undo()).change.id).toBe(second.change.id);
    expect(pc.rules()).toEqual(BEFORE);
    expect(await problemOf(undo())).toMatchObject({ code: 'unsupported', means: { kind: 'nothing-to-undo' } });
    expect(await problemOf(undo(first.change.id))).toMatchObject({ means: { kind: 'not-undoable' } });
    expect(await problemOf(undo('20260101T000000-00000000'))).toMatchObject({ means: { kind: 'not-undoable' } });
  });

  test('where the person says no it stays in force', async () => {
    await apply(pc.plan(block(3000)));
    pc.answers.push(() => ({ is: 'refused' }));
    expect(await problemOf(undo())).toMatchObject({ code: 'cancelled' });
    expect(pc.rules()).toEqual(CLOSED);
    expect(await states()).toEqual(['applied']);
  });

  test('of what was changed since is a plan of its own: nothing is asked, nothing is overwritten', async () => {
    const { change } = await apply(pc.plan(block(3000)));
    const drift = { code: 'drift', means: { kind: 'rules-drifted', change: change.id } };
    const own = 'Portcullis-close-tcp-3000';
    pc.edit((rules) =>
      rules.map((rule) => (rule.name === own ? { ...rule, value: `${rule.value}Profile=Public|` } : rule)),
    );
    expect(await problemOf(undo())).toEqual(drift);
    // Somebody has removed it, and made another rule.
    pc.edit((rules) => [
      ...rules.filter(({ name }) => name !== own),
      { name: 'mine', value: 'v2.31|Action=Allow|Active=TRUE|Dir=In|' },
    ]);
    expect(await problemOf(undo())).toEqual(drift);
    expect(pc.ran).toHaveLength(1);
    expect(await states()).toEqual(['applied']);
    // Only the script sees it, since it happens after the look.
    pc.edit(() => []);
  });

  test('that the script refuses, or that it could not finish', async () => {
    const { change } = await apply(pc.plan(block(3000)));
    for (const [status, means] of [
      [3, { kind: 'rules-drifted', change: change.id }],
      [4, { kind: 'not-undone', look: 'Get-NetFirewallRule -Group Portcullis' }],
      [5, { kind: 'not-undone' }],
      [1, { kind: 'elevated-unheard' }],
    ] as const) {
      pc.answers.push(() => ({ is: 'ended', status }));
      expect(await problemOf(undo())).toMatchObject({ means });
      expect(await states()).toEqual(['applied']);
    }
    expect(await undo()).toMatchObject({ verified: true });
  });

  test('that lets in others than foreseen is done, and told as such', async () => {
    await apply(pc.plan(block(3000)));
    pc.answers.push((carryOut) => {
      carryOut();
      pc.edit((rules) => rules.slice(1));
      return done;
    });
    const outcome = await undo();
    expect(outcome.verified).toBe(false);
    expect(outcome.checked).toMatchObject([{ kind: 'others-than-before' }]);
  });
});

describe('the journal', () => {
  test('that is damaged is told, and nothing is changed or written', async () => {
    await apply(pc.plan(block(3000)));
    const path = journalPath(folder);
    const good = await readFile(path, 'utf8');
    const [begin = '', end = ''] = good.split('\n');
    for (const text of [
      `${begin.slice(0, 200)}\n${end}\n`,
      `garbage\n${good}`,
      `${good}\n${end}\n`,
      good.replace('"port":3000', '"port":3001'),
      good.replace('windows-block', 'windows-unblock'),
      good.replace('"event":"end"', '"event":"fin"'),
      good.replace('"state":"applied"', '"state":"fine"'),
      `${good}null\n`,
    ]) {
      await writeFile(path, text);
      for (const run of [() => apply(pc.plan(block(4000))), () => undo(), history])
        expect(await problemOf(run())).toEqual({ code: 'failed', means: { kind: 'journal-damaged', path } });
      expect(await readFile(path, 'utf8')).toBe(text);
      expect(pc.rules()).toEqual(CLOSED);
    }
  });

  test('that may not be read is told', async () => {
    await apply(pc.plan(block(3000)));
    await rm(journalPath(folder));
    await (await import('node:fs/promises')).mkdir(journalPath(folder));
    expect(await problemOf(history())).toMatchObject({ means: { kind: 'journal-unreadable' } });
  });

  test('whose last line was cut off goes on behind it', async () => {
    await apply(pc.plan(block(3000)));
    await appendFile(journalPath(folder), '{"event":"begin","id":"2026');
    expect(await states()).toEqual(['applied']);
    await apply(pc.plan(block(4000)));
    expect(await states()).toEqual(['applied', 'applied']);
    expect(await undo()).toMatchObject({ verified: true });
  });
});
