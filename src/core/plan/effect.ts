/** Closing must shut somebody out, or be for a port that nothing listens on yet. What does not is never offered. */
import type { Choice, Effect, Report, Target } from '../model.ts';
import { problem } from '../problem.ts';
import { isAt } from './check-ways.ts';
import { bare, endsAt, listenersOn } from './reach-sets.ts';

/**
 * Ports through which somebody comes, or may come, to what listens on these, none of them their own; empty where somebody
 * comes to one of them by its own number, or nothing listens there.
 */
function doorsTo(report: Report, targets: readonly Target[]): readonly Target[] {
  const doors = new Map<string, Target>();
  for (const target of targets) {
    const ways = listenersOn(report, target).flatMap(({ reach }) =>
      reach.filter(({ open, limited, unknown }) => open.length + limited.length + unknown.length > 0),
    );
    const numbers = new Set(ways.map(({ port }) => port));
    if (numbers.size === 0 || numbers.has(target.port) || endsAt(report, target).some((end) => isLeading(end.id)))
      return [];
    for (const port of numbers) doors.set(`${target.protocol}/${port}`, { protocol: target.protocol, port });
  }
  return [...doors.values()].filter((door) => !targets.some(isAt(door)));
}

const isLeading = (id: string): boolean => id.includes('>');

/** Throws a ProblemError where a rule that sees ports as they are knocked at would shut nobody out. */
export function demandOwnDoor(report: Report, choice: Choice): void {
  if (choice.kind !== 'close') return;
  const doors = doorsTo(report, choice.targets);
  if (doors.length === 0) return;
  throw problem('unsupported', {
    kind: 'comes-by-others',
    targets: choice.targets.map(bare),
    doors: doors.map(bare),
    table: choice.way === 'own-table',
  });
}

/** Throws a ProblemError where who can reach what stays the same, though something listens at each chosen port. */
export function demandEffect(report: Report, choice: Choice, effects: readonly Effect[]): void {
  if (choice.kind !== 'close' || effects.length > 0) return;
  if (!choice.targets.every((target) => listenersOn(report, target).length > 0)) return;
  throw problem('unsupported', { kind: 'shuts-nobody-out', targets: choice.targets.map(bare) });
}
