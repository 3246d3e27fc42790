/**
 * A choice becomes a Plan: typed operations, what they will do to who can reach what, and how to go back.
 *
 *   parts     which firewall does which part    demands     what must be known first
 *   as-wanted is there anybody left to shut out?    leads-past  does a rule lead on past the firewall?
 *   recipe    the operations for one port
 *   draft     all operations of a choice        check       would it work, and does nothing else change?
 *   effect    would it shut anybody out?
 *   digest    the rules it was made from        words       what plans and steps say to people
 *   called    what it is about, as data         english     what it warns of, worded from data
 *   table     the same for Portcullis's own table
 *   confirm   must it be confirmed?             sessions   who works here from elsewhere now
 *   windows   the same in Windows Firewall: windows-on (turning it on), windows-cut (whom it cuts off), windows-marks
 *   stop      stopping what listens             live       connections that are open now
 *   misfit    do given operations belong to a choice?
 *   undo      taking a change of the history back: a plan of its own
 *     inverse    what each operation did      ledger     whose doing it still is
 *     take-back  the operations               place      where a rule comes back
 *
 * Nothing is run here. The prediction is a snapshot, judged like any other.
 */
import type { Change, Choice, Operation, Plan, Report, Snapshot, Step } from '../model.ts';
import { commandsOf, layersOf } from '../firewalls/registry.ts';
import { canonicalJson } from './canonical.ts';
import { confirmOf, demandNobodyCut } from './confirm.ts';
import { notOnMac, targetsOf } from './demands.ts';
import { rulesDigest } from './digest.ts';
import { warningWords } from './english/warnings.ts';
import { liveOf } from './live.ts';
import { demandEffect } from './effect.ts';
import { type Part, partsOf, turnsOn } from './parts.ts';
import { effectsOf, endsOf } from './reach-sets.ts';
import { sessionsOf } from './sessions.ts';
import { distinct } from './distinct.ts';
import { demandApplied } from './take-back.ts';
import { undoParts } from './undo.ts';
import { cutting, NOTHING_TO_CONFIRM, waysBack } from './windows-cut.ts';
import { says, summaryOf, undoSummary } from './words.ts';

export { canonicalJson } from './canonical.ts';
export { confirmFits } from './confirm.ts';
export { liveOf } from './live.ts';
export { sessionsOf } from './sessions.ts';
export { stopping } from './stop.ts';
export { rulesDigest } from './digest.ts';
export { withUndone } from './ledger.ts';
export { demandLocalRules } from './windows-marks.ts';
export { cutting } from './windows-cut.ts';
export { misfit } from './misfit.ts';
export { endsOf, lostSight, opensMore, sameReach } from './reach-sets.ts';
export { demandApplied, takeBack } from './take-back.ts';
export { rulesBefore } from './undo.ts';
export { summaryOf, undoSummary } from './words.ts';
export { checkedWords } from './english/checked.ts';
export { noteWords } from './english/notes.ts';
export { warningWords } from './english/warnings.ts';

export interface ProposeInput {
  readonly snapshot: Snapshot;
  readonly choice: Choice;
  readonly report: Report;
  /** Judges a predicted snapshot as the report was judged. */
  readonly judge: (snapshot: Snapshot) => Report;
  /** The history, newest first: what an undo is made from. */
  readonly changes: readonly Change[];
  /** Text to hex. */
  readonly sha256: (text: string) => string;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** A step with the words and the commands that belong to its operation. */
export const stepOf = (operation: Operation): Step => ({
  operation,
  says: says(operation),
  commands: commandsOf(operation),
});

/** SHA-256 over everything in the plan but its id. */
export function planId(plan: Omit<Plan, 'id'>, sha256: (text: string) => string): string {
  return sha256(canonicalJson(plan));
}

/** The plan for a choice. Throws a ProblemError where it would have no effect, change more, or cannot be foreseen. */
export function propose(input: ProposeInput): Plan {
  const { choice, changes } = input;
  if (input.snapshot.platform === 'darwin') throw notOnMac(choice);
  if (choice.kind === 'undo') {
    const parts = undoParts({ ...input, choice });
    return finish(input, parts, undoSummary(demandApplied(changes, choice.change)));
  }
  const parts = partsOf({ ...input, choice });
  return finish(input, parts, summaryOf(choice, turnsOn(parts.flatMap(({ operations }) => operations))));
}

function finish(input: ProposeInput, parts: readonly Part[], summary: string): Plan {
  const { snapshot, choice, report, sha256, now } = input;
  const last = parts.at(-1)?.after ?? report;
  const onWindows = snapshot.platform === 'win32';
  const sessions = sessionsOf(snapshot, report);
  const planned = parts.flatMap((part) => part.operations);
  const live = onWindows ? cutting(choice, sessions, report, last) : liveOf(choice, sessions, last);
  const operations = [...planned, ...live.operations];
  const effects = effectsOf(report, last);
  demandEffect(report, choice, effects);
  const confirm = onWindows
    ? NOTHING_TO_CONFIRM
    : operations.some(({ kind }) => kind === 'program-end')
      ? demandNobodyCut(sessions, report, last)
      : confirmOf(choice, sessions, report, last);
  const warnings = distinct(
    [...parts.flatMap((part) => part.warnings), ...live.warnings, ...confirm.warnings],
    warningWords,
  );
  const targets = targetsOf(choice);
  const onTarget = (id: string): boolean =>
    endsOf(report).some(
      (one) =>
        one.id === id && targets.some(({ protocol, port }) => one.protocol === protocol && portOf(one.id) === port),
    );
  const on = turnsOn(operations);
  const body: Omit<Plan, 'id'> = {
    schema: 1,
    layers: layersOf(operations),
    choice,
    summary,
    rulesDigest: rulesDigest(snapshot, sha256),
    createdAt: now,
    steps: operations.map(stepOf),
    undo: [...parts.flatMap(({ undo }) => undo ?? []), ...waysBack(operations)].map(stepOf),
    effects,
    warnings,
    live: live.count,
    simple:
      choice.kind !== 'enable-firewall' &&
      choice.kind !== 'undo' &&
      targets.length === 1 &&
      !on &&
      warnings.length === 0 &&
      effects.every(({ listener }) => onTarget(listener)) &&
      !report.listeners.some((one) => one.kept && effects.some(({ listener }) => listener === one.id)),
    confirmWithin: confirm.within,
  };
  return { ...body, id: planId(body, sha256) };
}

/** The port in an id: `tcp/3000`, `tcp/53@127.0.0.53`, `tcp/8080>172.17.0.2:80`. */
const portOf = (id: string): number => Number(/^\w+\/(\d+)/.exec(id)?.[1] ?? Number.NaN);
