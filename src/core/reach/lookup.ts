/**
 * Where the kernel would send packets: policy rules, then the tables that they name. Asked with a whole set of
 * destinations at once, as the rules of a firewall are.
 *
 * Sources: ip-rule(8), ip-route(8); net/core/fib_rules.c, fib_rule_match; net/ipv4/fib_trie.c; net/ipv6/route.c,
 * rt6_device_match: of several routes to the same prefix IPv6 takes one through the wanted interface, if one is wanted,
 * before it looks at the metric.
 */
import { type AddressSet, NOTHING, parseRange } from '../address.ts';
import { intersect, minus, union } from '../intervals.ts';
import type { Family, PolicyRule, RouteEntry, Routing } from '../model.ts';

interface Asked {
  readonly family: Family;
  readonly to: AddressSet;
  /** The address that sends; empty: none. */
  readonly from: AddressSet;
  /** null: not known. */
  readonly mark: number | null;
  /** `lo` for what this computer sends. */
  readonly inInterface: string;
  /** IPv6: the interface that is wanted; `must`: another one will not do. */
  readonly via: { readonly name: string; readonly must: boolean } | null;
  /** May what this address sends leave there? (A link-local one belongs to one interface.) */
  readonly holds: (name: string) => boolean;
}

/** A part of the destinations, and what becomes of it. */
export interface Going {
  readonly to: AddressSet;
  /** A route's type; `none`: nowhere; `refused`: it is thrown away by a route or rule; `unsure`: it cannot be told. */
  readonly type: string;
  readonly interfaces: readonly string[];
}

/** Routes to one prefix, the best first. */
interface Prefix {
  readonly range: AddressSet;
  readonly length: number;
  readonly entries: readonly RouteEntry[];
}

const rule = (priority: number, table: string): PolicyRule => ({
  priority,
  not: false,
  from: null,
  to: null,
  mark: null,
  inInterface: null,
  outInterface: null,
  more: false,
  action: { do: 'lookup', table, suppress: null },
});

/** What a machine has on which nobody has set any. */
const USUAL: readonly PolicyRule[] = [rule(0, 'local'), rule(32766, 'main'), rule(32767, 'default')];

export type LookUp = (asked: Asked) => readonly Going[];

/** Where the rules were not read, those are taken that every machine begins with: the caller knows what to make of it. */
export function makeLookUp(routing: Routing): LookUp {
  const tables = tablesOf(routing.entries);
  return (asked) => walk(asked, routing.rules[asked.family] ?? USUAL, 0, asked.to, tables);
}

function tablesOf(entries: readonly RouteEntry[]): ReadonlyMap<string, readonly Prefix[]> {
  const tables = new Map<string, Map<string, RouteEntry[]>>();
  for (const entry of entries) {
    const key = `${entry.family} ${entry.table}`;
    const table = tables.get(key) ?? new Map<string, RouteEntry[]>();
    tables.set(key, table);
    table.set(entry.destination, [...(table.get(entry.destination) ?? []), entry]);
  }
  return new Map([...tables].map(([key, table]) => [key, prefixesOf(table)]));
}

function prefixesOf(table: ReadonlyMap<string, readonly RouteEntry[]>): readonly Prefix[] {
  return [...table]
    .flatMap(([destination, entries]): Prefix[] => {
      const read = parseRange(destination);
      const length = Number(destination.split('/')[1]);
      const sorted = [...entries].sort((a, b) => a.metric - b.metric);
      return read === null ? [] : [{ range: [read.range], length, entries: sorted }];
    })
    .sort((a, b) => b.length - a.length);
}

function walk(
  asked: Asked,
  rules: readonly PolicyRule[],
  first: number,
  set: AddressSet,
  tables: ReadonlyMap<string, readonly Prefix[]>,
): readonly Going[] {
  const out: Going[] = [];
  let rest = set;
  for (let at = first; at < rules.length && rest.length > 0; at++) {
    const { action, priority } = rules[at] as PolicyRule;
    const { meant, unsure, others } = select(asked, rules[at] as PolicyRule, rest);
    if (unsure.length > 0) out.push({ to: unsure, type: 'unsure', interfaces: [] });
    rest = others;
    if (meant.length === 0) continue;
    switch (action.do) {
      case 'pass':
        rest = union(rest, meant);
        break;
      case 'refuse':
        out.push({ to: meant, type: 'refused', interfaces: [] });
        break;
      case 'unknown':
        out.push({ to: meant, type: 'unsure', interfaces: [] });
        break;
      case 'goto': {
        const target = rules.findIndex((other) => other.priority === action.priority);
        if (action.priority > priority && target >= 0) out.push(...walk(asked, rules, target, meant, tables));
        else rest = union(rest, meant);
        break;
      }
      case 'lookup': {
        const found = lookIn(asked, tables.get(`${asked.family} ${action.table}`) ?? [], meant, action.suppress);
        out.push(...found.going);
        rest = union(rest, found.rest);
      }
    }
  }
  if (rest.length > 0) out.push({ to: rest, type: 'none', interfaces: [] });
  return out;
}

