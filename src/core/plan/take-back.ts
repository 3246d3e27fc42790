/**
 * The operations that take one change of the history back on the machine as it is now, in reverse order: only what is
 * still that change's doing, and nothing of anybody else's. Whoever carries them out works them out once more.
 */
import { layerOf, layersOf, ufw } from '../firewalls/registry.ts';
import type { Change, Operation, Protocol, Snapshot, Target, UfwTuple } from '../model.ts';
import { type NotBack, problem } from '../problem.ts';
import { readUnits, type Unit } from '../services/index.ts';
import { inForce, isSeen, type Mark, ruleKey } from './inverse.ts';
import { isBack, isMadeBetween, laterOn, type Ledger, ledgerOf, madeLater, missedBy, neededBy } from './ledger.ts';
import { placeOf } from './place.ts';
import { covered } from './recipe.ts';
import type { Left, LeftWhy, NamedChange } from '../told.ts';
import { distinct } from './distinct.ts';
import { leftWords } from './english/left.ts';
import { asItStands } from './windows-marks.ts';

interface TakingBack {
  readonly operations: readonly Operation[];
  /** What is left as it is, and why. */
  readonly left: readonly Left[];
}

/** The change, where it is one that can be taken back. Throws a ProblemError. */
export function demandApplied(changes: readonly Change[], id: string): Change {
  const change = changes.find((one) => one.id === id);
  if (change === undefined) throw problem('bad-input', { kind: 'no-such-change' });
  switch (change.state) {
    case 'applied':
      return change;
    case 'waiting':
      throw problem('busy', { kind: 'waits', change: id });
    case 'undone':
      throw problem('nothing-to-do', { kind: 'undone-already', change: named(change) });
    case 'rolled-back':
    case 'failed':
      throw problem('unsupported', { kind: 'not-in-force', change: named(change) });
  }
}

/** @param changes newest first, as the history has them */
export function takeBack(changes: readonly Change[], change: Change, snapshot: Snapshot): TakingBack {
  const ledger = ledgerOf(changes);
  const at = ledger.findIndex((entry) => entry.change === change);
  const state = ufw.readUfw(snapshot).value;
  const now = new Set(inForce(snapshot));
  const units = readUnits(snapshot).value;
  let tuples = state?.tuples ?? [];
  const operations: Operation[] = [];
  const left: Left[] = [];
  for (const mark of ledger[at]?.marks.toReversed() ?? []) {
    const why: LeftWhy | null = isSeen(mark, snapshot)
      ? whyLeft(ledger, at, mark, now, { tuples, ipv6: state?.ipv6 === true, units })
      : { kind: 'unseen' };
    if (why !== null) {
      left.push({ kind: 'left', thing: mark.thing, why });
      continue;
    }
    const back = asItStands(mark.back, snapshot);
    if (back === null) {
      left.push({ kind: 'left', thing: mark.thing, why: { kind: 'rule-changed' } });
      continue;
    }
    operations.push(back);
    if (mark.there) now.delete(mark.key);
    else now.add(mark.key);
    if (isRule(back)) tuples = editedBy(tuples, back);
  }
  return { operations: placed(ledger, at, arranged(operations, state), state), left: distinct(left, leftWords) };
}

type RuleOperation = Operation & { readonly kind: 'ufw-insert' | 'ufw-delete' | 'ufw-prepend' };
const isRule = (operation: Operation): operation is RuleOperation =>
  operation.kind === 'ufw-insert' || operation.kind === 'ufw-delete' || operation.kind === 'ufw-prepend';

interface There {
  readonly tuples: readonly UfwTuple[];
  readonly ipv6: boolean;
  readonly units: ReadonlyMap<string, Unit>;
}

/** Why something is left as it is; null: it is this change's doing, and can be taken back. */
function whyLeft(
  ledger: Ledger,
  at: number,
  { key, there, back }: Mark,
  now: ReadonlySet<string>,
  { tuples, ipv6, units }: There,
): LeftWhy | null {
  const later = laterOn(ledger, key, at);
  const isGone = back.kind === 'ufw-insert' && !now.has(key);
  const instead = isGone ? tuples.find((other) => ufw.sameRule(other, back.tuple)) : undefined;
  if (there) {
    if (!now.has(key)) return { kind: 'differs' };
    const needed = neededBy(ledger, key, at);
    if (needed !== null) return { kind: 'needed', later: named(needed) };
    if (later !== null && !isBack(ledger, key, at)) return { kind: 'made-by-hand', later: named(later.change) };
  } else {
    // The same rule, made by another: taken back one after the other, neither would be there in the end.
    const maker = back.kind === 'ufw-insert' ? madeLater(ledger, key, at) : null;
    const isAsLeft = later !== null && now.has(key) === later.there;
    const isOnTop = maker !== null && isAsLeft && instead === undefined;
    if (isOnTop && back.kind === 'ufw-insert') throw onTop(back.tuple, later.change);
    if (now.has(key)) return { kind: 'there' };
    if (back.kind === 'service-start' && units.get(back.unit)?.gone === true) return { kind: 'unit-gone' };
    if (later?.there === true) return { kind: 'taken-by-hand', later: named(later.change) };
    // What went later may have been the rule of one between the two.
    if (later !== null && !isMadeBetween(ledger, key, at, later.at))
      return { kind: 'taken-too', later: named(later.change) };
    const missed = missedBy(ledger, key, at);
    if (missed !== null) return { kind: missed.stands ? 'taken-before' : 'belonged', to: named(missed.change) };
  }
  if (!isRule(back) || back.kind === 'ufw-prepend') return null;
  if (back.tuple.family === 6 && !ipv6) return { kind: 'no-ipv6' };
  if (instead === undefined) return null;
  demandNotBuiltOn(ledger, at, back.tuple, instead);
  return { kind: 'replaced', by: ufw.ruleText(instead) };
}

