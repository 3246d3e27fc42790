/**
 * A plan that takes a change back, checked by root: the change stands in root's own journal and is in force, and the steps
 * are exactly those that follow from the journal and from the rules as they are now. Nothing that the caller says counts.
 */
import type { Change, Plan, Snapshot } from '../../core/model.ts';
import { canonicalJson, demandApplied, takeBack, undoSummary } from '../../core/plan/index.ts';
import { problem } from '../../core/problem.ts';

/** @param changes newest first. Throws a ProblemError; plans that make something new pass. */
export function demandInverse({ choice, summary, steps }: Plan, changes: readonly Change[], snapshot: Snapshot): void {
  if (choice.kind !== 'undo') return;
  const change = demandApplied(changes, choice.change);
  if (summary !== undoSummary(change)) {
    throw problem('bad-input', { kind: 'undo-summary' });
  }
  const { operations } = takeBack(changes, change, snapshot);
  if (canonicalJson(operations) === canonicalJson(steps.map(({ operation }) => operation))) return;
  throw problem('stale-plan', { kind: 'undo-steps', change: choice.change });
}
