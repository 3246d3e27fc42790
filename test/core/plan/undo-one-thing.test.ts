/**
 * Every way to make one thing, take it away, undo, undo an undo, and do the same by hand, up to a number of steps: all of them,
 * not some by chance. Each change is taken to do something else as well, so that its undo is never refused for want of work.
 */
import { describe, expect, test } from 'vitest';
import { predict, ufw } from '../../../src/core/firewalls/registry.ts';
import type { Change, Choice, Operation, Snapshot } from '../../../src/core/model.ts';
import { rulesBefore, withUndone } from '../../../src/core/plan/index.ts';
import { inForce, inverse } from '../../../src/core/plan/inverse.ts';
import { takeBack } from '../../../src/core/plan/take-back.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { MORE } from '../../share.ts';
import { laptop } from './machine.ts';

const STEPS = MORE ? 7 : 6;

const line = 'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in comment=506f727463756c6c6973';
const machine = (tuples: readonly string[]): Snapshot => laptop({ tuples, ipv6: false, on: false });
const [tuple] = ufw.readUfw(machine([line])).value?.tuples ?? [];
if (tuple === undefined) throw new Error('no rule');
const door = { protocol: 'tcp' as const, port: 3000, except: [] };

const THINGS: Readonly<Record<string, readonly [make: Operation, take: Operation]>> = {
  'a rule of ufw': [
    { kind: 'ufw-prepend', action: 'allow', protocol: 'tcp', port: 3000, from: 'any', families: [4] },
    { kind: 'ufw-delete', tuple },
  ],
  'a closed port of the table': [
    { kind: 'table-close', ...door },
    { kind: 'table-open', ...door },
  ],
};

/** By hand is what somebody made since, and what the history could not know. */
type Whose = 'nobody' | 'somebody' | 'by hand';

interface State {
  /** Newest first. */
  readonly made: readonly Change[];
  readonly whose: Whose;
  /** Whose it was that a change took out. */
  readonly took: ReadonlyMap<string, Whose>;
  readonly hands: number;
  readonly way: readonly string[];
}

type Tried =
  | { readonly operations: readonly Operation[]; readonly left: readonly string[] }
  | { readonly first: string };

