/** Would the plan do what was chosen, and nothing that was not? What does not pass is never offered. */
import { listenerName } from '../listeners/name.ts';
import { problem } from '../problem.ts';
import type { NewChoice, Deciding, Report, ReportListener, Target } from '../model.ts';
import { noWayThrough } from './demands.ts';
import { effectsOf, listenersOn, opensMore, sameReach, waysIn } from './reach-sets.ts';
import { listWords, portWords } from './english/parts.ts';
import { namedPort } from './words.ts';

interface CheckInput {
  readonly choice: NewChoice;
  readonly before: Report;
  readonly after: Report;
  readonly kept: readonly Target[];
  readonly turnsOn: boolean;
}

/** Who still lets it through, in the firewall's own words. */
function letBy(listener: ReportListener): string {
  const decided = [...waysIn(listener).values()]
    .filter(({ open, limited }) => open.length + limited.length > 0)
    .flatMap(({ reach }): readonly Deciding[] => reach.decidedBy);
  const words = [...new Set(decided.map(({ firewall, rule }) => `${firewall}: ${rule}`))];
  return words.length === 0 ? 'by rules that ufw does not govern' : `by ${listWords(words.slice(0, 3))}`;
}

const isUnknown = (one: ReportListener): boolean =>
  !one.exposureComplete || one.exposure === 'unknown' || one.reach.some(({ unknown }) => unknown.length > 0);

function checkClosed(input: CheckInput, target: Target, everyone: boolean): void {
  const { choice, before, after } = input;
  for (const listener of listenersOn(after, target)) {
    if (isUnknown(listener)) {
      const reasons = [...new Set(listener.reach.flatMap((way) => way.reasons))];
      throw noWayThrough(
        `It cannot be told whether a rule of ufw would close ${portWords(target)}${reasons[0] === undefined ? '' : `: ${reasons[0]}`}.`,
        before,
        choice,
      );
    }
    const was = before.listeners.find(({ id }) => id === listener.id);
    const open = listener.exposure !== 'self';
    if ((everyone && open) || (!everyone && was !== undefined && open && sameReach(was, listener))) {
      throw noWayThrough(
        `A rule of ufw would not close ${namedPort(before, target)}: it is let in ${letBy(listener)}.`,
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
    for (const target of choice.targets) checkClosed(input, target, choice.audience === 'everyone');
  }
  const targets = choice.kind === 'enable-firewall' ? [] : choice.targets;
  const isTarget = (one: Target) =>
    targets.some(({ protocol, port }) => one.protocol === protocol && one.port === port);
  if (choice.kind === 'reopen') {
    for (const target of targets) {
      const blocked = listenersOn(after, target).find(({ exposure }) => exposure === 'self' || exposure === 'unknown');
      if (blocked === undefined) continue;
      throw problem(
        'unsupported',
        `A rule of ufw would not open ${namedPort(before, target)}: something else blocks it, or it listens on this computer only.`,
        `See what decides: portcullis explain ${target.port}/${target.protocol}`,
      );
    }
  } else {
    for (const one of after.listeners) {
      const was = before.listeners.find(({ id }) => id === one.id);
      if (was === undefined || !opensMore(was, one)) continue;
      throw problem(
        'unsupported',
        `This would let in sources that cannot reach ${namedPort(before, one)} now.`,
        'Choose to close it for everyone instead.',
      );
    }
  }
  for (const target of kept) {
    const lost = listenersOn(before, target).find((was) => {
      const is = after.listeners.find(({ id }) => id === was.id);
      return is === undefined || (was.exposure !== 'self' && is.exposure !== was.exposure);
    });
    if (lost === undefined) continue;
    throw problem(
      'unsupported',
      `${namedPort(before, target)} must stay open, but another rule would close it when ufw is on.`.replace(/^p/, 'P'),
      'Look at the rules with: sudo ufw show added',
    );
  }
  const others = effectsOf(before, after).filter(({ listener }) => {
    const one = before.listeners.find(({ id }) => id === listener);
    return one !== undefined && !isTarget(one);
  });
  if (!turnsOn && choice.kind !== 'remove-opening' && others.length > 0) {
    throw problem(
      'unsupported',
      `This would also change who can reach ${listWords(others.map(({ listener, name }) => `${listenerName(listener)} (${name})`))}.`,
      'Close or open those ports by themselves first.',
    );
  }
}
