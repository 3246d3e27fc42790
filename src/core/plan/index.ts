/**
 * A choice becomes a Plan: typed operations, what they will do to who can reach what, and how to go back.
 *
 *   demands   what must be known first          recipe      the operations for one port
 *   draft     all operations of a choice        check       would it work, and does nothing else change?
 *   digest    the rules it was made from        words       what it says to people
 *   table     the same for Portcullis's own table
 *   confirm   must it be confirmed?             sessions   who works here from elsewhere now
 *   misfit    do given operations belong to a choice?
 *
 * Nothing is run here. The prediction is a snapshot, judged like any other.
 */
import type { Choice, Operation, Plan, Report, Snapshot, Step } from '../model.ts';
import { commandsOf, predict } from '../firewalls/registry.ts';
import { canonicalJson } from './canonical.ts';
import { checkPlan } from './check.ts';
import { confirmOf } from './confirm.ts';
import { demandNoDoors, demandReached, demandUfw, noWayThrough, targetsOf } from './demands.ts';
import { rulesDigest } from './digest.ts';
import { choiceWarnings, draft, openNow } from './draft.ts';
import { effectsOf, endsOf } from './reach-sets.ts';
import { checkTable, closedAgain, demandTable, heldOf, type PortChoice, tableOperations } from './table.ts';
import { sessionsOf } from './sessions.ts';
import { portsWords, says, summaryOf } from './words.ts';
import { ProblemError, problem } from '../problem.ts';

export { canonicalJson } from './canonical.ts';
export { confirmFits } from './confirm.ts';
export { rulesDigest } from './digest.ts';
export { misfit } from './misfit.ts';
export { endsOf, opensMore, sameReach } from './reach-sets.ts';
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
  commands: commandsOf(operation),
});

/** SHA-256 over everything in the plan but its id. */
export function planId(plan: Omit<Plan, 'id'>, sha256: (text: string) => string): string {
  return sha256(canonicalJson(plan));
}

/** The plan for a choice. Throws a ProblemError where it would have no effect, change more, or cannot be foreseen. */
export function propose(input: ProposeInput): Plan {
  const { snapshot, choice, report } = input;
  const isPort = choice.kind === 'close' || choice.kind === 'reopen';
  if (isPort && choice.way !== 'firewall' && choice.way !== 'own-table') {
    throw noWayThrough(
      'Portcullis carries out closing by the firewall, or by a table of its own; the other ways are done by hand.',
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
  if (!isPort) return byUfw(input);
  const held = choice.kind === 'reopen' ? heldOf(snapshot, choice.targets) : [];
  if (choice.way === 'own-table' || held.length > 0) {
    if (choice.kind === 'reopen' && held.length > 0 && held.length < choice.targets.length) {
      throw problem(
        'unsupported',
        `Only ${portsWords(held)} ${held.length === 1 ? 'is' : 'are'} closed in Portcullis’s own table; the others are closed otherwise.`,
        'Open those by themselves.',
      );
    }
    return byTable(input, choice, []);
  }
  try {
    return byUfw(input);
  } catch (error) {
    // What the firewall cannot say can still be closed ahead of it.
    if (choice.kind !== 'close' || !(error instanceof ProblemError) || error.problem.code !== 'unsupported')
      throw error;
    return insteadOf(error, input, choice);
  }
}

function insteadOf(error: ProblemError, input: ProposeInput, choice: PortChoice): Plan {
  try {
    return byTable(input, choice, [
      `${error.problem.message} So it is closed ahead of it, in a table of Portcullis’s own.`,
    ]);
  } catch (second) {
    // Where this does not work either, the firewall's own reason is the one to be told.
    if (second instanceof ProblemError && second.problem.code === 'not-permitted') throw second;
    throw error;
  }
}

function byTable(input: ProposeInput, choice: PortChoice, reasons: readonly string[]): Plan {
  const { snapshot, report, judge } = input;
  const state = demandTable(snapshot);
  const operations = tableOperations(state, report, choice);
  if (operations.length === 0) {
    throw problem(
      'nothing-to-do',
      `Portcullis’s own table ${choice.kind === 'close' ? 'blocks that already' : 'holds no such block'}.`,
      'To see who gets through: portcullis scan --all',
    );
  }
  const after = judge(predict(snapshot, operations));
  checkTable(choice, state, report, after);
  const again = closedAgain(state, choice.targets);
  const warnings = [
    ...reasons,
    ...again,
    ...openNow(snapshot, report, choice.targets),
    ...choiceWarnings(report, choice),
  ];
  return finish(input, 'nftables', { operations, warnings, after, undo: { kind: 'table-restore' }, turnsOn: false });
}

function byUfw(input: ProposeInput): Plan {
  const { snapshot, choice, report, judge } = input;
  const state = demandUfw(snapshot, report, choice);
  demandNoDoors(report, choice);
  const { operations, warnings, kept } = draft({ snapshot, state, choice, report, judge });
  const after = judge(predict(snapshot, operations));
  const turnsOn = operations.some(({ kind }) => kind === 'ufw-enable');
  checkPlan({ choice, before: report, after, kept, turnsOn });
  return finish(input, 'ufw', {
    operations,
    warnings,
    after,
    undo: { kind: 'ufw-restore', disable: turnsOn },
    turnsOn,
  });
}

interface Drawn {
  readonly operations: readonly Operation[];
  readonly warnings: readonly string[];
  readonly after: Report;
  readonly undo: Operation;
  readonly turnsOn: boolean;
}

function finish(input: ProposeInput, backend: Plan['backend'], drawn: Drawn): Plan {
  const { snapshot, choice, report, sha256, now } = input;
  const { operations, turnsOn } = drawn;
  const effects = effectsOf(report, drawn.after);
  const confirm = confirmOf(choice, sessionsOf(snapshot, report), report, drawn.after);
  const warnings = [...drawn.warnings, ...confirm.warnings];
  const targets = targetsOf(choice);
  const onTarget = (id: string): boolean =>
    endsOf(report).some(
      (one) =>
        one.id === id && targets.some(({ protocol, port }) => one.protocol === protocol && portOf(one.id) === port),
    );
  const body: Omit<Plan, 'id'> = {
    schema: 1,
    backend,
    choice,
    summary: summaryOf(choice, turnsOn),
    rulesDigest: rulesDigest(snapshot, sha256),
    createdAt: now,
    steps: operations.map(stepOf),
    undo: [stepOf(drawn.undo)],
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

/** The port in an id: `tcp/3000`, `tcp/53@127.0.0.53`, `tcp/8080>172.17.0.2:80`. */
const portOf = (id: string): number => Number(/^\w+\/(\d+)/.exec(id)?.[1] ?? Number.NaN);
