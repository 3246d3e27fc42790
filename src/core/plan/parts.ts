/**
 * Which firewall does which part of a choice: the machine's own where it can, Portcullis's own table for the rest. Each
 * part is foreseen on the machine as the earlier ones leave it, and checked by itself.
 */
import { predict } from '../firewalls/registry.ts';
import type { NewChoice, Operation, Report, Snapshot, Target } from '../model.ts';
import { causeOfProblem, ProblemError, problem } from '../problem.ts';
import type { Warning } from '../told.ts';
import { aheadOf } from './ahead.ts';
import { demandReached, idleTargets } from './as-wanted.ts';
import { checkPlan } from './check.ts';
import { checkWays, isAt, type PortChoice } from './check-ways.ts';
import { byHandOnWindows, demandNoDoors, demandNotLed, demandUfw, governs, noWayThrough } from './demands.ts';
import { choiceWarnings, draft, sharedNetworks } from './draft.ts';
import { demandOwnDoor } from './effect.ts';
import { checkZones, zoneOperations, zoneWarnings } from './firewalld.ts';
import { demandNothingLeads } from './leads-past.ts';
import { bare, endsAt, sameReach } from './reach-sets.ts';
import { checkStopped, stopping } from './stop.ts';
import { checkTable, closedAgain, demandTable, heldOf, letPast, tableOperations } from './table.ts';
import { windowsOperations } from './windows.ts';

export interface PartInput {
  readonly snapshot: Snapshot;
  readonly choice: NewChoice;
  readonly report: Report;
  /** Judges a predicted snapshot as the report was judged. */
  readonly judge: (snapshot: Snapshot) => Report;
}

/** What is done in one firewall, and what it leads to. */
export interface Part {
  readonly operations: readonly Operation[];
  readonly warnings: readonly Warning[];
  /** null: it cannot be put back, or each of its steps has its own way back (Windows Firewall). */
  readonly undo: Operation | null;
  /** What the machine will print after it. */
  readonly snapshot: Snapshot;
  readonly after: Report;
}

const isPortChoice = (choice: NewChoice): choice is PortChoice => choice.kind === 'close' || choice.kind === 'reopen';

function demandDoable(choice: PortChoice, report: Report): void {
  if (!['firewall', 'own-table', 'stop'].includes(choice.way)) {
    throw noWayThrough({ kind: 'way-by-hand' }, report, choice);
  }
  if (choice.kind === 'reopen' && choice.audience !== 'everyone') {
    throw problem('unsupported', { kind: 'opens-for-all' });
  }
}

/** The parts of a plan, each in a firewall that can do it. Throws a ProblemError where there is none. */
export function partsOf(input: PartInput): readonly Part[] {
  const { choice, report } = input;
  if (input.snapshot.platform === 'win32') return [byWindows(input)];
  if (isPortChoice(choice)) demandDoable(choice, report);
  demandReached(report, choice);
  if (!isPortChoice(choice)) return [byFirewall(input)];
  const idle = idleTargets(report, choice);
  const targets = choice.targets.filter((target) => !idle.some(isAt(target)));
  const asIs = idle.map((target): Warning => ({ kind: 'nobody-to-shut-out', target }));
  const todo: PortChoice = { ...choice, targets };
  return partsFor({ ...input, choice: todo }, todo).map((part, at) =>
    at === 0 ? { ...part, warnings: [...part.warnings, ...asIs] } : part,
  );
}

function partsFor(input: PartInput, choice: PortChoice): readonly Part[] {
  if (choice.way === 'stop') return [byStopping(input, choice)];
  if (choice.kind === 'reopen') return reopenParts(input, choice);
  if (choice.way === 'own-table') return [byTable(input, choice, [])];
  try {
    return [byFirewall(input)];
  } catch (error) {
    // What the firewall cannot say can still be closed ahead of it.
    if (!isUnsupported(error)) throw error;
    return divided(input, choice) ?? [insteadOf(error, input, choice)];
  }
}

const isUnsupported = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.problem.code === 'unsupported';

/** Where a port is closed in the table and by the firewall behind it as well, it is opened in both. */
function reopenParts(input: PartInput, choice: PortChoice): readonly Part[] {
  const held = heldOf(input.snapshot, choice.targets);
  const others = choice.targets.filter((target) => !held.includes(target));
  if (held.length === 0) return [choice.way === 'own-table' ? byTable(input, choice, []) : byFirewall(input)];
  const first = byTable(input, { ...choice, targets: held }, []);
  // Where another program has taken the table out of the kernel, the block is only forgotten.
  const holds = demandTable(input.snapshot).loaded;
  const shut = held.filter((target) => holds && staysShut(input.report, first.after, target));
  if (others.length + shut.length === 0) return [first];
  try {
    return [first, byFirewall({ ...after(input, first), choice: { ...choice, targets: [...others, ...shut] } })];
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code === 'not-permitted') throw error;
    const [one] = shut;
    if (one === undefined) {
      throw problem('unsupported', { kind: 'closed-otherwise', held: held.map(bare), cause: causeOfProblem(error) });
    }
    throw problem('unsupported', { kind: 'blocked-otherwise', target: bare(one) });
  }
}

