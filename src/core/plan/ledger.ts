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

/** The last change, among the first `until`, that did something about this, and what. */
export function lastOn(ledger: Ledger, key: string, until = ledger.length): { at: number; there: boolean } | null {
  const at = ledger.findLastIndex(({ marks }, index) => index < until && marks.some((mark) => mark.key === key));
  const mark = ledger[at]?.marks.findLast((one) => one.key === key);
  return mark === undefined ? null : { at, there: mark.there };
}
