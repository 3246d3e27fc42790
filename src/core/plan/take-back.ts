/**
 * The operations that take one change of the history back on the machine as it is now, in reverse order: only what is
 * still that change's doing, and nothing of anybody else's. Whoever carries them out works them out once more.
 */
import { layerOf, layersOf, ufw } from '../firewalls/registry.ts';
import type { Change, Operation, Protocol, Snapshot, Target, UfwTuple } from '../model.ts';
import { type NotBack, problem } from '../problem.ts';
import { readUnits, type Unit } from '../services/index.ts';
import { answersFor, onTop, whyNotBack, whyStays } from './claims.ts';
import { inForce, inverse, isSeen, type Mark, ruleKey } from './inverse.ts';
import { appliedAs, type Ledger, ledgerOf, rootOf, stands } from './ledger.ts';
import { type Making, type Story, storyOf } from './owners.ts';
import { placeOf } from './place.ts';
import { covered } from './recipe.ts';
import type { Left, LeftWhy, NamedChange, Thing } from '../told.ts';
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
  const there = new Set(now);
  for (const mark of marksOf(ledger, at)) {
    const why: LeftWhy | null = isSeen(mark, snapshot)
      ? whyLeft(ledger, at, mark, { now, there, tuples, ipv6: state?.ipv6 === true, units })
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
    if (mark.there) there.delete(mark.key);
    else there.add(mark.key);
    if (isRule(back)) tuples = editedBy(tuples, back);
  }
  return { operations: placed(ledger, at, arranged(operations, state), state), left: distinct(left, leftWords) };
}

/**
 * What is to be taken back, in the order in which it is: what the change did itself, and, of an undo, what it had to leave of
 * the change that it is about. That can have become possible since. What goes goes first: it may stand in the place of what
 * comes.
 */
function marksOf(ledger: Ledger, at: number): readonly Mark[] {
  const own = ledger[at]?.marks ?? [];
  const root = rootOf(ledger, at);
  const rest = root === at ? [] : (ledger[root]?.marks ?? []);
  const left = rest.filter(({ key }) => own.every((mark) => mark.key !== key));
  const marks = [...own.toReversed(), ...(stands(ledger, root) ? left.toReversed() : left.map(turned))];
  return [...marks.filter(({ there }) => there), ...marks.filter(({ there }) => !there)];
}

/** The same thing, done the other way round. */
function turned(mark: Mark): Mark {
  const [back] = inverse(mark.back);
  return back === undefined ? mark : { ...mark, there: back.there, back: back.back };
}

type RuleOperation = Operation & { readonly kind: 'ufw-insert' | 'ufw-delete' | 'ufw-prepend' };
const isRule = (operation: Operation): operation is RuleOperation =>
  operation.kind === 'ufw-insert' || operation.kind === 'ufw-delete' || operation.kind === 'ufw-prepend';

interface There {
  /** The keys of all that is in force, and of what is as far as this undo has come. */
  readonly now: ReadonlySet<string>;
  readonly there: ReadonlySet<string>;
  readonly tuples: readonly UfwTuple[];
  readonly ipv6: boolean;
  readonly units: ReadonlyMap<string, Unit>;
}

/** Why something is left as it is; null: it is this change's doing, and can be taken back. Throws a ProblemError. */
function whyLeft(ledger: Ledger, at: number, mark: Mark, around: There): LeftWhy | null {
  const { key, back } = mark;
  const story = storyOf(ledger, key);
  const making = makingOf(ledger, at, mark, story);
  if (making === undefined) return { kind: 'differs' };
  const { now, there, tuples, ipv6, units } = around;
  const claim = { ledger, at, story, making, wasThere: now.has(key), isThere: there.has(key) };
  const isGone = back.kind === 'service-start' && units.get(back.unit)?.gone === true;
  const why = mark.there
    ? whyStays(claim)
    : isGone && !claim.isThere
      ? ({ kind: 'unit-gone' } as const)
      : whyNotBack(claim);
  if (why !== null) {
    if ('onTop' in why) throw isAbout(mark.thing, why.onTop);
    return why;
  }
  const isUfw = isRule(back) && back.kind !== 'ufw-prepend';
  if (isUfw && back.tuple.family === 6 && !ipv6) return { kind: 'no-ipv6' };
  if (mark.there) return null;
  const instead = isUfw ? tuples.find((other) => ufw.sameRule(other, back.tuple)) : undefined;
  if (isUfw && instead !== undefined) {
    demandNotBuiltOn(ledger, at, back.tuple, instead);
    return { kind: 'replaced', by: ufw.ruleText(instead) };
  }
  const first = onTop(claim);
  if (first !== null) throw isAbout(mark.thing, first);
  return null;
}

/** Which making of the thing it is about: what the change itself did, or the one that it is about in the end. */
function makingOf(
  ledger: Ledger,
  at: number,
  { there }: Pick<Mark, 'there'>,
  { puts, takes }: Story,
): Making | undefined {
  const root = rootOf(ledger, at);
  return (there ? puts.get(at) : takes.get(at)) ?? puts.get(root) ?? takes.get(root);
}

const named = ({ id, summary }: Change): NamedChange => ({ id, summary });

/** Where another change that stands made that rule, the old one would never come back: that one has to go first. */
function demandNotBuiltOn(ledger: Ledger, at: number, tuple: UfwTuple, instead: UfwTuple): void {
  const maker = answersFor({ ledger, at, story: storyOf(ledger, ruleKey(instead)) });
  if (maker === null) return;
  throw cannot(tuple, { is: 'built-on', by: ufw.ruleText(instead), later: named(appliedAs(ledger, maker)) });
}

const isAbout = (thing: Thing, later: NamedChange) => problem('unsupported', { kind: 'about-the-same', thing, later });

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
  const from = takenFrom(ledger, at, ruleKey(tuple));
  if (from < 0) throw cannot(tuple, { is: 'no-place' });
  const family = tuples.filter((other) => other.family === tuple.family);
  const index = placeOf(ledger, { from, undone: at }, tuple, family);
  if (index === null) throw cannot(tuple, { is: 'reordered' });
  const number = ufw.numberOfIndex(tuples, tuple.family, index);
  if (number === undefined) throw cannot(tuple, { is: 'profiles' });
  return { kind: 'ufw-insert', tuple: ufw.withLine(tuple), number };
}

/** The change that took that rule out last, and knows the list that it stood in; -1: none does. */
function takenFrom(ledger: Ledger, at: number, key: string): number {
  const story = storyOf(ledger, key);
  const making = makingOf(ledger, at, { there: false }, story);
  return ledger.findLastIndex(
    ({ change }, one) => story.takes.get(one) === making && change.rules?.includes(key) === true,
  );
}
