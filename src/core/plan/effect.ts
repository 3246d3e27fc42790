/** Closing must shut somebody out, or be for a port that nothing listens on yet. What does not is never offered. */
import { mayLetThrough } from '../reach/summary.ts';
import { targetsOnce } from '../listeners/targets.ts';
import type { Choice, Effect, Report, Target } from '../model.ts';
import { problem } from '../problem.ts';
import { isAt } from './check-ways.ts';
import { bare, endsAt, listenersOn } from './reach-sets.ts';

/**
 * Ports through which somebody comes, or may come, to what listens on this one, none of them its own; empty where somebody
 * comes to it by its own number, or nothing listens there.
 */
function doorsTo(report: Report, target: Target): readonly Target[] {
  const ways = listenersOn(report, target).flatMap(({ reach }) => reach.filter(mayLetThrough));
  const numbers = new Set(ways.map(({ port }) => port));
  if (numbers.has(target.port) || endsAt(report, target).some((end) => isLeading(end.id))) return [];
  return [...numbers].map((port) => ({ protocol: target.protocol, port }));
}

const isLeading = (id: string): boolean => id.includes('>');

/** Throws a ProblemError where a rule that sees ports as they are knocked at would shut nobody out of one of them. */
export function demandOwnDoor(report: Report, choice: Choice): void {
  if (choice.kind !== 'close') return;
  const { targets } = choice;
  const missing = targets.map((target) => doorsTo(report, target).filter((door) => !targets.some(isAt(door))));
  const vain = targets.filter((_, at) => (missing[at] ?? []).length > 0);
  if (vain.length === 0) return;
  const others = targets.filter((target) => !vain.includes(target)).map(bare);
  throw problem('unsupported', {
    kind: 'comes-by-others',
    targets: vain.map(bare),
    doors: targetsOnce(missing.flat()),
    others,
    table: choice.way === 'own-table',
  });
}

/** Throws a ProblemError where who can reach what stays the same, though something listens at each chosen port. */
export function demandEffect(report: Report, choice: Choice, effects: readonly Effect[]): void {
  if (choice.kind !== 'close' || effects.length > 0) return;
  if (!choice.targets.every((target) => listenersOn(report, target).length > 0)) return;
  throw problem('unsupported', { kind: 'shuts-nobody-out', targets: choice.targets.map(bare) });
}
