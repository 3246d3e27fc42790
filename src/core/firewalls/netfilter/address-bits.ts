/** Addresses of which only some bits are looked at. */
import { type AddressSet, TOP, parseAddress } from '../../address.ts';
import { normalize } from '../../intervals.ts';
import type { Family } from '../../model.ts';
import type { Field } from './model.ts';

type On = 'source' | 'destination' | 'original-source' | 'original-destination';

/** More ranges than this are not written out. */
const MOST = 256;

/** (address & mask) lies in `values`. Null: it cannot be told. */
export function maskedField(on: On, family: Family, mask: bigint, values: AddressSet): Field | null {
  const wild = TOP[family] ^ mask;
  // The bits below the lowest one that counts are free: a range. Each free bit above doubles the ranges.
  const low = mask === 0n ? wild : (mask & -mask) - 1n;
  const singles = values.flatMap(([first, last]) => (last - first < MOST ? span(first, last) : [null]));
  // A value with a bit that the mask takes away is never met.
  const met = singles.includes(null) ? null : (singles as bigint[]).filter((value) => (value & wild) === 0n);
  const ranges = met === null ? null : spread(met, wild & ~low);
  if (ranges !== null) return { on, family, set: normalize(ranges.map((first) => [first, first | low] as const)) };
  return on === 'source' || on === 'destination' ? { on: 'address-bits', of: on, family, mask, values } : null;
}

const span = (first: bigint, last: bigint): bigint[] =>
  Array.from({ length: Number(last - first) + 1 }, (_, nth) => first + BigInt(nth));

/** Every value with every choice of the free bits; null: too many. */
function spread(values: readonly bigint[], free: bigint): readonly bigint[] | null {
  let all: readonly bigint[] = values;
  for (let rest = free; rest !== 0n; rest &= rest - 1n) {
    if (all.length * 2 > MOST) return null;
    const bit = rest & -rest;
    all = [...all, ...all.map((value) => value | bit)];
  }
  return all;
}

/** `10.0.0.1/255.0.0.255`, `::1/::ffff`: an address and a mask with holes. Null: it is none. */
export function holedField(on: On, spec: string, family: Family): Field | null {
  const [base = '', bits = ''] = spec.split('/');
  const [address, mask] = [parseAddress(base), parseAddress(bits)];
  if (address?.family !== family || mask?.family !== family) return null;
  const value = address.value & mask.value;
  return maskedField(on, family, mask.value, [[value, value]]);
}
