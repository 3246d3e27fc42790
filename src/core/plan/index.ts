/**
 * A choice becomes a Plan: typed operations, what they will do to who can reach what, and how to go back.
 *
 *   demands   what must be known first          recipe      the operations for one port
 *   draft     all operations of a choice        check       would it work, and does nothing else change?
 *   digest    the rules it was made from        words       what it says to people
 *   confirm   must it be confirmed?             sessions   who works here from elsewhere now
 *   misfit    do given operations belong to a choice?
 *
 * Nothing is run here. The prediction is a snapshot, judged like any other.
 */
import type { Choice, Operation, Plan, Report, Snapshot, Step } from '../model.ts';
import { ufw } from '../firewalls/registry.ts';
import { canonicalJson } from './canonical.ts';
import { checkPlan } from './check.ts';
import { confirmOf } from './confirm.ts';
import { demandNoDoors, demandReached, demandUfw, noWayThrough, targetsOf } from './demands.ts';
import { rulesDigest } from './digest.ts';
import { draft } from './draft.ts';
import { effectsOf } from './reach-sets.ts';
import { sessionsOf } from './sessions.ts';
import { says, summaryOf } from './words.ts';
import { problem } from '../problem.ts';

export { canonicalJson } from './canonical.ts';
export { confirmFits } from './confirm.ts';
export { rulesDigest } from './digest.ts';
export { misfit } from './misfit.ts';
export { opensMore, sameReach } from './reach-sets.ts';
export { summaryOf } from './words.ts';

export interface ProposeInput {
  readonly snapshot: Snapshot;
  readonly choice: Choice;
  readonly report: Report;
  /** Judges a predicted snapshot as the report was judged. */
  readonly judge: (snapshot: Snapshot) => Report;
  /** Text to hex. */
  readonly sha256: (text: string) => string;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** A step with the words and the commands that belong to its operation. */
export const stepOf = (operation: Operation): Step => ({
  operation,
  says: says(operation),
  commands: ufw.commandsOf(operation),
});

/** SHA-256 over everything in the plan but its id. */
export function planId(plan: Omit<Plan, 'id'>, sha256: (text: string) => string): string {
  return sha256(canonicalJson(plan));
}

/** The plan for a choice. Throws a ProblemError where it would have no effect, change more, or cannot be foreseen. */
export function propose(input: ProposeInput): Plan {
  const { snapshot, choice, report, judge, sha256, now } = input;
  if ((choice.kind === 'close' || choice.kind === 'reopen') && choice.way !== 'firewall') {
    throw noWayThrough(
      'Portcullis carries out closing by the firewall; the other ways are done by hand.',
      report,
      choice,
    );
  }
  if (choice.kind === 'reopen' && choice.audience !== 'everyone') {
    throw problem(
      'unsupported',
      'A port is opened again as it was, or else for everyone; it cannot be opened for some only.',
      'Open it without naming an audience, then close it for all but this network or for the internet.',
    );
  }
  demandReached(report, choice);
  const state = demandUfw(snapshot, report, choice);
  demandNoDoors(report, choice);
  const { operations, warnings: known, kept } = draft({ snapshot, state, choice, report, judge });
  const after = judge(ufw.predictUfw(snapshot, operations));
  checkPlan({ choice, before: report, after, kept, turnsOn: operations.some(({ kind }) => kind === 'ufw-enable') });
  const effects = effectsOf(report, after);
  const confirm = confirmOf(choice, sessionsOf(snapshot, report), report, after);
  const warnings = [...known, ...confirm.warnings];
  const turnsOn = operations.some(({ kind }) => kind === 'ufw-enable');
  const targets = targetsOf(choice);
  const onTarget = (id: string): boolean =>
    report.listeners.some(
      (one) => one.id === id && targets.some(({ protocol, port }) => one.protocol === protocol && one.port === port),
    );
  const body: Omit<Plan, 'id'> = {
    schema: 1,
    backend: 'ufw',
    choice,
    summary: summaryOf(choice, turnsOn),
    rulesDigest: rulesDigest(snapshot, sha256),
    createdAt: now,
    steps: operations.map(stepOf),
    undo: [stepOf({ kind: 'ufw-restore', disable: turnsOn })],
    effects,
    warnings,
    simple:
      choice.kind !== 'enable-firewall' &&
      targets.length === 1 &&
      !turnsOn &&
      warnings.length === 0 &&
      effects.every(({ listener }) => onTarget(listener)) &&
      !report.listeners.some((one) => one.kept && effects.some(({ listener }) => listener === one.id)),
    confirmWithin: confirm.within,
  };
  return { ...body, id: planId(body, sha256) };
}
