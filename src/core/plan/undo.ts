/** Taking a change of the history back, as a plan: what would be done, what is left as it is, and what it opens. */
import { layerOf, layersOf, predict, table, ufw } from '../firewalls/registry.ts';
import type { Change, Layer, Operation, Report, Snapshot, UndoChoice } from '../model.ts';
import { problem } from '../problem.ts';
import { readUnits } from '../services/index.ts';
import type { NamedEnd, Warning } from '../told.ts';
import { demandUfw } from './demands.ts';
import { demandFirewalld } from './firewalld.ts';
import { staying } from './live.ts';
import { sessionsOf } from './sessions.ts';
import { ruleKey } from './inverse.ts';
import { type Part, turnsOn } from './parts.ts';
import { endNamed, endsOf, opensMore } from './reach-sets.ts';
import { closedAgain, demandTable } from './table.ts';
import { demandApplied, takeBack } from './take-back.ts';
import { servicesUnknown } from './unknown.ts';
import { demandWindows } from './windows.ts';

export interface UndoInput {
  readonly snapshot: Snapshot;
  readonly choice: UndoChoice;
  readonly report: Report;
  readonly judge: (snapshot: Snapshot) => Report;
  /** Newest first. */
  readonly changes: readonly Change[];
}

/** One part a firewall. Throws a ProblemError where nothing is left to take back, or it cannot be done exactly. */
export function undoParts(input: UndoInput): readonly Part[] {
  const { snapshot, choice, report, changes } = input;
  const change = demandApplied(changes, choice.change);
  if (change.layers.includes('ufw')) demandUfw(snapshot, report, choice);
  if (change.layers.includes('firewalld')) demandFirewalld(snapshot);
  if (change.layers.includes('nftables')) demandTable(snapshot);
  if (change.layers.includes('services')) demandUnits(snapshot);
  if (change.layers.includes('windows')) demandWindows({ snapshot });
  const { operations, left } = takeBack(changes, change, snapshot);
  if (operations.length === 0 && left.some(({ why }) => why.kind === 'unseen')) {
    throw problem('unsupported', { kind: 'none-now', change: { id: change.id, summary: change.summary }, left });
  }
  if (operations.length === 0) {
    throw problem('nothing-to-do', { kind: 'none-left', change: { id: change.id, summary: change.summary }, left });
  }
  const parts: Part[] = [];
  for (const layer of layersOf(operations)) {
    const own = operations.filter((operation) => layerOf(operation) === layer);
    const before = parts.at(-1);
    const predicted = predict(before?.snapshot ?? snapshot, own);
    parts.push({
      operations: own,
      warnings: [],
      undo: wayBack(layer, own),
      snapshot: predicted,
      after: input.judge(predicted),
    });
  }
  const after = parts.at(-1)?.after ?? report;
  return parts.map((part, at) =>
    at > 0 ? part : { ...part, warnings: [...warningsOf(input, operations, after), ...left] },
  );
}

function demandUnits(snapshot: Snapshot): void {
  const [gap] = readUnits(snapshot).gaps;
  if (gap !== undefined) throw servicesUnknown(gap);
}

/** What puts a layer back as it was before the operations. */
function wayBack(layer: Layer, operations: readonly Operation[]): Operation | null {
  switch (layer) {
    case 'ufw':
      return { kind: 'ufw-restore', disable: operations.some(({ kind }) => kind === 'ufw-enable') };
    case 'nftables':
      return { kind: 'table-restore' };
    case 'firewalld':
      return { kind: 'firewalld-restore' };
    case 'services':
      return { kind: 'service-restore' };
    case 'programs':
    case 'connections':
    case 'windows': // each step has its own way back
      return null;
  }
}

function warningsOf(
  { snapshot, report }: UndoInput,
  operations: readonly Operation[],
  after: Report,
): readonly Warning[] {
  const later = endsOf(after);
  const changed = endsOf(report).flatMap((was) => {
    const is = later.find(({ id }) => id === was.id);
    return is === undefined ? [] : [{ was, is }];
  });
  const named = (ends: typeof changed): readonly NamedEnd[] => ends.map(({ was }) => endNamed(was));
  const opened = changed.filter(({ was, is }) => opensMore(was, is));
  const shut = changed.filter(({ was, is }) => opensMore(is, was));
  const shutPorts = report.listeners.filter(({ id }) => shut.some(({ was }) => was.id === id));
  const kept = shutPorts.filter((one) => one.kept);
  const off = operations.some(({ kind }) => kind === 'ufw-disable');
  const on = turnsOn(operations);
  const offIn = operations.flatMap((one) => (one.kind === 'windows-profile-off' ? [one.profile] : []));
  const starts = operations.flatMap((one) => (one.kind === 'service-start' ? [one.unit] : []));
  const doors = operations.some((one) => layerOf(one) === 'nftables') ? table.readTable(snapshot).value : null;
  const warnings: Warning[] = [];
  if (offIn.length > 0) warnings.push({ kind: 'windows-off', profiles: offIn, opens: named(opened) });
  else if (off) warnings.push({ kind: 'turns-off', opens: named(opened) });
  else if (opened.length > 0) warnings.push({ kind: 'lets-in', ends: named(opened) });
  if (on) warnings.push({ kind: 'turns-on-again', closes: named(shut) });
  // Windows ends them: that is told of every plan there.
  const sessions = snapshot.platform === 'win32' ? [] : sessionsOf(snapshot, report);
  for (const { target, count } of sessions) {
    const isShut = shutPorts.some(({ protocol, port }) => protocol === target.protocol && port === target.port);
    if (isShut) warnings.push(staying(target, count));
  }
  if (starts.length > 0) warnings.push({ kind: 'starts', units: starts });
  for (const { id, identity } of kept) warnings.push({ kind: 'kept-end', end: endNamed({ id, name: identity.name }) });
  if (doors !== null) {
    const targets = operations.flatMap((one) => ('protocol' in one ? [one] : []));
    warnings.push(...closedAgain(doors, targets));
  }
  return warnings;
}

/** What a change keeps of ufw's rules, so that one that it takes away can come back to its place. */
export function rulesBefore(operations: readonly Operation[], snapshot: Snapshot): readonly string[] | null {
  if (!operations.some(({ kind }) => kind === 'ufw-delete')) return null;
  return (ufw.readUfw(snapshot).value?.tuples ?? []).map(ruleKey);
}
