/**
 * The way of the packets as one list: every rule that did something, in the order in which the kernel comes to them, with
 * the sources that it did it to. Made from all outcomes of one walk, so that it shows those who are turned away beside
 * those who are let in.
 */
import { type AddressSet, EVERYTHING, formatSet } from '../address.ts';
import { type Interval, equal, intersect, minus, normalize, union } from '../intervals.ts';
import type { Family, TraceStep, Verdict } from '../model.ts';
import { ALL_PORTS, type Flow, type Passed } from './flow.ts';
import type { Outcome } from './path.ts';
import type { Resolved } from './resolve.ts';
import { decidingSteps, isFinal, stepsOf, wordsFor } from './words.ts';

/** Where a base chain stands on the way, by its key. */
export type Ranks = ReadonlyMap<string, number>;

/** Ranges that are written out for a step; the rest is counted. */
const WRITTEN = 16;

interface Gathered {
  readonly steps: readonly Passed[];
  readonly at: number;
  readonly order: readonly number[];
  readonly sources: Interval<bigint>[];
  readonly flows: Flow[];
  /** Sources whose way ends here. */
  readonly ends: Interval<bigint>[];
  decides: Verdict | null;
}

/** @param ranks of the family's base chains */
export function traceOf(outcomes: readonly Outcome[], resolved: Resolved, family: Family, ranks: Ranks): TraceStep[] {
  const { by } = resolved;
  const found = new Map<string, Gathered>();
  // Outcomes share their past: most steps were met before.
  const met = new Map<Passed, Gathered>();
  for (const outcome of outcomes) {
    const steps = stepsOf(outcome.flow);
    const verdict = VERDICTS.find((name) => by[name].includes(outcome)) ?? null;
    const deciding = verdict === null ? [] : decidingSteps(outcome, steps);
    const last = steps.findLastIndex(isFinal);
    for (const [at, step] of steps.entries()) {
      const one = met.get(step) ?? gathered(steps, at, ranks, found);
      met.set(step, one);
      one.sources.push(...outcome.flow.sources);
      one.flows.push(outcome.flow);
      if (at === last) one.ends.push(...outcome.flow.sources);
      if (deciding.includes(at)) one.decides ??= verdict;
    }
  }
  const inOrder = [...found.values()].sort((a, b) => compare(a.order, b.order));
  const everyone = EVERYTHING[family];
  /** What the base chain at hand has decided about so far. */
  let gone: AddressSet = [];
  let chain = '';
  return partsOf(inOrder, resolved.unknown).map(({ one, sources, when, decides }) => {
    const here = one.order.slice(0, 2).join();
    if (here !== chain) [chain, gone] = [here, []];
    const share = equal(sources, everyone)
      ? 'everyone'
      : gone.length > 0 && equal(sources, minus(everyone, gone))
        ? 'rest'
        : 'some';
    if (isFinal(one.steps[one.at] as Passed)) gone = union(gone, sources);
    return stepOf({ one, sources, when, decides }, share, family);
  });
}

/** A step, or that part of it of which something else is to be said. */
interface Part {
  readonly one: Gathered;
  readonly sources: AddressSet;
  readonly when: TraceStep['when'];
  readonly decides: Verdict | null;
}

/**
 * A step at which ways end says of each source what the answer says: it only perhaps does it to those of whom it cannot be
 * told; of the others it is certain where nothing after it would have to catch them.
 */
function partsOf(inOrder: readonly Gathered[], unknown: AddressSet): readonly Part[] {
  let later: AddressSet = [];
  const parts = inOrder.toReversed().flatMap((one): readonly Part[] => {
    const sources = normalize(one.sources);
    const { decides } = one;
    const when = whenOf(one.flows);
    if (one.ends.length === 0) return [{ one, sources, when, decides }];
    const ends = normalize(one.ends);
    const before = later;
    later = union(later, ends);
    if (!TELLS.test((one.steps[one.at] as Passed).effect)) return [{ one, sources, when, decides }];
    const untold = intersect(ends, unknown);
    const told = minus(sources, untold);
    const caught = when === 'perhaps' && intersect(told, before).length === 0 && minus(told, ends).length === 0;
    const certain = caught ? whenOf(one.flows, false) : when;
    // All of it is unsure: then it is one step.
    if (told.length === 0 || certain === 'perhaps') return [{ one, sources, when: 'perhaps', decides }];
    const sure: Part = { one, sources: told, when: certain, decides };
    if (untold.length === 0) return [sure];
    return [{ one, sources: untold, when: 'perhaps', decides: decides === null ? null : 'unknown' }, sure];
  });
  return parts.toReversed();
}

const TELLS = /^(accept|drop|reject)$/;

function whenOf(flows: readonly Flow[], doubted = true): TraceStep['when'] {
  if (doubted && flows.every(({ assumed }) => assumed.length > 0)) return 'perhaps';
  if (flows.every(({ rate }) => rate)) return 'rate';
  return flows.every(({ sourcePorts }) => !equal(sourcePorts, ALL_PORTS)) ? 'ports' : 'always';
}

const VERDICTS = ['open', 'limited', 'blocked', 'unknown'] as const;

function stepOf({ one, sources, when, decides }: Part, share: TraceStep['share'], family: Family): TraceStep {
  const { hook, chain, rule, effect } = one.steps[one.at] as Passed;
  const { firewall, rule: words } = wordsFor(one.steps, one.at, one.flows[0] as Flow);
  return {
    hook,
    chain,
    rule,
    effect,
    firewall,
    words,
    sources: formatSet(sources.slice(0, WRITTEN), family),
    more: Math.max(0, sources.length - WRITTEN),
    share,
    when,
    decides,
  };
}

/** A chain that is visited twice is one step with the sources of both visits. */
function gathered(steps: readonly Passed[], at: number, ranks: Ranks, found: Map<string, Gathered>): Gathered {
  const { hook, chainKey, at: place, effect } = steps[at] as Passed;
  const key = `${hook} ${chainKey} ${place} ${effect}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const one = { steps, at, order: orderOf(steps, at, ranks), sources: [], flows: [], ends: [], decides: null };
  found.set(key, one);
  return one;
}

/**
 * Where a step stands: its hook, the rank of its base chain, then the place of its rule there and in each chain that was
 * visited on the way.
 */
function orderOf(steps: readonly Passed[], last: number, ranks: Ranks): readonly number[] {
  const { hook, depth: deepest } = steps[last] as Passed;
  const path: number[] = [];
  let base = 0;
  for (let depth = deepest, i = last; depth >= 0 && i >= 0; i--) {
    const step = steps[i] as Passed;
    if (step.depth !== depth) continue;
    path.unshift(step.at);
    if (depth === 0) base = ranks.get(step.chainKey) ?? 0;
    depth--;
  }
  return [HOOKS.indexOf(hook), base, ...path];
}

/** Routing stands between the hooks; delivery, to a socket or to another computer, comes last. */
const HOOKS: readonly string[] = ['prerouting', 'routing', 'input', 'forward', 'postrouting', 'delivery'];

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? -1) - (b[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
