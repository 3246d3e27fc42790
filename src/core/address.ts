/** IP addresses as integers and sets of them. The sets are the product's own; reading and writing text is ipaddr.js. */
import ipaddr from 'ipaddr.js';
import { type Interval, type Intervals, normalize } from './intervals.ts';
import type { Family } from './model.ts';

/** A set of addresses of one family; the family is known from where it stands. */
export type AddressSet = Intervals<bigint>;

export const TOP: Record<Family, bigint> = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n };
export const EVERYTHING: Record<Family, AddressSet> = { 4: [[0n, TOP[4]]], 6: [[0n, TOP[6]]] };
export const NOTHING: AddressSet = [];

const bits = (family: Family): number => (family === 4 ? 32 : 128);

/** Four decimal parts without leading zeros: `010` is octal to some programs and decimal to others. */
const FOUR = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** Reads `192.168.1.5`, `fe80::1` or `fe80::1%wlan0` (the zone is dropped). Null for anything else. */
export function parseAddress(text: string): Address | null {
  const bare = text.split('%', 1)[0] ?? '';
  const four = FOUR.exec(bare);
  if (four !== null) {
    const [, a = '', b = '', c = '', d = ''] = four;
    const octets = [Number(a), Number(b), Number(c), Number(d)];
    return octets.every((octet) => octet <= 255) ? { family: 4, value: toBigInt(octets) } : null;
  }
  if (!bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return null;
  return { family: 6, value: toBigInt(ipaddr.IPv6.parse(bare).toByteArray()) };
}

function toBigInt(octets: readonly number[]): bigint {
  const [a, b, c, d] = octets as [number, number, number, number];
  if (octets.length === 4) return BigInt(a * 0x1000000 + b * 0x10000 + c * 0x100 + d);
  let value = 0n;
  for (const octet of octets) value = (value << 8n) | BigInt(octet);
  return value;
}

/** Canonical text: `192.168.1.5`, `fe80::1`. */
export function formatAddress({ family, value }: Address): string {
  if (family === 4) {
    const bits = Number(value);
    return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
  }
  const groups: number[] = [];
  for (let shift = 96n; shift >= 0n; shift -= 32n) {
    const two = Number(BigInt.asUintN(32, value >> shift));
    groups.push(two >>> 16, two & 0xffff);
  }
  return new ipaddr.IPv6(groups).toString();
}

/** The network that `address/prefix` lies in. */
export function network(address: Address, prefix: number): Interval<bigint> {
  const host = (1n << BigInt(bits(address.family) - prefix)) - 1n;
  const first = address.value & ~host;
  return [first, first | host];
}

/**
 * Reads `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `fd00::/8`, a single address, or `a-b`. Null for anything else.
 * A mask with holes (`/0.0.0.255`) is refused: it is no interval.
 */
export function parseRange(text: string): { family: Family; range: Interval<bigint> } | null {
  const dash = text.indexOf('-');
  if (dash > 0) {
    const first = parseAddress(text.slice(0, dash));
    const last = parseAddress(text.slice(dash + 1));
    if (first === null || last === null || first.family !== last.family || first.value > last.value) return null;
    return { family: first.family, range: [first.value, last.value] };
  }
  const [base = '', mask] = text.split('/', 2);
  const address = parseAddress(base);
  if (address === null) return null;
  const prefix = mask === undefined ? bits(address.family) : prefixOf(mask, address.family);
  return prefix === null ? null : { family: address.family, range: network(address, prefix) };
}

function prefixOf(mask: string, family: Family): number | null {
  if (/^\d{1,3}$/.test(mask)) {
    const prefix = Number(mask);
    return prefix <= bits(family) ? prefix : null;
  }
  const value = parseAddress(mask);
  if (value === null || value.family !== family) return null;
  const hosts = TOP[family] ^ value.value;
  return (hosts & (hosts + 1n)) === 0n ? bits(family) - hosts.toString(2).replace(/^0$/, '').length : null;
}

/** The set of all ranges of one family among `texts`; null when one of them is not an address, a network or a range. */
export function setOf(texts: readonly string[], family: Family): AddressSet | null {
  const ranges: Interval<bigint>[] = [];
  for (const text of texts) {
    const read = parseRange(text);
    if (read === null) return null;
    if (read.family === family) ranges.push(read.range);
  }
  return normalize(ranges);
}

/** Number of addresses. */
export const sizeOf = (set: AddressSet): bigint => set.reduce((sum, [first, last]) => sum + last - first + 1n, 0n);

/** Networks where an interval is one or two, else `a-b`. */
export function formatSet(set: AddressSet, family: Family): string[] {
  return set.flatMap(([first, last]) => {
    const blocks = blocksOf(first, last, family);
    const text = (value: bigint): string => formatAddress({ family, value });
    return blocks.length <= 2
      ? blocks.map(([from, size]) => `${text(from)}/${bits(family) - size}`)
      : [`${text(first)}-${text(last)}`];
  });
}

/** Is it an address or a network in the one form that every program prints alike: no host's mask, no bits behind a mask? */
export function isPlainNetwork(text: string): boolean {
  const read = text.includes('-') ? null : parseRange(text);
  if (read === null) return false;
  const { family, range } = read;
  const [network = ''] = formatSet([range], family);
  return text === network.replace(new RegExp(`/${bits(family)}$`), '');
}

/** The networks that make up the interval, by the bits of their hosts; of more than two the first three. */
function blocksOf(first: bigint, last: bigint, family: Family): readonly (readonly [from: bigint, size: number])[] {
  const out: (readonly [bigint, number])[] = [];
  let from = first;
  while (from <= last && out.length < 3) {
    // The largest block that begins here and does not go past the end.
    const aligned = from === 0n ? bits(family) : lowestBit(from);
    const size = Math.min(aligned, highestBit(last - from + 1n));
    out.push([from, size]);
    from += 1n << BigInt(size);
  }
  return out;
}

/** Number of zeros at the end of its binary form. */
function lowestBit(value: bigint): number {
  let low = Number(BigInt.asUintN(32, value));
  let zeros = 0;
  for (let rest = value; low === 0; low = Number(BigInt.asUintN(32, rest))) {
    rest >>= 32n;
    zeros += 32;
  }
  return zeros + 31 - Math.clz32(low & -low);
}

/** Number of digits behind the first one of its binary form. */
function highestBit(value: bigint): number {
  let rest = value;
  let behind = 0;
  for (; rest > 0xffffffffn; rest >>= 32n) behind += 32;
  return behind + 31 - Math.clz32(Number(rest));
}