const named = ({ id, summary }: Change): NamedChange => ({ id, summary });

/** Where a later change made that rule, the old one would never come back: the later one has to go first. */
function demandNotBuiltOn(ledger: Ledger, at: number, tuple: UfwTuple, instead: UfwTuple): void {
  const maker = laterOn(ledger, ruleKey(instead), at);
  if (maker?.there !== true) return;
  throw cannot(tuple, { is: 'built-on', by: ufw.ruleText(instead), later: named(maker.change) });
}

const onTop = (tuple: UfwTuple, change: Change) => cannot(tuple, { is: 'same-rule', later: named(change) });

const cannot = (tuple: UfwTuple, why: NotBack) =>
  problem('unsupported', { kind: 'rule-not-back', family: tuple.family, rule: ufw.ruleText(tuple), why });

function editedBy(tuples: readonly UfwTuple[], operation: RuleOperation): readonly UfwTuple[] {
  const edit = ufw.editTuples(tuples, operation);
  if (edit !== null) return edit.tuples;
  if (operation.kind !== 'ufw-insert') throw problem('unsupported', { kind: 'step-skipped' });
  throw cannot(operation.tuple, { is: 'comment' });
}

/** Where one block gives way to another one of the same port, two halves of the address space stand in meanwhile. */
function withCover(operations: readonly Operation[], state: ufw.UfwState | null): readonly Operation[] {
  if (state?.enabled !== true || operations.some(({ kind }) => kind === 'ufw-disable')) return operations;
  const blocks = (kind: 'ufw-insert' | 'ufw-delete'): readonly Target[] =>
    operations.flatMap((one) => (one.kind === kind && isBlock(one.tuple) ? targetOf(one.tuple) : []));
  const puts = blocks('ufw-insert');
  const both = blocks('ufw-delete').filter((target, index, all) => {
    const isSame = (one: Target): boolean => one.protocol === target.protocol && one.port === target.port;
    return puts.some(isSame) && all.findIndex(isSame) === index;
  });
  return both.reduce((covering: readonly Operation[], target) => covered(state, target, covering), operations);
}

/**
 * One firewall after the other. In ufw, what goes goes before what comes, so that a rule that was moved stands once; what
 * blocks comes before what lets in; and all is ready when ufw is turned on. What starts a service comes before it.
 */
function arranged(operations: readonly Operation[], state: ufw.UfwState | null): readonly Operation[] {
  const rank = (one: Operation): number => {
    if (one.kind === 'ufw-insert') return isBlock(one.tuple) ? 1 : 2;
    // A socket does not start any more once what it starts runs.
    if (one.kind === 'service-start') return one.unit.endsWith('.service') ? 1 : 0;
    return one.kind === 'ufw-enable' ? 3 : 0;
  };
  return layersOf(operations).flatMap((layer) => {
    const own = operations.filter((one) => layerOf(one) === layer).sort((a, b) => rank(a) - rank(b));
    return layer === 'ufw' ? withCover(own, state) : own;
  });
}

const isBlock = ({ action }: UfwTuple): boolean => action === 'deny' || action === 'reject';

function targetOf({ protocol, dport }: UfwTuple): readonly Target[] {
  const isProtocol = (text: string): text is Protocol => text === 'tcp' || text === 'udp';
  return isProtocol(protocol) && /^\d+$/.test(dport) ? [{ protocol, port: Number(dport) }] : [];
}

/** The same, with ufw's number of the place for each rule that comes back. Throws a ProblemError where there is none. */
function placed(
  ledger: Ledger,
  at: number,
  operations: readonly Operation[],
  state: ufw.UfwState | null,
): readonly Operation[] {
  let tuples = state?.tuples ?? [];
  return operations.map((operation) => {
    if (!isRule(operation)) return operation;
    const numbered = operation.kind === 'ufw-insert' ? numberedIn(ledger, at, operation.tuple, tuples) : operation;
    tuples = editedBy(tuples, numbered);
    return numbered;
  });
}

function numberedIn(ledger: Ledger, at: number, tuple: UfwTuple, tuples: readonly UfwTuple[]): RuleOperation {
  if (ledger[at]?.change.rules?.includes(ruleKey(tuple)) !== true) {
    throw cannot(tuple, { is: 'no-place' });
  }
  const family = tuples.filter((other) => other.family === tuple.family);
  const index = placeOf(ledger, at, tuple, family);
  if (index === null) throw cannot(tuple, { is: 'reordered' });
  const number = ufw.numberOfIndex(tuples, tuple.family, index);
  if (number === undefined) throw cannot(tuple, { is: 'profiles' });
  return { kind: 'ufw-insert', tuple: ufw.withLine(tuple), number };
}
