/** Do two walks of the same class end alike for every packet in it? */
import { type AddressSet, NOTHING } from '../address.ts';
import { type Intervals, equal, has, union } from '../intervals.ts';
import { ALL_PORTS } from '../reach/flow.ts';
import type { Outcome } from '../reach/path.ts';

/** What happens to a packet, as far as anybody can notice it: a reject is answered, and how is part of it. */
function fateOf({ verdict, flow }: Outcome): string {
  const { packet, passed } = flow;
  if (verdict === 'open') return `open ${packet.mark} ${packet.ctMark}`;
  if (passed?.effect !== 'reject') return verdict;
  return `reject ${/--reject-with (\S+)/.exec(passed.rule)?.[1] ?? /\breject\b.*$/.exec(passed.rule)?.[0] ?? ''}`;
}

const isCertain = ({ flow }: Outcome): boolean => flow.assumed.length === 0 && !flow.rate;

/**
 * True only where it is proved. Where something had to be assumed, the same parts must come out in the same number, and
 * all that the rule takes must have one fate: then it does not matter which assumption holds.
 *
 * @param through was the outcome decided by the rules in question?
 */
export function alike(
  before: readonly Outcome[],
  after: readonly Outcome[],
  through: (outcome: Outcome) => boolean,
): boolean {
  if (before.some(isUnknown) || after.some(isUnknown)) return false;
  const guessed = before.filter((outcome) => !isCertain(outcome));
  const taken = new Set(guessed.filter(through).map(fateOf));
  if (taken.size > 1) return false;
  if (
    !sameList(
      guessed,
      after.filter((outcome) => !isCertain(outcome)),
    )
  )
    return false;
  return sameSets(before.filter(isCertain), after.filter(isCertain));
}

const isUnknown = ({ verdict }: Outcome): boolean => verdict === 'unknown';

function sameList(a: readonly Outcome[], b: readonly Outcome[]): boolean {
  if (a.length !== b.length) return false;
  const key = (outcome: Outcome): string => {
    const { flow } = outcome;
    const sets = [flow.sources, flow.sourcePorts].map((set) => set.map(([first, last]) => `${first}-${last}`).join());
    return [fateOf(outcome), flow.rate, ...sets, ...flow.assumed.map(({ text }) => text).sort()].join('|');
  };
  const [one, other] = [a.map(key).sort(), b.map(key).sort()];
  return one.every((text, at) => text === other[at]);
}

function sameSets(a: readonly Outcome[], b: readonly Outcome[]): boolean {
  return portsOf([...a, ...b]).every((port) => {
    const [one, other] = [fatesAt(a, port), fatesAt(b, port)];
    return [...new Set([...one.keys(), ...other.keys()])].every((fate) =>
      equal(one.get(fate) ?? NOTHING, other.get(fate) ?? NOTHING),
    );
  });
}

/** One source port of every interval that no outcome splits. */
function portsOf(outcomes: readonly Outcome[]): readonly number[] {
  const split = outcomes.filter(({ flow }) => flow.sourcePorts !== ALL_PORTS);
  const cuts = split.flatMap(({ flow }) => flow.sourcePorts.flatMap(([first, last]) => [first, last + 1]));
  return [...new Set([0, ...cuts])].filter((port) => port <= 65535);
}

function fatesAt(outcomes: readonly Outcome[], port: number): ReadonlyMap<string, AddressSet> {
  const fates = new Map<string, AddressSet>();
  for (const outcome of outcomes) {
    const ports: Intervals<number> = outcome.flow.sourcePorts;
    if (ports !== ALL_PORTS && !has(ports, port)) continue;
    const fate = fateOf(outcome);
    fates.set(fate, union(fates.get(fate) ?? NOTHING, outcome.flow.sources));
  }
  return fates;
}
