/** Networks in which nothing that is set on a Windows computer counts: policy alone decides there. */
import { mayLetThrough } from '../reach/summary.ts';
import { windows } from '../firewalls/registry.ts';
import type { Reach, Report, Target } from '../model.ts';
import { problem } from '../problem.ts';
import type { Seen } from './firewalld.ts';
import { endsAt } from './reach-sets.ts';

/** The ways in at that port by which somebody comes, or may. */
const waysAt = (report: Report, target: Target): readonly Reach[] =>
  endsAt(report, target).flatMap(({ reach }) => reach.filter((way) => way.port === target.port && mayLetThrough(way)));

/** Interfaces of these at which the ports stay as they are. */
export const stillOpenAt = (
  report: Report,
  targets: readonly Target[],
  fixed: readonly string[],
): readonly string[] => {
  const open = new Set(targets.flatMap((target) => waysAt(report, target)).map((way) => way.interface));
  return fixed.filter((name) => open.has(name));
};

/** Throws a ProblemError where it is reached in such networks alone. */
export function demandNotFixed({ snapshot, report }: Seen, target: Target): void {
  const fixed = windows.fixedInterfaces(snapshot);
  const ways = waysAt(report, target);
  if (ways.length === 0 || !ways.every((way) => fixed.includes(way.interface))) return;
  const here = windows.usedIn(snapshot);
  const off = windows.offByPolicy(snapshot).filter((profile) => here.includes(profile));
  const inert = windows.managedIn(snapshot).here.filter((profile) => !off.includes(profile));
  throw problem(
    'unsupported',
    inert.length > 0 ? { kind: 'windows-inert', profiles: inert } : { kind: 'windows-off-by-policy', profiles: off },
  );
}
