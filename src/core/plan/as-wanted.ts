/** Is a port as a closing wants it, so that nobody is left to shut out? */
import { type AddressSet, setOf } from '../address.ts';
import { minus } from '../intervals.ts';
import type { Audience, Family, ListenerReach, NewChoice, Report, ReportForward, Target } from '../model.ts';
import { problem } from '../problem.ts';
import { governs } from './demands.ts';
import { bare, listenersOn } from './reach-sets.ts';
import { spared } from './recipe.ts';
import { isAt, type PortChoice } from './check-ways.ts';

/** Rules that lead on what comes to this port of the computer, by itself or as one of a range. */
export const leadingOn = ({ forwards }: Report, { protocol, port }: Target): readonly ReportForward[] =>
  forwards.filter((one) => one.via === 'rule' && one.protocol === protocol && one.port <= port && port <= one.lastPort);

/** Gets in none of those who are to be shut out? No where that is not known, as for every way that cannot be read. */
export function isShutFor(end: ListenerReach, report: Report, audience: Audience): boolean {
  if (!end.exposureComplete) return false;
  if (end.exposure === 'self') return true;
  if (audience === 'everyone' || end.reach.length === 0) return false;
  const may: Record<Family, AddressSet> = { 4: spared(report, audience, 4), 6: spared(report, audience, 6) };
  return end.reach.every(({ family, open, limited, unknown }) => {
    const reached = setOf([...open, ...limited, ...unknown], family);
    return reached !== null && minus(reached, may[family]).length === 0;
  });
}

/** Something is there, and it is closed to all who are to be shut out; whatever leads on from there, too. */
export function isAsWanted(report: Report, target: Target, audience: Audience): boolean {
  const ends: readonly ListenerReach[] = [...listenersOn(report, target), ...leadingOn(report, target)];
  return ends.length > 0 && ends.every((end) => isShutFor(end, report, audience));
}

/**
 * The targets of a closing that are as it wants them, each once: a rule for them would do nothing. None where the firewall
 * is off, since turning it on decides about each of them.
 */
export function idleTargets(report: Report, choice: PortChoice): readonly Target[] {
  const isOff = !governs(report) && report.firewalls.some(({ id, active }) => id === 'ufw' && active === false);
  if (choice.kind !== 'close' || choice.way === 'stop' || isOff) return [];
  return choice.targets
    .filter((one, at, all) => all.findIndex(isAt(one)) === at)
    .filter((target) => isAsWanted(report, target, choice.audience))
    .map(bare);
}

/** Closing needs somebody who gets in, whatever firewall there is. */
export function demandReached(report: Report, choice: NewChoice): void {
  if (choice.kind !== 'close') return;
  const { targets } = choice;
  // Of Windows that is asked where its rules are planned, after what policy lets count.
  const audience = report.platform === 'win32' ? 'everyone' : choice.audience;
  if (!targets.every((target) => isAsWanted(report, target, audience))) return;
  const nobody = targets.every((target) => isAsWanted(report, target, 'everyone'));
  throw problem('nothing-to-do', {
    kind: nobody ? 'nobody-reaches' : 'shuts-nobody-out',
    targets: targets.map(bare),
  });
}
