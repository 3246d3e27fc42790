/** What becomes of a class of packets at one hook, with all rules or without some. */
import { EVERYTHING } from '../address.ts';
import type { Chain, Hook, Rule } from '../firewalls/netfilter/model.ts';
import type { Family } from '../model.ts';
import { type ChainMap, type WalkChain, prepareChains } from '../reach/chains.ts';
import { ALL_PORTS, type Flow } from '../reach/flow.ts';
import { stages } from '../reach/order.ts';
import type { Outcome } from '../reach/path.ts';
import { makeSpace } from '../reach/space.ts';
import { walkBase } from '../reach/walk.ts';
import { type Cell, type Classes, classesOf } from './classes.ts';
import { specialise } from './specialise.ts';

/** Rules by the keys of their chains, and their places in them. */
export type RuleSet = ReadonlyMap<string, ReadonlySet<number>>;

export function unite(sets: readonly RuleSet[]): RuleSet {
  const all = new Map<string, Set<number>>();
  for (const set of sets)
    for (const [chain, places] of set) {
      const known = all.get(chain) ?? new Set();
      for (const at of places) known.add(at);
      all.set(chain, known);
    }
  return all;
}

export interface HookWalk {
  readonly classes: Classes;
  /** Chains that packets at this hook can come to. */
  readonly chains: ReadonlyMap<string, Chain>;
  /** Rules whose verdict depends on how many packets came to them before, and those that keep count. */
  readonly counting: readonly Rule[];
  /** Walk one class. Null: it is not known in which order the chains come. */
  readonly walk: (cell: Cell, without: RuleSet | null) => readonly Outcome[] | null;
}

/** The machine's own addresses play no part: what depends on them is left open. */
export const NOWHERE = makeSpace([], [], { entries: [], rules: { 4: null, 6: null } });
/** Marks may be anything; one that no rule is likely to set shows a rule that changes it. */
const SOME_MARK = 0x5a5a5a5a;

interface Ready {
  readonly chains: ChainMap;
  /** Null: more than one order is possible. */
  readonly bases: readonly WalkChain[] | null;
}

export function hookWalk(all: readonly Chain[], hook: Hook, family: Family): HookWalk {
  const reached = reachedFrom(all, hook, family);
  const classes = classesOf(reached, family);
  const byKey = new Map(reached.map((chain) => [chain.key, chain]));
  const prepared = new Map<string, Ready>();
  const ready = ({ state, flags, headers }: Cell): Ready => {
    const key = `${state}/${flags}/${headers}`;
    let found = prepared.get(key);
    if (found === undefined) {
      const copies = reached.map((chain) => specialise(chain, { state, flags, headers }));
      const chains = prepareChains(copies, true);
      const order = (stages(copies, chains).get(`${family}/${hook}`) ?? []).map(({ orders }) => orders);
      const certain = order.every((orders) => orders.length === 1);
      found = { chains, bases: certain ? order.flatMap(([only]) => only ?? []) : null };
      prepared.set(key, found);
    }
    return found;
  };
  return {
    classes,
    chains: byKey,
    counting: reached.flatMap((chain) => chain.rules.filter(({ text }) => COUNTS.test(text) && !LOGS.test(text))),
    walk: (cell, without) => {
      const { chains, bases } = ready(cell);
      return bases === null ? null : walkCell(cell, hook, bases, lessen(chains, without));
    },
  };
}

const COUNTS =
  /-m (recent|hashlimit|connlimit|limit|quota|statistic|connbytes)\b|-j SET\b|"?\b(limit|quota|numgen|meter|update|add|delete|ct count)\b/;
/** They keep count of what they write down only. */
const LOGS = /-j (LOG|NFLOG|ULOG|AUDIT|ufw6?-(user-)?logging-\w+)\b/;

/** The base chains of a hook and all that they lead to. */
function reachedFrom(all: readonly Chain[], hook: Hook, family: Family): readonly Chain[] {
  const byKey = new Map(all.map((chain) => [chain.key, chain]));
  const seen = new Set(all.filter(({ base, families }) => base?.hook === hook && families.includes(family)));
  for (const chain of seen) {
    for (const statement of chain.rules.flatMap((rule) => rule.statements)) {
      const effects =
        statement.kind === 'effect'
          ? [statement.effect]
          : statement.kind === 'choose'
            ? statement.cases.flatMap(({ effect }) => (effect === null ? [] : [effect]))
            : [];
      for (const effect of effects) {
        const next = effect.do === 'jump' || effect.do === 'goto' ? byKey.get(effect.chain) : undefined;
        if (next !== undefined) seen.add(next);
      }
    }
  }
  return all.filter((chain) => seen.has(chain));
}

/** The same chains without some rules. */
function lessen(chains: ChainMap, without: RuleSet | null): ChainMap {
  if (without === null) return chains;
  const less = new Map(chains);
  for (const [key, gone] of without) {
    const whole = chains.get(key);
    if (whole === undefined) continue;
    const left = (protocol: number, port: number) =>
      [...whole.candidates(protocol, port)].filter(({ at }) => !gone.has(at));
    less.set(key, { ...whole, candidates: left });
  }
  return less;
}

function walkCell(cell: Cell, hook: Hook, bases: readonly WalkChain[], chains: ChainMap): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  let on: readonly Flow[] = [startOf(cell)];
  for (const base of bases) {
    // Nat chains are asked about the first packet of a connection alone.
    if (base.chain.base?.type === 'nat' && cell.state !== 'new') continue;
    const next: Flow[] = [];
    for (const flow of on) {
      for (const end of walkBase(flow, chains.get(base.chain.key) ?? base, hook, { chains, space: NOWHERE })) {
        if (end.verdict === 'accept') next.push(end.flow);
        else outcomes.push({ flow: end.flow, verdict: end.verdict === 'drop' ? 'blocked' : 'unknown' });
      }
    }
    on = next;
  }
  return [...outcomes, ...on.map((flow): Outcome => ({ flow, verdict: 'open' }))];
}

const startOf = (cell: Cell): Flow => ({
  packet: {
    family: cell.family,
    protocol: cell.protocol,
    inInterface: cell.interface,
    outInterface: null,
    destination: cell.destination.value,
    destinationPort: cell.port,
    originalDestination: cell.destination.value,
    originalDestinationPort: cell.port,
    destinationType: cell.destination.type,
    ctState: cell.state,
    redirected: false,
    dnat: false,
    snat: false,
    mark: SOME_MARK,
    ctMark: SOME_MARK,
  },
  sources: EVERYTHING[cell.family],
  sourcePorts: ALL_PORTS,
  rate: false,
  assumed: [],
  passed: null,
});

/** Did these packets end up where they did through one of the rules? */
export function passedThrough({ flow }: Outcome, rules: RuleSet): boolean {
  for (let step = flow.passed; step !== null; step = step.before)
    if (rules.get(step.chainKey)?.has(step.at) === true) return true;
  return false;
}