interface Selected {
  readonly meant: AddressSet;
  readonly unsure: AddressSet;
  readonly others: AddressSet;
}

function select(asked: Asked, { from, to, not, ...rest }: PolicyRule, set: AddressSet): Selected {
  const range = to === null ? null : parseRange(to);
  const inside = range === null ? (to === null ? set : NOTHING) : intersect(set, [range.range]);
  const outside = minus(set, inside);
  const holds = both(fromHolds(from, asked.from), restHolds(rest, asked));
  if (holds === null)
    return { unsure: inside, ...(not ? { meant: outside, others: NOTHING } : { meant: NOTHING, others: outside }) };
  const described = holds ? inside : NOTHING;
  const other = holds ? outside : set;
  return { unsure: NOTHING, ...(not ? { meant: other, others: described } : { meant: described, others: other }) };
}

type Holds = boolean | null;

const both = (...all: readonly Holds[]): Holds => (all.includes(false) ? false : all.includes(null) ? null : true);

function fromHolds(from: string | null, sender: AddressSet): Holds {
  if (from === null) return true;
  const range = parseRange(from);
  if (range === null) return null;
  const inside = intersect(sender, [range.range]);
  if (inside.length === 0) return false;
  return minus(sender, inside).length === 0 ? true : null;
}

function restHolds(
  { mark, inInterface, outInterface, more }: Omit<PolicyRule, 'from' | 'to' | 'not'>,
  asked: Asked,
): Holds {
  const marked: Holds =
    mark === null ? true : asked.mark === null ? null : (asked.mark & mark.mask) >>> 0 === mark.value;
  const comes = inInterface === null || inInterface === asked.inInterface;
  const leaves: Holds = outInterface === null ? true : asked.via?.name === outInterface ? null : false;
  return both(marked, comes, leaves, more ? null : true);
}

function lookIn(
  asked: Asked,
  table: readonly Prefix[],
  set: AddressSet,
  suppress: number | null,
): { readonly going: readonly Going[]; readonly rest: AddressSet } {
  const going: Going[] = [];
  let looking = set;
  let back: AddressSet = NOTHING;
  for (const prefix of table) {
    if (looking.length === 0) break;
    const to = intersect(looking, prefix.range);
    if (to.length === 0) continue;
    const entry = chosen(prefix.entries, asked);
    // Only IPv6 goes on to a wider prefix when none of these will do.
    if (entry === null) continue;
    looking = minus(looking, prefix.range);
    if (entry.type === 'throw' || (suppress !== null && prefix.length <= suppress)) back = union(back, to);
    else going.push({ to, ...result(entry, prefix) });
  }
  return { going, rest: union(back, looking) };
}

function chosen(entries: readonly RouteEntry[], { family, via, holds }: Asked): RouteEntry | null {
  const [best = null] = entries;
  if (family === 4) return best;
  const wanted = entries.find(({ interfaces }) =>
    via === null ? interfaces.some(holds) : interfaces.includes(via.name),
  );
  return wanted ?? (via?.must === true ? null : best);
}

function result(entry: RouteEntry, { entries }: Prefix): Pick<Going, 'type' | 'interfaces'> {
  if (entries.some(({ partial }) => partial)) return { type: 'unsure', interfaces: [] };
  if (NOWHERE.has(entry.type)) return { type: 'refused', interfaces: [] };
  // Over several hops IPv6 takes the one that a hash says.
  const spread = entry.family === 6 && new Set(entry.interfaces).size > 1;
  return spread ? { type: 'unsure', interfaces: [] } : { type: entry.type, interfaces: entry.interfaces };
}

/** Types of routes on which nothing leaves. */
export const NOWHERE: ReadonlySet<string> = new Set(['blackhole', 'unreachable', 'prohibit']);
