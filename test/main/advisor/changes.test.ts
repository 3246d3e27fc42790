/** Changes: one at a time, each of a plan that was shown, and those that wait for a word. */
import { describe, expect, test } from 'vitest';
import type { Progress } from '../../../src/core/api.ts';
import type { Change, Plan, Snapshot } from '../../../src/core/model.ts';
import type { Done } from '../../../src/main/apply/index.ts';
import { CLOSE, done, exactOf, exposure, off, on, ordinary, problemOf, withSettings } from './machine.ts';

const { advisorOn } = withSettings();

describe('apply', () => {
  test('carries out the plan that was shown, looks again, and judges with what the helper read', async () => {
    const plans: Plan[] = [];
    const { advisor, asked } = advisorOn(ordinary, {
      apply: async (plan, onProgress) => {
        onProgress({ phase: 'step', text: 'Block new connections', done: 1, of: 1 });
        plans.push(plan);
        return done(plan);
      },
    });
    const heard: Progress[] = [];
    const plan = await advisor.propose(CLOSE);
    advisor.onProgress((progress) => heard.push(progress));
    const outcome = await advisor.apply({ plan: plan.id });
    expect(plans).toEqual([plan]);
    expect(outcome).toMatchObject({ verified: true, checked: ['checked'], change: { summary: plan.summary } });
    expect(exposure(outcome.report)).toBe('network');
    expect(heard[0]).toEqual({ call: 'apply', phase: 'step', text: 'Block new connections', done: 1, of: 1 });
    // One question for reading, and none more after the change.
    expect(asked).toEqual(['gather', 'gather', 'readExact', 'apply', 'gather']);
  });

  test('only what this process proposed, and only once', async () => {
    const { advisor, asked } = advisorOn(on);
    const plan = await advisor.propose(CLOSE);
    expect((await problemOf(advisor.apply({ plan: '0'.repeat(64) }))).code).toBe('stale-plan');
    expect((await problemOf(advisorOn(on).advisor.apply({ plan: plan.id }))).code).toBe('stale-plan');
    await advisor.apply({ plan: plan.id });
    expect((await problemOf(advisor.apply({ plan: plan.id }))).code).toBe('stale-plan');
    expect(asked.filter((one) => one === 'apply')).toHaveLength(1);
  });

  test('a plan that was refused can be seen and tried anew', async () => {
    const { advisor } = advisorOn(on, { apply: () => Promise.reject(new Error('the helper went away')) });
    await expect(advisor.apply({ plan: (await advisor.propose(CLOSE)).id })).rejects.toThrow('went away');
    await expect(advisor.apply({ plan: (await advisor.propose(CLOSE)).id })).rejects.toThrow('went away');
  });

  test('one change at a time', async () => {
    let finish: (value: unknown) => void = () => {};
    const waiting = new Promise((resolve) => {
      finish = resolve;
    });
    const { advisor, asked } = advisorOn(on, { apply: (plan) => waiting.then(() => done(plan)) });
    const plan = await advisor.propose(CLOSE);
    const first = advisor.apply({ plan: plan.id });
    expect((await problemOf(advisor.apply({ plan: plan.id }))).code).toBe('busy');
    expect((await problemOf(advisor.undo({}))).code).toBe('busy');
    finish(null);
    await first;
    expect(asked).not.toContain('undo');
  });

  test('a scan that began before a change does not stand for the state after it', async () => {
    const states = [on, off];
    const slow: ((snapshot: Snapshot) => void)[] = [];
    let hold = false;
    const { advisor } = advisorOn(on, {
      gather: async () => (hold ? new Promise<Snapshot>((resolve) => slow.push(resolve)) : (states[0] as Snapshot)),
    });
    const plan = await advisor.propose(CLOSE);
    hold = true;
    const early = advisor.scan({ exact: false });
    hold = false;
    states.shift();
    await advisor.apply({ plan: plan.id });
    slow[0]?.(on);
    await early;
    expect((await advisor.snapshot()).takenAt).toBe(off.takenAt);
  });
});

describe('a change that waits', () => {
  /** It waits until `end` is called; the words that were said to it. */
  function waiting() {
    const words: string[] = [];
    let end: (state: Change['state']) => void = () => {};
    const { advisor, asked } = advisorOn(on, {
      apply: async (plan) => {
        const value = done(plan);
        const ended = new Promise<Done>((resolve) => {
          end = (state) => resolve({ ...value, change: { ...value.change, state } });
        });
        const deadline = new Date(Date.now() + 30_000).toISOString();
        return {
          ...value,
          change: { ...value.change, state: 'waiting', deadline },
          pending: { say: (word) => words.push(word), ended },
        };
      },
    });
    const apply = async () => {
      const plan = await advisor.propose({ ...CLOSE, confirm: 30 });
      return advisor.apply({ plan: plan.id });
    };
    return { advisor, asked, words, apply, end: (state: Change['state']) => end(state) };
  }
  const id = '20261121T000000-00000000';

  test('is kept by a word over its own pipe, and no second question is asked', async () => {
    const { advisor, asked, words, apply, end } = waiting();
    const outcome = await apply();
    expect(outcome.change).toMatchObject({ id, state: 'waiting' });
    expect(outcome).not.toHaveProperty('pending');
    const settled = advisor.settled({ change: id });
    const confirmed = advisor.confirm({ change: id });
    expect(words).toEqual(['confirm']);
    end('applied');
    expect((await confirmed).change.state).toBe('applied');
    expect((await settled).change.state).toBe('applied');
    expect((await problemOf(advisor.confirm({ change: id }))).code).toBe('nothing-to-do');
    expect(words).toEqual(['confirm']);
    expect(asked).not.toContain('confirm');
  });

  test('no other change is begun meanwhile, and one is afterwards', async () => {
    const { advisor, apply, end } = waiting();
    await apply();
    const plan = await advisor.propose(CLOSE);
    expect((await problemOf(advisor.apply({ plan: plan.id }))).code).toBe('busy');
    end('applied');
    await advisor.settled({ change: id });
    expect(await apply()).toMatchObject({ change: { state: 'waiting' } });
  });

  test('undo puts it back at once, by its id or as the last change', async () => {
    for (const input of [{}, { change: id }]) {
      const { advisor, asked, words, apply, end } = waiting();
      await apply();
      const undone = advisor.undo(input);
      expect(words).toEqual(['undo']);
      end('undone');
      expect((await undone).change.state).toBe('undone');
      expect(asked).not.toContain('undo');
    }
  });

  test('a late word is refused, without a question', async () => {
    const { advisor, asked, apply, end } = waiting();
    await apply();
    end('rolled-back');
    expect((await advisor.settled({ change: id })).change.state).toBe('rolled-back');
    const problem = await problemOf(advisor.confirm({ change: id }));
    expect(problem).toMatchObject({ code: 'rolled-back' });
    expect(problem.message).toContain('too late');
    expect(asked).not.toContain('confirm');
  });

  test('one that waits elsewhere is confirmed through the helper', async () => {
    const change: Change = {
      id: 'elsewhere-1',
      at: '',
      summary: '',
      layers: ['ufw'],
      state: 'applied',
      plan: {} as Plan,
      note: null,
    };
    const { advisor, asked } = advisorOn(on, {
      confirm: async () => ({ change, checked: [], verified: true, transcripts: exactOf(on) }),
    });
    expect((await advisor.confirm({ change: change.id })).change).toEqual(change);
    expect(asked).toContain('confirm');
    expect((await problemOf(advisor.settled({ change: change.id }))).code).toBe('bad-input');
  });
});
