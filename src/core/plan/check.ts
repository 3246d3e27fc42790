/** Would the plan do what was chosen, and nothing that was not? What does not pass is never offered. */
import { letsThrough } from '../reach/summary.ts';
import { isReached } from '../advice/audience.ts';
import { problem } from '../problem.ts';
import type { Audience, NewChoice, Deciding, Report, ReportListener, Target } from '../model.ts';
import { isShutFor } from './as-wanted.ts';
import { decidingFirst, noWayThrough } from './demands.ts';
import { bare, effectsOf, listenersOn, opensMore, portNamed, waysIn } from './reach-sets.ts';

interface CheckInput {
  readonly choice: NewChoice;
  readonly before: Report;
  readonly after: Report;
  readonly kept: readonly Target[];
  readonly turnsOn: boolean;
}

/** Who still lets it through. */
const letBy = (listener: ReportListener): readonly Deciding[] =>
  decidingFirst(
    [...waysIn(listener).values()].filter(letsThrough).flatMap(({ reach }): readonly Deciding[] => reach.decidedBy),
  );

const isUnknown = (one: ReportListener): boolean =>
  !one.exposureComplete || one.exposure === 'unknown' || one.reach.some(({ unknown }) => unknown.length > 0);

function checkClosed(input: CheckInput, target: Target, audience: Audience): void {
  const { choice, before, after } = input;
  for (const listener of listenersOn(after, target)) {
    if (isUnknown(listener)) {
      const [reason = null] = listener.reach.flatMap((way) => way.doubts);
      throw noWayThrough({ kind: 'closing-unknown', target: bare(target), reason }, before, choice);
    }
    if (!isShutFor(listener, before, audience)) {
      throw noWayThrough(
        { kind: 'still-let-in', of: 'ufw', port: portNamed(before, target), by: letBy(listener) },
        before,
        choice,
      );
    }
  }
}

/** Throws a ProblemError where the prediction is not what was chosen. */
export function checkPlan(input: CheckInput): void {
  const { choice, before, after, kept, turnsOn } = input;
  if (choice.kind === 'close') {
    for (const target of choice.targets) checkClosed(input, target, choice.audience);
  }
  const targets = choice.kind === 'enable-firewall' ? [] : choice.targets;
  const isTarget = (one: Target) =>
    targets.some(({ protocol, port }) => one.protocol === protocol && one.port === port);
  if (choice.kind === 'reopen') {
    for (const target of targets) {
      const blocked = listenersOn(after, target).find((one) => !isReached(one));
      if (blocked === undefined) continue;
      throw problem('unsupported', { kind: 'would-not-open', by: 'ufw', port: portNamed(before, target) });
    }
  } else {
    for (const one of after.listeners) {
      const was = before.listeners.find(({ id }) => id === one.id);
      if (was === undefined || !opensMore(was, one)) continue;
      throw problem('unsupported', { kind: 'would-let-in', port: portNamed(before, one) });
    }
  }
  for (const target of kept) {
    const lost = listenersOn(before, target).find((was) => {
      const is = after.listeners.find(({ id }) => id === was.id);
      return is === undefined || (was.exposure !== 'self' && is.exposure !== was.exposure);
    });
    if (lost === undefined) continue;
    throw problem('unsupported', { kind: 'must-stay-open', port: portNamed(before, target) });
  }
  const others = effectsOf(before, after).filter(({ listener }) => {
    const one = before.listeners.find(({ id }) => id === listener);
    return one !== undefined && !isTarget(one);
  });
  if (!turnsOn && choice.kind !== 'remove-opening' && others.length > 0) {
    throw problem('unsupported', {
      kind: 'also-changes',
      ends: others.map(({ listener, name }) => ({ listener, name })),
    });
  }
}
