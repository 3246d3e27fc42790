/**
 * What `ipset save` prints -> sets, and a set -> the field that `-m set --match-set` tests.
 *
 * Sources: ipset(8) 7.17; net/netfilter/ipset/ip_set_core.c, ip_set_test; ip_set_hash_gen.h, mtype_test_cidrs: of the
 * networks that hold an address the narrowest decides, and `nomatch` is an answer, too.
 */
import { type AddressSet, NOTHING, network, parseRange } from '../../address.ts';
import { minus, normalize, union } from '../../intervals.ts';
import type { Family } from '../../model.ts';
import { split } from './iptables-save.ts';
import { type Field, NEVER, PROTOCOLS, type Test } from './model.ts';

interface Element {
  /** One text for each of the set's parts. */
  readonly parts: readonly string[];
  readonly nomatch: boolean;
}

interface IpSet {
  /** `hash:ip,port`, `bitmap:port`, `list:set` … */
  readonly type: string;
  /** null: of either family. */
  readonly family: Family | null;
  /** Addresses are cut to that many bits before they are looked for. */
  readonly netmask: number | null;
  readonly elements: readonly Element[];
}

/** Sets by name; null in place of one that cannot be read. */
export type IpSets = ReadonlyMap<string, IpSet | null>;

interface Growing extends IpSet {
  readonly elements: Element[];
}

/** No set at all where a line is not understood or not whole: what it would have added is not known. */
export function parseIpsets(text: string): IpSets {
  const sets = new Map<string, Growing | null>();
  if (text !== '' && !text.endsWith('\n')) return new Map();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const words = split(line.trim());
    const [verb, name, what] = words ?? [];
    if (words === null || name === undefined || what === undefined) return new Map();
    const rest = words.slice(3);
    if (verb === 'create') sets.set(name, created(what, rest));
    else if (verb !== 'add' || !sets.has(name)) return new Map();
    else {
      const set = sets.get(name) ?? null;
      // `physdev:` and the like ask for something else than the interface.
      if (rest.includes('wildcard') || /physdev:/.test(what)) sets.set(name, null);
      else set?.elements.push({ parts: what.split(','), nomatch: rest.includes('nomatch') });
    }
  }
  return sets;
}

function created(type: string, options: readonly string[]): Growing | null {
  if (options.includes('bitmask') || options.includes('markmask')) return null;
  const after = (word: string): string | undefined => {
    const at = options.indexOf(word);
    return at < 0 ? undefined : options[at + 1];
  };
  const named = after('family');
  if (named !== undefined && named !== 'inet' && named !== 'inet6') return null;
  const family: Family | null = named === 'inet' ? 4 : named === 'inet6' ? 6 : type.startsWith('bitmap:ip') ? 4 : null;
  const netmask = after('netmask');
  return { type, family, netmask: netmask === undefined ? null : Number(netmask), elements: [] };
}

type Side = 'source' | 'destination';

/** The field that holds for what is in the set; null where it cannot be told. `sides`: as `src,dst` stands in the rule. */
export function setField(name: string, sides: readonly Side[], family: Family, sets: IpSets): Field | null {
  const set = sets.get(name) ?? null;
  if (set === null) return null;
  if (set.type === 'list:set') {
    const members = set.elements.map(({ parts: [member = ''] }) =>
      sets.get(member)?.type === 'list:set' ? null : setField(member, sides, family, sets),
    );
    if (members.includes(null)) return null;
    return { on: 'any', rows: (members as Field[]).map((field) => [{ field, negate: false }]) };
  }
  const kinds = set.type.replace(/^\w+:/, '').split(',');
  // The kernel does not look into a set of the other family, or with fewer parts in the rule than in the set.
  if ((set.family !== null && set.family !== family) || sides.length < kinds.length) return NEVER;
  return fieldOf(set, kinds, sides, family);
}

