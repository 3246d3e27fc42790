/**
 * Addresses that a rule names -> tests of the engine. Words such as LocalSubnet stand for what this computer's adapters
 * have; what was not gathered of that leaves it open.
 */
import { type Address, type AddressSet, EVERYTHING, NOTHING, network, parseAddress } from '../../address.ts';
import { doubt } from '../../gaps/index.ts';
import { has, minus, normalize, union } from '../../intervals.ts';
import type { Adapter } from '../../machine/index.ts';
import type { Family } from '../../model.ts';
import { type Field, type Test, NEVER } from '../netfilter/model.ts';
import { meantBy } from './from-elsewhere.ts';
import { isHere } from './in-use.ts';
import type { AddressCondition, AddressWord, WindowsRule } from './model.ts';

/** What a word stands for on one adapter; `open`: it may be more than that. */
interface Meant {
  readonly set: AddressSet;
  readonly open: boolean;
}

function meaningOf(word: AddressWord, adapter: Adapter, family: Family): Meant {
  switch (word) {
    case 'LocalSubnet': {
      const own = adapter.addresses.filter((one) => one.family === family);
      const read = own.flatMap(({ address, prefix }) => {
        const value = parseAddress(address);
        return value === null ? [] : [{ value, prefix }];
      });
      // What comes from this computer itself is not filtered.
      const others = minus(
        normalize([...read.map(({ value, prefix }) => network(value, prefix)), ...(family === 6 ? LINK : [])]),
        normalize(read.map(({ value: { value } }) => [value, value] as const)),
      );
      return { set: others, open: isBare(read, family) };
    }
    case 'DNS':
      return both(listedIn(adapter.dns, family), family);
    case 'DHCP':
      return both(listedIn(adapter.dhcp, family), family);
    case 'WINS':
      return listedIn(adapter.wins, family);
    case 'DefaultGateway':
      return both(listedIn(adapter.gateways, family), family);
  }
}

/** Every link has it. Source: RFC 4291, 2.5.6. */
const LINK: AddressSet = [network({ family: 6, value: 0xfe80n << 112n }, 64)];

/**
 * An address without a network says nothing about who else is on the link. IPv6 that a server gave out is printed so beside
 * the network that the router told.
 */
function isBare(own: readonly { readonly value: Address; readonly prefix: number }[], family: Family): boolean {
  if (family === 4) return own.some(({ prefix }) => prefix === 32);
  const networks = normalize(own.flatMap(({ value, prefix }) => (prefix < 128 ? [network(value, prefix)] : [])));
  return own.some(({ value: { value }, prefix }) => prefix === 128 && !has(networks, value));
}

/** Some of what lists servers does so for IPv4 alone: that none of IPv6 is there does not say that there is none. */
const both = (meant: Meant, family: Family): Meant =>
  family === 6 && meant.set.length === 0 ? { ...meant, open: true } : meant;

function listedIn(texts: readonly string[] | null, family: Family): Meant {
  const read = texts?.map(parseAddress) ?? [null];
  return {
    set: normalize(
      read.flatMap((one) => (one === null || one.family !== family ? [] : [[one.value, one.value] as const])),
    ),
    open: read.includes(null),
  };
}

const test = (field: Field): Test => ({ field, negate: false });

/**
 * One field that holds where the address is one of those. Null: whatever it is.
 *
 * Whether the surroundings of other adapters count where a packet comes in is not documented: it stays open.
 * @param adapters through which packets come in
 */
export function addressField(
  condition: WindowsRule['remote'],
  of: 'source' | 'destination',
  adapters: readonly Adapter[],
): Field | null {
  if (condition === null) return null;
  const ways = adapters.filter(isHere);
  const rows = ([4, 6] as const).flatMap((family) => rowsOf(condition[family], of, family, ways));
  return rows.length === 0 ? NEVER : { on: 'any', rows };
}

function rowsOf(
  { set, words, open }: AddressCondition,
  of: 'source' | 'destination',
  family: Family,
  adapters: readonly Adapter[],
): readonly (readonly Test[])[] {
  const lies = (within: AddressSet): Test => test({ on: of, family, set: within });
  const may = (text: string): Test => test({ on: 'unknown', doubt: doubt({ kind: 'asks', rules: [], asks: [text] }) });
  const rows: (readonly Test[])[] = set.length === 0 ? [] : [[lies(of === 'source' ? meantBy(set, family) : set)]];
  const label = of === 'source' ? 'RA' : 'LA';
  for (const word of words) {
    // What is meant by such a word as this computer's own address is not documented.
    if (of === 'destination') {
      rows.push([lies(EVERYTHING[family]), may(`${label}${family}=${word}`)]);
      continue;
    }
    let all: AddressSet = NOTHING;
    let unclear = false;
    for (const adapter of adapters) {
      const meant = meaningOf(word, adapter, family);
      all = union(all, meant.set);
      unclear ||= meant.open;
      if (meant.set.length > 0) rows.push([test({ on: 'in-interface', names: [adapter.name] }), lies(meant.set)]);
    }
    const rest = unclear ? EVERYTHING[family] : adapters.length > 1 ? all : NOTHING;
    if (rest.length > 0) rows.push([lies(rest), may(`${label}${family}=${word}`)]);
  }
  for (const text of open) rows.push([lies(EVERYTHING[family]), may(text)]);
  return rows;
}
