/** Is a rule of use? Every class of packets that could come to it is walked, until one shows that it is. */
import type { OwnedRule } from '../firewalls/owned.ts';
import type { Rule } from '../firewalls/netfilter/model.ts';
import { intersect, normalize } from '../intervals.ts';
import type { Deciding } from '../model.ts';
import { matchTest } from '../reach/match.ts';
import type { Outcome } from '../reach/path.ts';
import { decidedBy } from '../reach/words.ts';
import { type Cell, cellsFor } from './classes.ts';
import { alike } from './fate.ts';
import { asksForMore, isLeftOpen } from './specialise.ts';
import { type HookWalk, NOWHERE, type RuleSet, passedThrough, unite } from './hook.ts';

/**
 * shadowed: no packet comes to it that it could match. redundant: what follows decides the same. overridden: it lets in,
 * and another tool's rule keeps out all that it lets in.
 */
export interface Fault {
  readonly kind: 'shadowed' | 'redundant' | 'overridden';
  readonly rule: OwnedRule;
  /** The rules that make it so, in their firewalls' own words. */
  readonly by: readonly Deciding[];
  /** Do those do the opposite of what the rule says? */
  readonly against: boolean;
}

/** How many walks are left; shared by all that is checked together. */
export interface Budget {
  left: number;
}

export interface Checked {
  readonly faults: readonly Fault[];
  readonly checked: number;
  /** Of those, the ones that could not be told. */
  readonly untold: number;
}

interface Subject {
  readonly rule: OwnedRule;
  readonly set: RuleSet;
  readonly kernel: readonly Rule[];
}

/** Null: it cannot be told, or there is no time left. */
type Walk = (cell: Cell, without?: RuleSet) => readonly Outcome[] | null;

interface Desk {
  readonly hook: HookWalk;
  readonly walk: Walk;
  /** All rules of people, to name those first. */
  readonly owned: RuleSet;
}

export function checkRules(hook: HookWalk, rules: readonly OwnedRule[], budget: Budget): Checked {
  const subjects = rules.flatMap((rule): Subject[] => {
    const kernel = rule.lines.flatMap((line) => hook.chains.get(rule.chain)?.rules[line] ?? []);
    const set = new Map([[rule.chain, new Set(rule.lines)]]);
    return kernel.length < rule.lines.length ? [] : [{ rule, set, kernel }];
  });
  const owned = unite(subjects.map(({ set }) => set));
  const desk: Desk = { hook, walk: walkWithin(hook, budget), owned };
  const faults: Fault[] = [];
  const gone: RuleSet[] = [];
  let untold = 0;
  const used: Subject[] = [];
  const tell = (fault: Fault | null, subject: Subject): void => {
    if (fault === null || !lasts(fault)) return;
    faults.push(fault);
    if (fault.kind !== 'overridden') gone.push(subject.set);
  };
  for (const subject of subjects) {
    const seen = isSeen(subject, desk);
    if (seen === null) untold++;
    else if (seen) used.push(subject);
    else tell(shadowed(subject, desk), subject);
  }
  for (const subject of used) tell(overridden(subject, desk) ?? redundant(subject, gone, desk), subject);
  return { faults, checked: subjects.length, untold };
}

/** What a program's own rule does as well is of use when the program is gone, and its rule with it. */
const lasts = ({ against, by }: Fault): boolean => against || by.every(({ firewall }) => LASTING.has(firewall));

const LASTING: ReadonlySet<string> = new Set(['ufw', 'iptables', 'nftables', 'kernel']);

/** All rules together are walked once for each class. */
function walkWithin(hook: HookWalk, budget: Budget): Walk {
  const known = new Map<string, readonly Outcome[] | null>();
  return (cell, without) => {
    const key = `${cell.state}|${cell.flags}|${cell.headers}|${cell.protocol}|${cell.port}|${cell.interface}|${cell.destination.type}|${cell.destination.value}`;
    const found = without === undefined ? known.get(key) : undefined;
    if (found !== undefined) return found;
    if (budget.left <= 0) return null;
    budget.left--;
    const outcomes = hook.walk(cell, without ?? null);
    if (without === undefined) known.set(key, outcomes);
    return outcomes;
  };
}

/** Does any packet come to the rule that it matches? Null: it cannot be told. */
function isSeen(subject: Subject, { hook, walk }: Desk): boolean | null {
  for (const cell of cellsFor(subject.kernel, hook.classes)) {
    const outcomes = walk(cell);
    if (outcomes === null) return null;
    if (outcomes.some((outcome) => passedThrough(outcome, subject.set))) return true;
    if (outcomes.some(({ verdict }) => verdict === 'unknown')) return null;
  }
  return false;
}

const isFirst = ({ state, flags, headers }: Cell): boolean =>
  state === 'new' && (flags === null || flags === 2) && headers === 'none';

