/**
 * In which order base chains see a packet.
 *
 * By priority. All nat chains run where the kernel hangs its one nat hook, whatever priority they have; that only orders
 * them among themselves (nf_nat_core.c, nf_nat_register_fn). Of chains with the same priority the one that was made last
 * runs first (netfilter/core.c, nf_hook_entries_grow); which one that is can be seen within one table only. Where it
 * cannot be seen and would matter, every order is followed.
 */
import type { Chain, Effect, Field, Hook, Statement } from '../firewalls/netfilter/model.ts';
import type { ChainMap, WalkChain } from './chains.ts';
import type { Family } from '../model.ts';
import { fieldsIn } from './fields.ts';

/** Chains of one priority, in every order in which they may run. */
export interface Stage {
  readonly priority: number;
  /** One order where it is certain or does not matter; none where there are too many to follow. */
  readonly orders: readonly (readonly WalkChain[])[];
}

const NAT: Readonly<Record<Hook, number>> = {
  prerouting: -100,
  input: 100,
  forward: 0,
  output: -100,
  postrouting: 100,
};
/** Chains at one priority whose every order is followed: 4 have 24. */
const MOST = 4;

/** The stages of each family and hook; key `4/input`. */
export function stages(chains: readonly Chain[], map: ChainMap): ReadonlyMap<string, readonly Stage[]> {
  const bases = new Map<string, WalkChain[]>();
  for (const chain of chains) {
    const walk = map.get(chain.key);
    if (chain.base === null || walk === undefined) continue;
    for (const family of chain.families) {
      const key = `${family}/${chain.base.hook}`;
      bases.set(key, [...(bases.get(key) ?? []), walk]);
    }
  }
  const touched = touchedBy(map);
  return new Map([...bases].map(([key, list]) => [key, stagesOf(list, touched)]));
}

/** The place of each base chain among those of its hook, by its key. Families that share a chain see it in one order. */
export function ranksOf(all: ReadonlyMap<string, readonly Stage[]>): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const list of all.values()) {
    const keys = list.flatMap(({ orders: [first = []] }) => first.map(({ chain }) => chain.key));
    for (const [rank, key] of keys.entries()) ranks.set(key, Math.max(rank, ranks.get(key) ?? 0));
  }
  return ranks;
}

type Touched = (chain: WalkChain) => Touches;

function stagesOf(list: readonly WalkChain[], touched: Touched): readonly Stage[] {
  const groups = new Map<number, WalkChain[]>();
  // Of one table's chains with one priority, the later runs first.
  for (const chain of [...list].reverse()) groups.set(placeOf(chain), [...(groups.get(placeOf(chain)) ?? []), chain]);
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([priority, group]) => ({ priority, orders: ordersOf(group.sort(byOwnPriority), touched) }));
}

const baseOf = ({ chain }: WalkChain) => chain.base ?? { hook: 'input', priority: 0, type: 'filter', policy: 'accept' };
const placeOf = (chain: WalkChain): number =>
  baseOf(chain).type === 'nat' ? NAT[baseOf(chain).hook] : baseOf(chain).priority;
const byOwnPriority = (a: WalkChain, b: WalkChain): number => baseOf(a).priority - baseOf(b).priority;

function ordersOf(group: readonly WalkChain[], touched: Touched): readonly (readonly WalkChain[])[] {
  const uncertain = group.some((a, i) => group.slice(i + 1).some((b) => !isCertain(a, b) && matters(a, b, touched)));
  if (!uncertain) return [group];
  if (group.length > MOST) return [];
  return permutations(group).filter((order) =>
    order.every((a, i) => order.slice(i + 1).every((b) => !isCertain(a, b) || group.indexOf(a) < group.indexOf(b))),
  );
}

/** Is it known which of the two, which stand in one stage, runs first? */
function isCertain(a: WalkChain, b: WalkChain): boolean {
  if (baseOf(a).type !== baseOf(b).type) return false;
  return tableOf(a) === tableOf(b) || (baseOf(a).type === 'nat' && baseOf(a).priority !== baseOf(b).priority);
}

const tableOf = ({ chain }: WalkChain): string => chain.key.slice(0, chain.key.lastIndexOf('/'));

/** Could the order of the two change what becomes of a packet? What drops, drops in either order. */
function matters(a: WalkChain, b: WalkChain, touched: Touched): boolean {
  const [one, two] = [touched(a), touched(b)];
  if (baseOf(a).type === 'nat' && baseOf(b).type === 'nat') return one.sendsOn && two.sendsOn;
  return changesFor(one, two) || changesFor(two, one);
}

const changesFor = (writer: Touches, reader: Touches): boolean =>
  (writer.marks && reader.readsMarks) || (writer.sendsOn && reader.reads) || (writer.untracks && reader.reads);

/** Does any rule of the family need connection tracking? The kernel starts it with the first that does. Source: nf_conntrack_proto.c. */
export const tracks = (chains: readonly Chain[], family: Family): boolean =>
  chains.some(
    (chain) =>
      chain.families.includes(family) &&
      chain.rules.some((rule) =>
        rule.statements.some(
          (statement) =>
            fieldsIn(statement).some(({ on }) => /^(ct|original)-/.test(on)) ||
            effectsIn(statement).some(({ do: does }) => does === 'redirect' || does === 'dnat'),
        ),
      ),
  );

// ---------------------------------------------------------------- what a chain does to packets that others see

interface Touches {
  /** Sets a mark. */
  readonly marks: boolean;
  /** Redirects or translates. */
  readonly sendsOn: boolean;
  readonly untracks: boolean;
  readonly readsMarks: boolean;
  /** Tests anything at all. */
  readonly reads: boolean;
}

/** What a chain and those that it visits do, found once for each. */
function touchedBy(map: ChainMap): Touched {
  const known = new Map<string, Touches>();
  return (walk) => {
    const found = known.get(walk.chain.key) ?? touchesOf(walk.chain, map);
    known.set(walk.chain.key, found);
    return found;
  };
}

function touchesOf(start: Chain, map: ChainMap): Touches {
  const seen = new Set([start.key]);
  const effects: Effect[] = [];
  const fields: Field[] = [];
  for (const key of seen) {
    for (const statement of map.get(key)?.chain.rules.flatMap((rule) => rule.statements) ?? []) {
      fields.push(...fieldsIn(statement));
      for (const effect of effectsIn(statement)) {
        effects.push(effect);
        if (effect.do === 'jump' || effect.do === 'goto') seen.add(effect.chain);
      }
    }
  }
  const does = (...kinds: readonly Effect['do'][]): boolean => effects.some((effect) => kinds.includes(effect.do));
  return {
    marks: does('set-mark', 'copy-mark', 'forget-mark'),
    sendsOn: does('redirect', 'dnat'),
    untracks: does('notrack', 'template'),
    readsMarks: fields.some((field) => field.on === 'mark' || field.on === 'ct-mark') || does('copy-mark'),
    reads: fields.length > 0,
  };
}

const effectsIn = (statement: Statement): readonly Effect[] =>
  statement.kind === 'effect'
    ? [statement.effect]
    : statement.kind === 'choose'
      ? statement.cases.flatMap(({ effect }) => (effect === null ? [] : [effect]))
      : [];

function permutations<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length <= 1) return [list];
  return list.flatMap((first, i) => permutations(list.filter((_, j) => j !== i)).map((rest) => [first, ...rest]));
}
