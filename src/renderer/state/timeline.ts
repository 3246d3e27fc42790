/** The history along time: where each mark stands, and which changes share one because theirs would overlap. Pure. */
import type { Change, ChangeState } from '../../core/model.ts';
import type { Deed } from './store.ts';

/** What a mark says of its change. `drifted`: in force, and another program has changed the rules since. */
export type ChangeLook = ChangeState | 'drifted';

export interface TimedChange {
  readonly change: Change;
  readonly look: ChangeLook;
}

export interface TimeMark {
  /** Where its middle stands, in pixels from the left. */
  readonly x: number;
  /** One, or several that would overlap; the newest first, and it is the one that stands where the mark does. */
  readonly changes: readonly [TimedChange, ...TimedChange[]];
}

export interface Timeline {
  /** The oldest and the newest change of those that have a mark. */
  readonly from: Change;
  readonly to: Change;
  /** From left to right, so from the oldest to the newest. */
  readonly marks: readonly TimeMark[];
  readonly count: number;
}

/** Pixels that a mark takes: no two middles are closer. */
export const MARK_WIDTH = 36;

/** Null where there are fewer than two changes to compare. A change without a readable time has no place, so no mark. */
export function timelineOf(
  history: readonly Change[],
  { drifted, width }: { readonly drifted: ReadonlySet<string>; readonly width: number },
): Timeline | null {
  const timed = history
    .map((change) => ({ change, time: Date.parse(change.at) }))
    .filter(({ time }) => !Number.isNaN(time))
    .sort((a, b) => b.time - a.time);
  const [newest] = timed;
  const oldest = timed.at(-1);
  if (newest === undefined || oldest === undefined || timed.length < 2) return null;
  const room = Math.max(0, width - MARK_WIDTH);
  const span = newest.time - oldest.time;
  const groups: { readonly x: number; readonly changes: [TimedChange, ...TimedChange[]] }[] = [];
  for (const { change, time } of timed) {
    // All at one moment stand in the middle.
    const x = MARK_WIDTH / 2 + room * (span === 0 ? 0.5 : (time - oldest.time) / span);
    const one: TimedChange = { change, look: lookOf(change, drifted) };
    const last = groups.at(-1);
    if (last !== undefined && last.x - x < MARK_WIDTH) last.changes.push(one);
    else groups.push({ x, changes: [one] });
  }
  return { from: oldest.change, to: newest.change, marks: groups.reverse(), count: timed.length };
}

const lookOf = ({ id, state }: Change, drifted: ReadonlySet<string>): ChangeLook =>
  state === 'applied' && drifted.has(id) ? 'drifted' : state;

/** Changes whose undo was refused because another program came in between. Nothing else tells it. */
export function driftedIn(history: readonly Change[], deeds: readonly Deed[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { problem, outcome, plan, choice } of deeds) {
    if (problem?.code !== 'drift') continue;
    const id =
      outcome?.change.id ??
      history.find((change) => change.plan.id === plan?.id)?.id ??
      (choice.kind === 'undo' ? choice.change : undefined);
    if (id !== undefined) ids.add(id);
  }
  return ids;
}

/** In this order they are named and explained. */
const LOOKS: readonly ChangeLook[] = ['waiting', 'applied', 'drifted', 'failed', 'rolled-back', 'undone'];

/** How many changes look how, leaving out looks that none has. */
export const countLooks = (
  changes: readonly TimedChange[],
): readonly { readonly look: ChangeLook; readonly count: number }[] =>
  LOOKS.map((look) => ({ look, count: changes.filter((one) => one.look === look).length })).filter(
    ({ count }) => count > 0,
  );

const WORTH_A_LOOK: readonly ChangeLook[] = ['waiting', 'failed', 'drifted'];

/** What must not vanish in a group: a change that somebody may have to do something about. */
export const standsOut = (changes: readonly TimedChange[]): ChangeLook | null =>
  WORTH_A_LOOK.find((look) => changes.some((one) => one.look === look)) ?? null;
