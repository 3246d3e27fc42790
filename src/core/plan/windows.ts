/**
 * Choices carried out in Windows Firewall. A block beats what only lets in there, and a rule of Portcullis's own is all that is
 * ever made or taken away; a rule of somebody else's is turned off or on where nothing else does it, and only where the
 * prediction proves that it does, and that nothing else changes. Nothing that opens a port is ever made.
 */
import { EVERYTHING, setOf } from '../address.ts';
import { isReached } from '../advice/audience.ts';
import { predict, windows } from '../firewalls/registry.ts';
import { minus } from '../intervals.ts';
import type { Audience, ListenerReach, NewChoice, Operation, Report, Target } from '../model.ts';
import { problem, ProblemError } from '../problem.ts';
import { letsThrough } from '../reach/summary.ts';
import type { Warning } from '../told.ts';
import { checkWays, isAt, type PortChoice } from './check-ways.ts';
import { decidingFirst, noWayThrough } from './demands.ts';
import { choiceWarnings, sharedNetworks } from './draft.ts';
import type { Seen } from './firewalld.ts';
import { bare, effectsOf, endsAt, endsOf, isOpen, listenersOn, opensMore, portNamed, sameReach } from './reach-sets.ts';
import { networksOf, spared } from './recipe.ts';
import { rulesUnknown } from './unknown.ts';
import { demandNotFixed, stillOpenAt } from './windows-fixed.ts';
import { foreignRules } from './windows-covers.ts';
import { turningOn } from './windows-on.ts';
import { byWidth, isBounded } from './windows-width.ts';

type Op = windows.WindowsOperation;

/** All rules and settings, read from where they are written. Throws a ProblemError otherwise. */
export function demandWindows({ snapshot }: Pick<Seen, 'snapshot'>): void {
  const gap = windows.unreadOf(snapshot);
  if (gap !== null) throw rulesUnknown(gap.means, false);
}

const foreseen = new WeakMap<Seen, Map<string, Seen>>();

/** The machine after some operations; judging it is what takes long, and what one port needs is checked once more for all. */
function afterOn(seen: Seen, operations: readonly Operation[]): Seen {
  if (operations.length === 0) return seen;
  const known = foreseen.get(seen) ?? new Map<string, Seen>();
  foreseen.set(seen, known);
  const key = JSON.stringify(operations);
  const before = known.get(key);
  if (before !== undefined) return before;
  const snapshot = predict(seen.snapshot, operations);
  const then = { ...seen, snapshot, report: seen.judge(snapshot) };
  known.set(key, then);
  return then;
}

interface Drafted {
  readonly operations: readonly Op[];
  readonly warnings: readonly Warning[];
}

// ---------------------------------------------------------------- closing

const FAMILIES = [4, 6] as const;

/** Everybody but those who are spared, exactly. */
function blockFor(report: Report, { protocol, port }: Target, audience: Audience): windows.Block {
  const from =
    audience === 'everyone'
      ? ('any' as const)
      : FAMILIES.flatMap((family) =>
          windows.rangesOf(minus(EVERYTHING[family], spared(report, audience, family)), family),
        );
  return windows.blockOf({ protocol, port, from, profiles: [] });
}

/** Does the one block all that the other does? */
const covers = (one: windows.Block, other: windows.Block): boolean =>
  (one.profiles.length === 0 ||
    (other.profiles.length > 0 && other.profiles.every((profile) => one.profiles.includes(profile)))) &&
  FAMILIES.every((family) => {
    const of = ({ from }: windows.Block) =>
      from === 'any' ? EVERYTHING[family] : windows.meantBy(setOf(from, family) ?? [], family);
    return minus(of(other), of(one)).length === 0;
  });

const off = ({ id, text }: windows.Switchable): Op => ({ kind: 'windows-disable', id, rule: text });
const on = ({ id, text }: Pick<windows.Switchable, 'id' | 'text'>): Op => ({ kind: 'windows-enable', id, rule: text });

/** The block, and none of those beside it that it makes needless. */
function blocking(seen: Seen, choice: PortChoice, target: Target): readonly Op[] {
  const block = blockFor(seen.report, target, choice.audience);
  const own = windows.ownBlocks(seen.snapshot, target);
  const same = own.find((one) => windows.blockName(one.block) === windows.blockName(block));
  const put: readonly Op[] = same === undefined ? [{ kind: 'windows-block', ...block }] : same.active ? [] : [on(same)];
  const needless = own.filter((one) => one !== same && one.active && covers(block, one.block));
  return [...put, ...needless.map((one): Op => ({ kind: 'windows-unblock', ...one.block }))];
}