function fieldOf(set: IpSet, kinds: readonly string[], sides: readonly Side[], family: Family): Field | null {
  const nets = kinds.filter((kind) => kind === 'net').length;
  // Of two networks in one element the narrowest of which decides is not followed here.
  if (nets > 1 && set.elements.some(({ nomatch }) => nomatch)) return null;
  const at = kinds.lastIndexOf(nets > 0 ? 'net' : 'ip');
  const groups = new Map<string, { readonly others: readonly Test[]; readonly own: Element[] }>();
  for (const element of set.elements) {
    const others: Test[] = [];
    for (const [i, kind] of kinds.entries()) {
      if (i === at) continue;
      const tests = partTests(kind, element.parts[i] ?? '', sides[i] ?? 'source', family, set);
      if (tests === null) return null;
      others.push(...tests);
    }
    const key = element.parts.filter((_, i) => i !== at).join(',');
    const group = groups.get(key) ?? { others, own: [] };
    groups.set(key, group);
    group.own.push(element);
  }
  const rows: (readonly Test[])[] = [];
  for (const { others, own } of groups.values()) {
    if (at < 0) {
      rows.push(others);
      continue;
    }
    // With interfaces the narrowest network decides whatever interface it is listed with (seen; `multi` in the source).
    const rivals = kinds.includes('iface') ? set.elements : own;
    const addresses = addressesOf(own, rivals, at, family, set.netmask);
    if (addresses === null) return null;
    rows.push([...others, { field: { on: sides[at] ?? 'source', family, set: addresses }, negate: false }]);
  }
  return { on: 'any', rows };
}

/** The members' addresses, without those of which a narrower network among `rivals` decides. */
function addressesOf(
  elements: readonly Element[],
  rivals: readonly Element[],
  at: number,
  family: Family,
  netmask: number | null,
): AddressSet | null {
  const ranges = (list: readonly Element[]): readonly (readonly [bigint, bigint])[] | null => {
    const read = list.map(({ parts }) => rangeOf(parts[at] ?? '', family, netmask));
    return read.includes(null) ? null : (read as [bigint, bigint][]);
  };
  const members = ranges(elements.filter(({ nomatch }) => !nomatch));
  const others = ranges(rivals);
  if (members === null || others === null) return null;
  if (rivals === elements && rivals.every(({ nomatch }) => !nomatch)) return normalize(members);
  const width = ([first, last]: readonly [bigint, bigint]): bigint => last - first;
  const byWidth = (list: readonly (readonly [bigint, bigint])[], of: bigint): AddressSet =>
    normalize(list.filter((range) => width(range) === of));
  let inside: AddressSet = NOTHING;
  let told: AddressSet = NOTHING;
  // As many widths as an address has bits, at most.
  for (const of of [...new Set(others.map(width))].sort((a, b) => (a < b ? -1 : 1))) {
    inside = union(inside, minus(byWidth(members, of), told));
    told = union(told, byWidth(others, of));
  }
  return inside;
}

function rangeOf(text: string, family: Family, netmask: number | null): readonly [bigint, bigint] | null {
  const read = parseRange(text);
  if (read === null || read.family !== family) return null;
  return netmask === null ? read.range : network({ family, value: read.range[0] }, netmask);
}

/** Any other part of an element. An empty list: it says nothing. */
function partTests(kind: string, text: string, side: Side, family: Family, set: IpSet): readonly Test[] | null {
  const test = (field: Field): Test => ({ field, negate: false });
  switch (kind) {
    case 'ip':
    case 'net': {
      const range = rangeOf(text, family, set.netmask);
      return range === null ? null : [test({ on: side, family, set: [range] })];
    }
    case 'port': {
      const [, protocol, from] = /^(?:([\w-]+):)?(\d+)$/.exec(text) ?? [];
      const number = protocol === undefined ? undefined : (PROTOCOLS[protocol] ?? Number(protocol));
      if (from === undefined) return /^(icmp|icmpv6|ipv6-icmp):/.test(text) ? [test(NEVER)] : null;
      if (number !== undefined && Number.isNaN(number)) return null;
      const port = test({ on: `${side}-port`, ports: [[Number(from), Number(from)]] });
      return number === undefined ? [port] : [test({ on: 'protocol', protocols: [[number, number]] }), port];
    }
    case 'iface':
      return text.endsWith('+')
        ? null
        : [test({ on: side === 'source' ? 'in-interface' : 'out-interface', names: [text] })];
    default:
      return null;
  }
}