/** There is somebody to let in, and it lets in no more than before. */
function staysShut(before: Report, then: Report, target: Target): boolean {
  const ends = endsAt(before, target);
  return (
    ends.length > 0 &&
    ends.every((was) => {
      const is = endsAt(then, target).find(({ id }) => id === was.id);
      return is === undefined || sameReach(was, is);
    })
  );
}

/** What the firewall can close, by it; the rest ahead of it. Null: that would be all or nothing of it. */
function divided(input: PartInput, choice: PortChoice): readonly Part[] | null {
  const reasons: ProblemError[] = [];
  const able = choice.targets.filter((target) => {
    try {
      byFirewall({ ...input, choice: { ...choice, targets: [target] } });
      return true;
    } catch (error) {
      if (!isUnsupported(error)) throw error;
      reasons.push(error);
      return false;
    }
  });
  const [reason] = reasons;
  if (able.length === 0 || reason === undefined) return null;
  const first = byFirewall({ ...input, choice: { ...choice, targets: able } });
  const others = choice.targets.filter((target) => !able.includes(target));
  return [first, insteadOf(reason, after(input, first), { ...choice, targets: others })];
}

/** The machine as a part leaves it. */
const after = (input: PartInput, { snapshot, after: report }: Part): PartInput => ({ ...input, snapshot, report });

function insteadOf(error: ProblemError, input: PartInput, choice: PortChoice): Part {
  try {
    return byTable(input, choice, [{ kind: 'ahead', because: aheadOf(error.problem.means) }]);
  } catch (second) {
    // Where this does not work either, the firewall's own reason is the one to be told.
    if (second instanceof ProblemError && second.problem.code === 'not-permitted') throw second;
    throw error;
  }
}

function byTable(input: PartInput, choice: PortChoice, reasons: readonly Warning[]): Part {
  const { snapshot, report, judge } = input;
  demandOwnDoor(report, choice);
  const state = demandTable(snapshot);
  const operations = tableOperations(state, report, choice);
  if (operations.length === 0) {
    throw problem('nothing-to-do', { kind: choice.kind === 'close' ? 'blocked-already' : 'no-such-block' });
  }
  const predicted = predict(snapshot, operations);
  const after = judge(predicted);
  checkTable(choice, state, report, after);
  const warnings = [
    ...reasons,
    ...closedAgain(state, choice.targets),
    ...sharedNetworks(letPast(operations)),
    ...choiceWarnings(report, choice),
  ];
  return { operations, warnings, undo: { kind: 'table-restore' }, snapshot: predicted, after };
}

/** In the firewall of this computer. */
const byFirewall = (input: PartInput): Part =>
  isPortChoice(input.choice) && governs(input.report) ? byFirewalld(input, input.choice) : byUfw(input);

function byFirewalld(input: PartInput, choice: PortChoice): Part {
  const { snapshot, report, judge } = input;
  demandNotLed(report, choice);
  const operations = zoneOperations(input, choice);
  const predicted = predict(snapshot, operations);
  const after = judge(predicted);
  checkWays(choice, report, after, { by: 'firewalld' });
  demandNothingLeads(choice, 'firewalld', report, after);
  checkZones(choice, report, after);
  const warnings = [
    ...sharedNetworks(operations.flatMap(({ kind, source }) => (kind === 'firewalld-add' ? [source] : []))),
    ...choiceWarnings(report, choice),
    ...zoneWarnings(snapshot, operations),
  ];
  return { operations, warnings, undo: { kind: 'firewalld-restore' }, snapshot: predicted, after };
}

/** There is no other firewall there, and no other way that is carried out. */
function byWindows(input: PartInput): Part {
  const { snapshot, choice, report, judge } = input;
  if (isPortChoice(choice)) {
    if (choice.way !== 'firewall') throw byHandOnWindows(report, choice);
    demandDoable(choice, report);
  }
  demandReached(report, choice);
  demandOwnDoor(report, choice);
  const { operations, warnings } = windowsOperations(input, choice);
  const predicted = predict(snapshot, operations);
  return { operations, warnings, undo: null, snapshot: predicted, after: judge(predicted) };
}

function byUfw(input: PartInput): Part {
  const { snapshot, choice, report, judge } = input;
  const state = demandUfw(snapshot, report, choice);
  demandNotLed(report, choice);
  demandNoDoors(report, choice);
  const { operations, warnings, kept } = draft({ snapshot, state, choice, report, judge });
  const predicted = predict(snapshot, operations);
  const after = judge(predicted);
  const on = turnsOn(operations);
  checkPlan({ choice, before: report, after, kept, turnsOn: on });
  if (isPortChoice(choice)) demandNothingLeads(choice, 'ufw', report, after);
  return { operations, warnings, undo: { kind: 'ufw-restore', disable: on }, snapshot: predicted, after };
}

function byStopping({ snapshot, report, judge }: PartInput, choice: PortChoice): Part {
  const { operations, warnings } = stopping(snapshot, report, choice);
  const predicted = predict(snapshot, operations);
  const after = judge(predicted);
  checkStopped(choice.targets, after);
  const isService = operations.every(({ kind }) => kind === 'service-stop');
  return { operations, warnings, undo: isService ? { kind: 'service-restore' } : null, snapshot: predicted, after };
}

/** Does one of them turn the firewall on? */
export const turnsOn = (operations: readonly Operation[]): boolean =>
  operations.some(({ kind }) => kind === 'ufw-enable' || kind === 'windows-profile-on');
