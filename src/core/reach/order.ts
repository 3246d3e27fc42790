/**
 * In which order base chains see a packet.
 *
 * By priority. All nat chains run where the kernel hangs its one nat hook, whatever priority they have; that only orders
 * them among themselves (nf_nat_core.c, nf_nat_register_fn). Of chains with the same priority the one that was made last
 * runs first (netfilter/core.c, nf_hook_entries_grow); which one that is can be seen within one table only. Where it
 * cannot be seen and would matter, every order is followed.
 */
import type { Chain, Hook } from '../firewalls/netfilter/model.ts';
import type { ChainMap, WalkChain } from './chains.ts';
import type { Family } from '../model.ts';
import { fieldsIn } from './fields.ts';
import { distinctOrders } from './orders.ts';
import { type Matters, effectsIn, orderMatters } from './touches.ts';

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
/** More orders than these are not followed. */
const MOST = 24;

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
  const matters = orderMatters(map);
  return new Map([...bases].map(([key, list]) => [key, stagesOf(list, matters)]));
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

function stagesOf(list: readonly WalkChain[], matters: Matters): readonly Stage[] {
  const groups = new Map<number, WalkChain[]>();
  // Of one table's chains with one priority, the later runs first.
  for (const chain of [...list].reverse()) groups.set(placeOf(chain), [...(groups.get(placeOf(chain)) ?? []), chain]);
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([priority, group]) => ({ priority, orders: ordersOf(group.sort(byOwnPriority), matters) }));
}

const baseOf = ({ chain }: WalkChain) => chain.base ?? { hook: 'input', priority: 0, type: 'filter', policy: 'accept' };
const placeOf = (chain: WalkChain): number =>
  baseOf(chain).type === 'nat' ? NAT[baseOf(chain).hook] : baseOf(chain).priority;
const byOwnPriority = (a: WalkChain, b: WalkChain): number => baseOf(a).priority - baseOf(b).priority;

/** Nat chains hang on one hook of the kernel's: nothing comes between them. */
function ordersOf(group: readonly WalkChain[], matters: Matters): readonly (readonly WalkChain[])[] {
  const isNat = (chain: WalkChain): boolean => baseOf(chain).type === 'nat';
  const before = (a: WalkChain, b: WalkChain): boolean => isCertain(a, b) && group.indexOf(a) < group.indexOf(b);
  const nats = distinctOrders(group.filter(isNat), { before, matters }, MOST);
  const units: WalkChain[][] = [];
  for (const chain of group) {
    const nat = isNat(chain) ? units.find(([first]) => first !== undefined && isNat(first)) : undefined;
    if (nat === undefined) units.push([chain]);
    else nat.push(chain);
  }
  const relations = {
    before: ([a, ...more]: readonly WalkChain[], [b, ...others]: readonly WalkChain[]): boolean =>
      a !== undefined && b !== undefined && more.length === 0 && others.length === 0 && before(a, b),
    matters: (some: readonly WalkChain[], others: readonly WalkChain[]): boolean =>
      some.some((a) => others.some((b) => matters(a, b))),
  };
  const outer = distinctOrders(units, relations, MOST);
  if (nats.length * outer.length > MOST) return [];
  return nats.flatMap((nat) =>
    outer.map((order) => order.flatMap((unit) => (unit[0] !== undefined && isNat(unit[0]) ? nat : unit))),
  );
}

/** Is it known which of the two, which stand in one stage, runs first? */
function isCertain(a: WalkChain, b: WalkChain): boolean {
  if (baseOf(a).type !== baseOf(b).type) return false;
  return tableOf(a) === tableOf(b) || (baseOf(a).type === 'nat' && baseOf(a).priority !== baseOf(b).priority);
}

const tableOf = ({ chain }: WalkChain): string => chain.key.slice(0, chain.key.lastIndexOf('/'));

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