describe.each(Object.entries(THINGS))('%s', (_, [make, take]) => {
  const empty = machine([]);
  const there = predict(empty, [make]);
  const [key] = inverse(make).map((mark) => mark.key);
  if (key === undefined || !inForce(there).has(key) || inForce(empty).has(key)) throw new Error('not made');

  const snapshotOf = ({ whose }: State): Snapshot => (whose === 'nobody' ? empty : there);

  function changeOf(state: State, choice: Choice, operations: readonly Operation[]): Change {
    const rules = rulesBefore(operations, snapshotOf(state));
    const steps = operations.map((operation) => ({ operation }));
    return {
      id: String(state.made.length),
      at: '',
      summary: '',
      layers: [],
      state: 'applied',
      note: null,
      plan: { choice, steps } as unknown as Change['plan'],
      ...(rules === null ? {} : { rules }),
    };
  }

  function tryUndo(state: State, change: Change): Tried {
    try {
      const { operations, left } = takeBack(withUndone(state.made), change, snapshotOf(state));
      return { operations, left: left.map(({ why }) => why.kind) };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { means } = error.problem;
      if (means.kind !== 'about-the-same') throw error;
      return { first: means.later.id };
    }
  }

  const done = (state: State, step: string, change: Change, whose: Whose): State => ({
    made: [change, ...state.made],
    whose,
    took: change.plan.steps.some(({ operation }) => operation.kind === 'ufw-delete' || operation.kind === 'table-open')
      ? new Map(state.took).set(change.id, state.whose)
      : state.took,
    hands: state.hands,
    way: [...state.way, step],
  });

  /** Whose it was that the change took out, or the one that it is about. */
  function taken(state: State, { id, plan: { choice } }: Change): Whose | undefined {
    const about = choice.kind === 'undo' ? state.made.find((one) => one.id === choice.change) : undefined;
    return state.took.get(id) ?? (about === undefined ? undefined : taken(state, about));
  }

  function undone(state: State, change: Change, operations: readonly Operation[]): State {
    const undo = changeOf(state, { kind: 'undo', change: change.id }, operations);
    const brings = operations.some(({ kind }) => kind !== 'ufw-delete' && kind !== 'table-open');
    const whose = brings ? (taken(state, change) ?? 'somebody') : operations.length > 0 ? 'nobody' : state.whose;
    return done(state, `undo ${change.id}`, undo, whose);
  }

  const stands = (changes: readonly Change[], { state, undoneBy }: Change): boolean => {
    const by = changes.find(({ id }) => id === undoneBy);
    return state === 'applied' || (by !== undefined && !stands(changes, by));
  };

  /** Looks at this state, and at all that follow from it. Gives how many. */
  function walk(state: State, start: Whose, hands: number): number {
    const changes = withUndone(state.made);
    const way = state.way.join(', ');
    const tries = changes
      .filter((change) => change.state === 'applied')
      .map((change) => ({ change, tried: tryUndo(state, change) }));
    for (const { change, tried } of tries) {
      const about = `${way}, undo ${change.id}?`;
      if ('first' in tried) {
        // It has to be one that can be taken back, or leads on to one that can; or another one took the same away as well.
        const named = tries.find((one) => one.change.id === tried.first)?.tried;
        expect(named, about).toBeDefined();
        if (named === undefined) continue;
        if ('first' in named) expect(Number(named.first), about).toBeGreaterThan(Number(tried.first));
        else if (named.operations.length === 0)
          expect(['taken-too', 'taken-before'], about).toEqual(expect.arrayContaining([...named.left]));
        continue;
      }
      if (state.hands === 0) expect(tried.left, about).not.toEqual(expect.arrayContaining(['made-by-hand']));
      if (state.hands === 0) expect(tried.left, about).not.toEqual(expect.arrayContaining(['taken-by-hand']));
      const removes = tried.operations.some(({ kind }) => kind === 'ufw-delete' || kind === 'table-open');
      // One that an undo had brought back goes again with it.
      if (removes && state.whose === 'by hand') expect(taken(state, change), about).toBe('by hand');
    }
    const roots = changes.filter(({ plan }) => plan.choice.kind !== 'undo');
    if (state.hands === 0 && roots.every((one) => !stands(changes, one)))
      expect(state.whose === 'nobody', way).toBe(start === 'nobody');
    if (state.way.length === STEPS) return 1;

    const next: State[] = [];
    const choice: Choice = { kind: 'enable-firewall', keep: [] };
    if (state.whose === 'nobody') next.push(done(state, 'make', changeOf(state, choice, [make]), 'somebody'));
    else next.push(done(state, 'take', changeOf(state, choice, [take]), 'nobody'));
    for (const { change, tried } of tries)
      if ('operations' in tried) next.push(undone(state, change, tried.operations));
    const last = changes.find(({ plan }) => plan.steps.length > 0);
    // By hand where the history can see it: where the last that did something left it otherwise.
    const isGone = last === undefined ? start === 'nobody' : state.took.has(last.id);
    if (state.hands < hands && state.whose === 'nobody' && isGone)
      next.push({ ...state, whose: 'by hand', hands: state.hands + 1, way: [...state.way, 'made by hand'] });
    if (state.hands < hands && state.whose !== 'nobody')
      next.push({ ...state, whose: 'nobody', hands: state.hands + 1, way: [...state.way, 'taken by hand'] });
    return 1 + next.reduce((sum, one) => sum + walk(one, start, hands), 0);
  }

  test.each(['nobody', 'somebody'] as const)(
    'there at first of %s: nothing of others is removed, nobody waits in a circle, and all undone is the beginning',
    (start) => {
      const begin: State = { made: [], whose: start, took: new Map(), hands: 0, way: [] };
      expect(walk(begin, start, 0)).toBeGreaterThan(50);
      expect(walk(begin, start, 2)).toBeGreaterThan(100);
    },
  );
});
