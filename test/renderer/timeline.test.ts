/** The marks of the history along time: none lost, none over another, each look as its change is. */
import { describe, expect, test } from 'vitest';
import type { Change, ChangeState } from '../../src/core/model.ts';
import type { Deed } from '../../src/renderer/state/store.ts';
import {
  countLooks,
  driftedIn,
  MARK_WIDTH,
  standsOut,
  type TimedChange,
  timelineOf,
} from '../../src/renderer/state/timeline.ts';
import { applied, history as past, outcome, undoPlan } from '../e2e/fixtures/plans.ts';

const START = Date.parse('2026-11-01T00:00:00.000Z');
const HOUR = 3_600_000;

/** A change so many hours after the start. */
const after = (hours: number, state: ChangeState = 'applied'): Change => ({
  ...applied,
  id: `20261101T000000-${String(Math.round(hours * 1000)).padStart(9, '0')}`,
  at: new Date(START + hours * HOUR).toISOString(),
  state,
});

const lineOf = (history: readonly Change[], width = 500, drifted: ReadonlySet<string> = new Set()) => {
  const line = timelineOf(history, { drifted, width });
  if (line === null) throw new Error('there is no line');
  return line;
};

/** Hours after the start of each mark's changes. */
const hoursOf = (history: readonly Change[], width?: number) =>
  lineOf(history, width).marks.map(({ changes }) =>
    changes.map(({ change }) => (Date.parse(change.at) - START) / HOUR),
  );

describe('where the marks stand', () => {
  test('fewer than two changes make no line', () => {
    expect(timelineOf([], { drifted: new Set(), width: 500 })).toBeNull();
    expect(timelineOf([after(1)], { drifted: new Set(), width: 500 })).toBeNull();
    expect(timelineOf([after(1), { ...after(2), at: 'soon' }], { drifted: new Set(), width: 500 })).toBeNull();
  });

  test('two stand at the ends, a third where its time is', () => {
    const { marks, from, to, count } = lineOf([after(10), after(0), after(4)], 500 + MARK_WIDTH);
    expect(marks.map(({ x }) => x - MARK_WIDTH / 2)).toEqual([0, 200, 500]);
    expect([from, to]).toEqual([after(0), after(10)]);
    expect(count).toBe(3);
  });

  test('all at one moment are one mark in the middle', () => {
    const same = [after(3), { ...after(3), id: '20261101T000000-other' }];
    const { marks } = lineOf(same, 500);
    expect(marks.map(({ x, changes }) => [x, changes.length])).toEqual([[250, 2]]);
  });

  test('those that would overlap are one, where the newest of them stands, the newest first', () => {
    expect(hoursOf([after(0), after(99), after(100), after(50)])).toEqual([[0], [50], [100, 99]]);
    // With more room they are told apart.
    expect(hoursOf([after(0), after(99), after(100), after(50)], 99_999)).toEqual([[0], [50], [99], [100]]);
  });

  test('a change whose time cannot be read has no place, and the others have theirs', () => {
    const { marks, count } = lineOf([after(0), { ...after(5), at: '' }, after(10)]);
    expect(count).toBe(2);
    expect(marks.flatMap(({ changes }) => changes.map(({ change }) => change.at))).toEqual([after(0).at, after(10).at]);
  });

  test.each([2, 3, 10, 100, 1000])('%i changes: every one has a mark, none lies over another or outside', (count) => {
    // Bursts and long silences, in no order.
    const history = Array.from({ length: count }, (_, index) => after(((index * 7919) % 1009) ** 2 / 50 + index / 997));
    for (const width of [0, 36, 200, 436, 800, 1200]) {
      const { marks } = lineOf(history, width);
      const ids = marks.flatMap(({ changes }) => changes.map(({ change }) => change.id));
      expect(ids.toSorted()).toEqual(history.map(({ id }) => id).toSorted());
      for (const [index, { x, changes }] of marks.entries()) {
        expect(x).toBeGreaterThanOrEqual(MARK_WIDTH / 2);
        expect(x).toBeLessThanOrEqual(Math.max(MARK_WIDTH, width) - MARK_WIDTH / 2);
        const before = marks[index - 1];
        if (before !== undefined) expect(x - before.x).toBeGreaterThanOrEqual(MARK_WIDTH);
        const times = changes.map(({ change }) => change.at);
        expect(times).toEqual(times.toSorted().toReversed());
      }
    }
  });
});

describe('what the marks say', () => {
  test('a change looks as its state is; one in force may have drifted', () => {
    const history = [after(0, 'undone'), after(10, 'applied'), after(20, 'failed')];
    const looks = lineOf(history, 500, new Set([after(0).id, after(10).id])).marks.map(({ changes }) =>
      changes.map(({ look }) => look),
    );
    expect(looks).toEqual([['undone'], ['drifted'], ['failed']]);
  });

  test('a group counts its looks, and shows the one that somebody may have to do something about', () => {
    const group = (...looks: readonly TimedChange['look'][]): readonly TimedChange[] =>
      looks.map((look) => ({ change: applied, look }));
    expect(countLooks(group('undone', 'applied', 'undone'))).toEqual([
      { look: 'applied', count: 1 },
      { look: 'undone', count: 2 },
    ]);
    expect(standsOut(group('undone', 'applied', 'rolled-back'))).toBeNull();
    expect(standsOut(group('drifted', 'failed', 'applied'))).toBe('failed');
    expect(standsOut(group('drifted', 'failed', 'waiting'))).toBe('waiting');
  });
});

describe('which have drifted', () => {
  const drift = { code: 'drift', message: 'Another program has changed the rules.', hint: 'Look.' } as const;
  const [last, , undoing] = past;
  if (last === undefined || undoing === undefined) throw new Error('the history is too short');
  const deed: Deed = {
    id: 1,
    choice: last.plan.choice,
    findings: [],
    phase: 'failed',
    plan: last.plan,
    progress: null,
    outcome: null,
    word: null,
    problem: drift,
  };
  const drifted = (more: Partial<Deed>) => [...driftedIn(past, [{ ...deed, ...more }])];

  test('the one whose undo was refused for it, and no other', () => {
    expect(drifted({})).toEqual([last.id]);
    expect(drifted({ problem: null })).toEqual([]);
    expect(drifted({ problem: { ...drift, code: 'not-permitted' } })).toEqual([]);
  });

  test('one that was just made is known by its outcome, an undo of an undo by itself', () => {
    expect(drifted({ findings: ['x'], phase: 'done', outcome })).toEqual([outcome.change.id]);
    expect(drifted({ choice: undoing.plan.choice, plan: undoing.plan })).toEqual([undoing.id]);
  });

  test('one that was to be taken back alone is named by the choice', () => {
    expect(drifted({ choice: undoPlan.choice, plan: null })).toEqual(['20261120T104300-a1b2c3']);
  });
});
