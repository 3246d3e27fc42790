/**
 * Outcomes -> who gets through. Certain splits are disjoint; only undecided matches and rates make outcomes overlap, and
 * where they do, this decides what may be said.
 */
import type { AddressSet } from '../address.ts';
import { type Interval, type Intervals, equal, has, normalize } from '../intervals.ts';
import type { Verdict } from '../model.ts';
import { ALL_PORTS } from './flow.ts';
import type { Outcome } from './path.ts';

export interface Resolved {
  readonly open: AddressSet;
  readonly limited: AddressSet;
  readonly blocked: AddressSet;
  readonly unknown: AddressSet;
  /** The outcomes that speak for each verdict. */
  readonly by: { readonly [verdict in Verdict]: readonly Outcome[] };
}

/** How to count a part of the sources whose source port decides: `can` = somebody who chooses his port gets through. */
type SourcePorts = 'can' | 'unknown';

export function resolve(outcomes: readonly Outcome[], sourcePorts: SourcePorts): Resolved {
  return outcomes.every(isCertain) ? resolveCertain(outcomes) : resolveOverlaps(outcomes, sourcePorts);
}

/** Nothing had to be assumed to come here: its sources are its own, no other outcome has them. */
const isCertain = ({ flow }: Outcome): boolean => flow.assumed.length === 0 && !flow.rate && isWhole(flow.sourcePorts);

function resolveCertain(outcomes: readonly Outcome[]): Resolved {
  const of = (verdict: Verdict): readonly Outcome[] => outcomes.filter((outcome) => outcome.verdict === verdict);
  const by = { open: of('open'), limited: [], blocked: of('blocked'), unknown: of('unknown') };
  const sources = (list: readonly Outcome[]): AddressSet => normalize(list.flatMap(({ flow }) => flow.sources));
  return { open: sources(by.open), limited: [], blocked: sources(by.blocked), unknown: sources(by.unknown), by };
}

function resolveOverlaps(outcomes: readonly Outcome[], sourcePorts: SourcePorts): Resolved {
  const sets: Record<Verdict, Interval<bigint>[]> = { open: [], limited: [], blocked: [], unknown: [] };
  const by: Record<Verdict, Set<Outcome>> = {
    open: new Set(),
    limited: new Set(),
    blocked: new Set(),
    unknown: new Set(),
  };
  for (const [first, last] of atoms(outcomes)) {
    const here = outcomes.filter((outcome) => has(outcome.flow.sources, first));
    const verdict = verdictOf(here, sourcePorts);
    sets[verdict].push([first, last]);
    for (const outcome of here) if (speaksFor(outcome, verdict)) by[verdict].add(outcome);
  }
  return {
    open: normalize(sets.open),
    limited: normalize(sets.limited),
    blocked: normalize(sets.blocked),
    unknown: normalize(sets.unknown),
    by: { open: [...by.open], limited: [...by.limited], blocked: [...by.blocked], unknown: [...by.unknown] },
  };
}

const speaksFor = ({ verdict }: Outcome, said: Verdict): boolean =>
  said === 'unknown' || verdict === said || (said === 'limited' && verdict === 'open');

function verdictOf(here: readonly Outcome[], sourcePorts: SourcePorts): Verdict {
  const verdicts = new Set(here.map((outcome) => outcome.verdict));
  const [only] = verdicts;
  if (only === undefined) return 'unknown';
  if (verdicts.size === 1) return only;
  const assumed = here.some((outcome) => outcome.flow.assumed.length > 0);
  if (verdicts.has('unknown') || assumed) return 'unknown';
  const portDecides = here.some(({ flow }) => !isWhole(flow.sourcePorts));
  if (portDecides && sourcePorts === 'unknown') return 'unknown';
  // A rate lets some through and not others; a source port is for the sender to choose.
  if (!portDecides && !here.some((outcome) => outcome.flow.rate)) return 'unknown';
  const free = here.some((outcome) => outcome.verdict === 'open' && !outcome.flow.rate);
  return free && portDecides ? 'open' : 'limited';
}

const isWhole = (ports: Intervals<number>): boolean => ports === ALL_PORTS || equal(ports, ALL_PORTS);

/** The pieces that all outcomes' sets cut the addresses into: within one piece, the same outcomes hold. */
function atoms(outcomes: readonly Outcome[]): Interval<bigint>[] {
  if (outcomes.length === 1) return [...(outcomes[0] as Outcome).flow.sources];
  const starts = new Set<bigint>();
  for (const { flow } of outcomes) {
    for (const [first, last] of flow.sources) {
      starts.add(first);
      starts.add(last + 1n);
    }
  }
  const sorted = [...starts].sort((a, b) => (a < b ? -1 : 1));
  const out: Interval<bigint>[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const first = sorted[i] as bigint;
    if (outcomes.some(({ flow }) => has(flow.sources, first))) out.push([first, (sorted[i + 1] as bigint) - 1n]);
  }
  return out;
}
