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
  /** It was taken back by that change of the ledger. */
  readonly undoneBy: number | null;
  /** Of an undo: which change of the ledger it takes back. */
  readonly about: number | null;
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
  const indexOf = (id: string | undefined): number | null => {
    const found = lasting.findIndex((one) => one.id === id);
    return found < 0 ? null : found;
  };
  return lasting.map((change) => {
    const { choice, steps } = change.plan;
    const operations = steps.map(({ operation }) => operation);
    const marks = inTheEnd(operations.flatMap(inverse));
    const prepended = new Set(
      operations
        .filter(({ kind }) => kind === 'ufw-prepend')
        .flatMap(inverse)
        .map(({ key }) => key),
    );
    const first = new Set(marks.flatMap(({ key, there }) => (there && prepended.has(key) ? [key] : [])));
    const about = choice.kind === 'undo' ? indexOf(choice.change) : null;
    return { change, marks, first, undoneBy: indexOf(change.undoneBy), about };
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
  return by === null || !heeds(by) || !stands(ledger, by, heeds);
}

/** The change that an undo, or an undo of an undo, is about in the end; of any other one itself. */
export function rootOf(ledger: Ledger, at: number): number {
  const about = ledger[at]?.about ?? null;
  return about === null ? at : rootOf(ledger, about);
}

/** The change to take back so that this one, which stands, does not: itself, or the last undo that made it again. */
export function appliedAs(ledger: Ledger, at: number): Change {
  const { change, undoneBy } = ledger[at] as Entry;
  return undoneBy === null ? change : appliedAs(ledger, undoneBy);
}

/** What that change did about this. */
export const marksOn = (ledger: Ledger, key: string, at: number): readonly Mark[] =>
  ledger[at]?.marks.filter((mark) => mark.key === key) ?? [];