function shadowed(subject: Subject, desk: Desk): Fault {
  const found = deciders(subject);
  for (const cell of cellsFor(subject.kernel, desk.hook.classes)) if (isFirst(cell)) found.add(desk.walk(cell) ?? []);
  const covering = found.list();
  const mine = covering.filter((outcome) => passedThrough(outcome, desk.owned));
  const by = mine.length > 0 ? mine : covering;
  const opposite = by.filter((outcome) => isOpposite(subject, outcome));
  const named = naming(opposite.length > 0 ? opposite : by);
  const elsewhere = named.every(({ firewall }) => firewall !== subject.rule.firewall);
  const lost = subject.rule.action === 'allow' && named.length > 0 && elsewhere && opposite.length === by.length;
  return {
    kind: lost ? 'overridden' : 'shadowed',
    rule: subject.rule,
    by: named,
    against: opposite.length > 0,
  };
}

const isOpposite = ({ rule }: Subject, { verdict }: Outcome): boolean =>
  rule.action === 'deny' ? verdict === 'open' : verdict === 'blocked';

/** An opening through which nobody gets, because a later chain of somebody else's drops all of it. */
function overridden(subject: Subject, { hook, walk }: Desk): Fault | null {
  if (subject.rule.action !== 'allow') return null;
  const stopping: Outcome[] = [];
  for (const cell of cellsFor(subject.kernel, hook.classes)) {
    if (!isFirst(cell)) continue;
    const through = walk(cell)?.filter((outcome) => passedThrough(outcome, subject.set));
    if (through === undefined || through.some((one) => one.verdict !== 'blocked')) return null;
    stopping.push(...through);
  }
  const by = naming(stopping);
  if (by.length === 0 || by.some(({ firewall }) => firewall === subject.rule.firewall)) return null;
  return { kind: 'overridden', rule: subject.rule, by, against: true };
}

/**
 * Without it all ends as before: without it alone, and without all others as well that were found to be of no use, so
 * that people may delete all of them.
 */
function redundant(subject: Subject, gone: readonly RuleSet[], { hook, walk, owned }: Desk): Fault | null {
  if (subject.rule.doesMore) return null;
  const all = unite([...gone, subject.set]);
  const [instead, before] = [deciders(subject), deciders(subject)];
  const through = (outcome: Outcome): boolean => passedThrough(outcome, subject.set);
  for (const cell of cellsFor(subject.kernel, hook.classes)) {
    const whole = walk(cell);
    if (whole === null) return null;
    if (whole.some(({ verdict }) => verdict === 'unknown')) return null;
    if (!whole.some(through)) continue;
    // Without the rule its packets would be counted by others that count.
    if (hook.counting.some((rule) => whole.some((outcome) => through(outcome) && couldMatch(rule, outcome))))
      return null;
    const less = walk(cell, subject.set);
    if (less === null || !alike(whole, less, through)) return null;
    if (gone.length > 0) {
      const least = walk(cell, all);
      if (least === null || !alike(whole, least, through)) return null;
    }
    if (!isFirst(cell)) continue;
    const taken = normalize(whole.filter(through).flatMap(({ flow }) => flow.sources));
    instead.add(less.filter(({ flow }) => intersect(flow.sources, taken).length > 0));
    before.add(whole.filter((outcome) => isOpposite(subject, outcome)));
  }
  const earlier = before.list().filter((outcome) => passedThrough(outcome, owned));
  const decided = instead.list().filter((outcome) => !isOpposite(subject, outcome));
  // What says no more than the default does is there for the day when the default changes.
  if (decided.length > 0 && !decided.some(isDefault))
    return { kind: 'redundant', rule: subject.rule, by: naming(decided), against: false };
  // It names a port that somebody gets into all the same: whoever wrote it may think otherwise.
  if (earlier.length > 0 && subject.rule.action === 'deny' && subject.rule.ports !== null)
    return { kind: 'redundant', rule: subject.rule, by: naming(earlier), against: true };
  return null;
}

/** Was it the policy that decided, or what ufw does in its place? */
function isDefault({ flow: { passed } }: Outcome): boolean {
  return (
    passed === null || passed.rule.startsWith('policy ') || /^ufw6?-(skip-to-policy|reject|track)-/.test(passed.chain)
  );
}

/** One outcome of each rule that decides about packets that the subject is about: its name is wanted, not its share. */
function deciders({ kernel }: Subject) {
  const known = new Map<string, Outcome>();
  return {
    add: (outcomes: readonly Outcome[]): void => {
      for (const outcome of outcomes) {
        const key = `${outcome.verdict} ${outcome.flow.passed?.chainKey} ${outcome.flow.passed?.rule}`;
        if (!known.has(key) && kernel.some((rule) => couldMatch(rule, outcome))) known.set(key, outcome);
      }
    },
    list: (): readonly Outcome[] => [...known.values()],
  };
}

const couldMatch = ({ statements }: Rule, { flow }: Outcome): boolean =>
  statements.every(
    (one) =>
      one.kind !== 'test' ||
      isLeftOpen(one.test.field, flow.packet.ctState) ||
      asksForMore(one.test) ||
      matchTest(flow, one.test, NOWHERE).yes.length > 0,
  );

/** Rules that are named one by one. */
const NAMED = 3;

const naming = (outcomes: readonly Outcome[]): readonly Deciding[] => decidedBy(outcomes).slice(0, NAMED);