/** Would it do what was chosen, and nothing else? */
const isRight = (choice: PortChoice, before: Report, then: Report, fixed: readonly string[]): boolean => {
  try {
    checkWays(choice, before, then, { by: 'windows', fixed });
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
};

/** Null: it is as chosen, so that nobody would be shut out by more. */
function closeOne(seen: Seen, choice: PortChoice, target: Target): readonly Op[] | null {
  const { report } = seen;
  const alone = { ...choice, targets: [target] };
  const fixed = windows.fixedInterfaces(seen.snapshot);
  const operations = blocking(seen, choice, target);
  if (operations.length === 0 && endsAt(report, target).length === 0) return null;
  const refused = why(() => checkWays(alone, report, afterOn(seen, operations).report, { by: 'windows', fixed }));
  if (refused === null) return operations;
  if (refused.problem.code === 'nothing-to-do') return null;
  if (refused.problem.means.kind === 'windows-own-changed') throw refused;
  // Where a block does not do it, the one rule that lets it in may: for everyone, since it lets in nobody then.
  const rules = choice.audience === 'everyone' ? byWidth(windows.switchables(seen.snapshot)) : [];
  const instead = rules
    .filter(({ active, rule }) => active && rule.action !== 'block' && windows.concerns(rule, target))
    .map(off)
    .find((operation) => isRight(alone, report, afterOn(seen, [operation]).report, fixed));
  if (instead !== undefined) return [instead];
  const { here } = windows.managedIn(seen.snapshot);
  if (here.length > 0) throw problem('unsupported', { kind: 'windows-inert', profiles: here });
  throw operations.length === 0 ? stillLetIn(seen, choice, target) : refused;
}

function why(check: () => void): ProblemError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

function stillLetIn({ report }: Seen, choice: PortChoice, target: Target): Error {
  const decided = listenersOn(report, target)
    .flatMap(({ reach }) => reach)
    .filter(letsThrough)
    .flatMap(({ decidedBy }) => decidedBy);
  const port = portNamed(report, target);
  return noWayThrough({ kind: 'still-let-in', of: 'windows', port, by: decidingFirst(decided) }, report, choice);
}

const unique = (targets: readonly Target[]): readonly Target[] =>
  targets.filter((one, at) => targets.findIndex(isAt(one)) === at).map(bare);

function close(seen: Seen, choice: PortChoice): Drafted {
  const { report } = seen;
  const targets = unique(choice.targets);
  const nets = FAMILIES.flatMap((family) => networksOf(spared(report, choice.audience, family), family));
  const said = [...sharedNetworks(nets), ...choiceWarnings(report, choice)];
  const { all, here } = windows.managedIn(seen.snapshot);
  if (all.length === windows.PROFILES.length) throw problem('unsupported', { kind: 'windows-inert', profiles: all });
  const others = all.filter((profile) => !here.includes(profile));
  const inertIn: Warning[] = others.length === 0 ? [] : [{ kind: 'windows-inert-in', profiles: others }];
  for (const target of targets) demandNotFixed(seen, target);
  const fixed = windows.fixedInterfaces(seen.snapshot);
  const left = stillOpenAt(report, targets, fixed);
  if (left.length > 0) inertIn.push({ kind: 'windows-by-policy', interfaces: left });
  const off = windows.offByPolicy(seen.snapshot);
  if (windows.offIn(seen.snapshot).some((profile) => !off.includes(profile))) {
    const blocks = targets.flatMap((target) => blocking(seen, choice, target));
    const then = turningOn(seen, choice, blocks);
    checkWays(choice, report, afterOn(seen, then.operations).report, { by: 'windows', mayShut: () => true, fixed });
    return { operations: then.operations, warnings: [...said, ...inertIn, ...then.warnings] };
  }
  const operations: Op[] = [];
  const idle: Target[] = [];
  for (const target of targets) {
    const does = closeOne(afterOn(seen, operations), choice, target);
    if (does === null) idle.push(target);
    else operations.push(...does);
  }
  if (idle.length === targets.length) throw problem('nothing-to-do', { kind: 'shuts-nobody-out', targets });
  const done = { ...choice, targets: targets.filter((target) => !idle.some(isAt(target))) };
  checkWays(done, report, afterOn(seen, operations).report, { by: 'windows', fixed });
  const asIs = idle.map((target): Warning => ({ kind: 'nobody-to-shut-out', target }));
  return { operations, warnings: [...said, ...asIs, ...inertIn, ...foreignRules(operations)] };
}

// ---------------------------------------------------------------- opening

const letsIn = (one: ListenerReach): boolean => one.exposureComplete && isReached(one);

/** Is it open then, and all else as it was? */
function opens(before: Report, then: Report, target: Target): boolean {
  const others = endsOf(before).every((was) => {
    if (was.reach.some((way) => isAt(target)({ protocol: was.protocol, port: way.port }))) return true;
    const is = endsOf(then).find(({ id }) => id === was.id);
    return is !== undefined && sameReach(was, is);
  });
  const there = listenersOn(then, target);
  return others && there.length > 0 && there.every(letsIn);
}

/** Portcullis's own blocks away; where that is not enough, what others have made, as little of it as does. */
function openOne(seen: Seen, target: Target): readonly Op[] {
  const { report, snapshot } = seen;
  const listeners = listenersOn(report, target);
  const blocks = windows.ownBlocks(snapshot, target).filter(({ active }) => active);
  if (blocks.length === 0 && listeners.length > 0 && listeners.every(isOpen)) return [];
  const own = blocks.map(({ block }): Op => ({ kind: 'windows-unblock', ...block }));
  const without = afterOn(seen, own);
  if (listeners.length === 0) {
    if (own.length > 0) return own;
    throw problem('nothing-to-do', { kind: 'windows-no-block', targets: [target] });
  }
  const does = (more: readonly Op[]): boolean => opens(report, afterOn(without, more).report, target);
  const about = byWidth(windows.switchables(snapshot)).filter(({ rule }) => windows.concerns(rule, target));
  const shut = about.filter(({ active, rule }) => active && rule.action === 'block').map(off);
  const open = about.filter(({ active, rule }) => !active && rule.action === 'allow' && isBounded(rule)).map(on);
  const ways: readonly (readonly Op[])[] = [
    [],
    ...shut.map((one) => [one]),
    ...(shut.length > 1 ? [shut] : []),
    ...open.map((one) => [one]),
    ...(shut.length > 0 ? open.map((one) => [...shut, one]) : []),
  ];
  const found = ways.find(does);
  if (found !== undefined) return [...own, ...found];
  const changed = windows.changedOwn(snapshot, target);
  if (changed !== null) throw problem('unsupported', { kind: 'windows-own-changed', rule: changed });
  const decided = listenersOn(without.report, target)
    .flatMap(({ reach }) => reach.flatMap(({ decidedBy }) => decidedBy))
    .filter(({ rule }) => !rule.startsWith('default '));
  throw problem('unsupported', {
    kind: 'windows-stays-shut',
    port: portNamed(report, target),
    by: decidingFirst(decided),
  });
}

function reopen(seen: Seen, choice: PortChoice): Drafted {
  const operations: Op[] = [];
  for (const target of unique(choice.targets)) operations.push(...openOne(afterOn(seen, operations), target));
  if (operations.length === 0) {
    throw problem('nothing-to-do', { kind: 'open-already', targets: choice.targets.map(bare), zones: false });
  }
  checkWays(choice, seen.report, afterOn(seen, operations).report, { by: 'windows' });
  return { operations, warnings: foreignRules(operations) };
}

// ---------------------------------------------------------------- the rest

function removeOpening(seen: Seen, targets: readonly Target[]): Drafted {
  const { report, snapshot } = seen;
  const rules = unique(targets).flatMap((target) => windows.openingRules(snapshot, target));
  if (rules.length === 0) throw problem('unsupported', { kind: 'windows-no-opening', targets: targets.map(bare) });
  const operations = rules.map(off);
  const then = afterOn(seen, operations).report;
  const kept = report.listeners.filter((one) => one.kept);
  const ends = effectsOf(report, then).filter(({ listener }) => kept.some(({ id }) => id === listener));
  if (ends.length > 0) {
    throw problem('unsupported', {
      kind: 'also-changes',
      ends: ends.map(({ listener, name }) => ({ listener, name })),
    });
  }
  const used = targets.filter((target) => listenersOn(report, target).length > 0);
  const inUse = used.map((target): Warning => ({ kind: 'in-use', port: portNamed(report, target) }));
  return { operations, warnings: [...foreignRules(operations), ...inUse] };
}

/** The operations of a choice. Throws a ProblemError where it cannot be done, or would do something else. */
export function windowsOperations(seen: Seen, choice: NewChoice): Drafted {
  demandWindows(seen);
  switch (choice.kind) {
    case 'close':
      return close(seen, choice);
    case 'reopen':
      return reopen(seen, choice);
    case 'remove-opening':
      return removeOpening(seen, choice.targets);
    case 'enable-firewall': {
      if (windows.offIn(seen.snapshot).length === 0) throw problem('nothing-to-do', { kind: 'firewall-on-already' });
      const drafted = turningOn(seen, choice, []);
      demandNothingOpened(seen.report, afterOn(seen, drafted.operations).report);
      return drafted;
    }
  }
}

function demandNothingOpened(before: Report, then: Report): void {
  for (const was of before.listeners) {
    const is = then.listeners.find(({ id }) => id === was.id);
    if (is !== undefined && opensMore(was, is))
      throw problem('unsupported', { kind: 'would-let-in', port: portNamed(before, was) });
  }
}
