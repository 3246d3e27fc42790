/** What rules lead on does not come by where a firewall asks about this computer's own ports. */
import type { FirewallId, Report, Target } from '../model.ts';
import { isShutFor, leadingOn } from './as-wanted.ts';
import type { PortChoice } from './check-ways.ts';
import { decidingFirst, noWayThrough } from './demands.ts';
import { portNamed } from './reach-sets.ts';

/** Throws a ProblemError where a port that was to be closed would lead on all the same. */
export function demandNothingLeads(
  choice: PortChoice,
  by: FirewallId & ('ufw' | 'firewalld'),
  before: Report,
  after: Report,
): void {
  if (choice.kind !== 'close') return;
  const leads = (target: Target) =>
    leadingOn(after, target).filter((door) => !isShutFor(door, before, choice.audience));
  for (const target of choice.targets) {
    const doors = leads(target);
    if (doors.length === 0) continue;
    const decided = decidingFirst(doors.flatMap(({ reach }) => reach.flatMap(({ decidedBy }) => decidedBy)));
    throw noWayThrough({ kind: 'still-let-in', of: by, port: portNamed(before, target), by: decided }, before, choice);
  }
}
