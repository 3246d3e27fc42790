/**
 * The history as a ledger: which change put what in force, or took it out, and whether that is still its doing. A change
 * counts as long as its effects were never put back as a whole: one that was taken back by another change, and that other
 * one, both count.
 */
import type { Change } from '../model.ts';
import { inverse, type Mark } from './inverse.ts';

interface Entry {
  readonly change: Change;
  /** What it did in the end, the first first. A rule that it moved is taken out and put in. */
  readonly marks: readonly Mark[];
  /** The rules that it put ahead of all others. */
  readonly first: ReadonlySet<string>;
  /** It was taken back by another change. */
  readonly undoneBy: Change | null;
}

/** Oldest first. */
export type Ledger = readonly Entry[];

const counts = ({ state, undoneBy }: Change): boolean => state === 'applied' || undoneBy !== undefined;

/** The same changes, with those undone that another one, itself not put back, has taken back. Newest first, as they come. */
export function withUndone(changes: readonly Change[]): readonly Change[] {
  return changes.map((change) => {
    if (change.state !== 'applied') return change;
    const by = changes.find(
      ({ state, plan }) => state === 'applied' && plan.choice.kind === 'undo' && plan.choice.change === change.id,
    );
    return by === undefined ? change : { ...change, state: 'undone', undoneBy: by.id };
  });
}

/** @param changes newest first, as the history has them */
export function ledgerOf(changes: readonly Change[]): Ledger {
  const lasting = changes.filter(counts).toReversed();
  return lasting.map((change) => {
    const operations = change.plan.steps.map(({ operation }) => operation);
    const marks = inTheEnd(operations.flatMap(inverse));
    const prepended = new Set(
      operations
        .filter(({ kind }) => kind === 'ufw-prepend')
        .flatMap(inverse)
        .map(({ key }) => key),
    );
    const first = new Set(marks.flatMap(({ key, there }) => (there && prepended.has(key) ? [key] : [])));
    return { change, marks, first, undoneBy: lasting.find(({ id }) => id === change.undoneBy) ?? null };
  });
}

/** Without what a change put in and took out again itself, and, where there is no order, the other way round. */
function inTheEnd(marks: readonly Mark[]): readonly Mark[] {
  const left: Mark[] = [];
  for (const mark of marks) {
    const at = left.findLastIndex(({ key }) => key === mark.key);
    const earlier = left[at];
    if (earlier === undefined || earlier.there === mark.there) left.push(mark);
    else if (mark.there && earlier.back.kind === 'ufw-insert') left.push(mark);
    else left.splice(at, 1);
  }
  return left;
}

/**
 * Does what it did stand? An undo that was undone itself takes nothing back. `heeds`: which changes of the ledger are
 * taken into account.
 */
export function stands(ledger: Ledger, at: number, heeds: (at: number) => boolean = () => true): boolean {
  const by = ledger[at]?.undoneBy ?? null;
  const undo = by === null ? -1 : ledger.findIndex(({ change }) => change === by);
  return undo < 0 || !heeds(undo) || !stands(ledger, undo, heeds);
}

/** Those that did something about this and were not undos: what an undo does belongs to the change that it is about. */
const on = (ledger: Ledger, key: string): readonly number[] =>
  [...ledger.keys()].filter((at) => {
    const { change, marks } = ledger[at] as Entry;
    return change.plan.choice.kind !== 'undo' && marks.some((mark) => mark.key === key);
  });

/** A later change, still standing, that did something about this, and what; the last one. */
export function laterOn(
  ledger: Ledger,
  key: string,
  at: number,
): { readonly change: Change; readonly there: boolean; readonly at: number } | null {
  const later = on(ledger, key).findLast((other) => other > at && stands(ledger, other)) ?? -1;
  const entry = ledger[later];
  const mark = entry?.marks.findLast((one) => one.key === key);
  return entry === undefined || mark === undefined ? null : { change: entry.change, there: mark.there, at: later };
}

const makes = (ledger: Ledger, key: string, at: number): boolean =>
  ledger[at]?.marks.some((mark) => mark.key === key && mark.there) === true;

/** A later change, still standing, that put this in force itself; the last one. */
export function madeLater(ledger: Ledger, key: string, at: number): Change | null {
  const later = on(ledger, key).filter((other) => other > at && stands(ledger, other));
  return ledger[later.findLast((other) => makes(ledger, key, other)) ?? -1]?.change ?? null;
}

/** Does the change that took out what change `at` put in force still stand? That of another one is not what it took. */
function isTakenOut(ledger: Ledger, key: string, at: number): boolean {
  const next = on(ledger, key).find((other) => other > at);
  return next !== undefined && !makes(ledger, key, next) && stands(ledger, next);
}

/** The last later change, still standing, that put this in force too, and from which nobody has taken it. */
export function neededBy(ledger: Ledger, key: string, at: number): Change | null {
  const later = on(ledger, key).filter((other) => other > at && makes(ledger, key, other) && stands(ledger, other));
  return ledger[later.findLast((other) => !isTakenOut(ledger, key, other)) ?? -1]?.change ?? null;
}

/**
 * Is this in force because the change that took it from change `at` was taken back? A later one that took it out stands
 * all the same, where what it took was another change’s.
 */
export function isBack(ledger: Ledger, key: string, at: number): boolean {
  const last = ledger.findLastIndex(({ marks }) => marks.some((mark) => mark.key === key));
  return makes(ledger, key, last) && !isTakenOut(ledger, key, at);
}

/** Did a change between the two put this in force itself, whether that stands or not? */
export const isMadeBetween = (ledger: Ledger, key: string, from: number, to: number): boolean =>
  on(ledger, key).some((other) => other > from && other < to && makes(ledger, key, other));

/**
 * Would this be in force if the change that took it out had never been made? What another change had made does not come
 * back where that one is undone, nor what an earlier one, still standing, had taken away: then that one is the answer.
 */
export function missedBy(
  ledger: Ledger,
  key: string,
  at: number,
): { readonly change: Change; readonly stands: boolean } | null {
  const heeds = (one: number): boolean => one !== at;
  const earlier = on(ledger, key).filter((other) => other < at);
  const standing = earlier.findLast((other) => stands(ledger, other, heeds)) ?? -1;
  const last = ledger[standing];
  if (last === undefined) {
    const first = ledger[earlier[0] ?? -1];
    const made = first?.marks.find((one) => one.key === key)?.there === true;
    return first !== undefined && made ? { change: first.change, stands: false } : null;
  }
  if (last.marks.findLast((one) => one.key === key)?.there === true) return null;
  // It was there again all the same. Whoever did something about it last, undos among them, made it so, or somebody else.
  const maker = [...ledger.keys()].findLast(
    (other) => other > standing && other < at && ledger[other]?.marks.some((one) => one.key === key) === true,
  );
  if (maker === undefined || !makes(ledger, key, maker)) return null;
  const { change } = ledger[maker] as Entry;
  if (change.plan.choice.kind !== 'undo') return { change, stands: false };
  return stands(ledger, maker, heeds) ? null : { change: last.change, stands: true };
}
