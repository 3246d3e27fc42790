/** Numbers in `nft -j` expressions: as they are, by name, or as bits. */
import { PROTOCOLS, TCP_FLAGS } from './model.ts';
import { type Json, isObject } from './nft-json.ts';

/** `22`, or `{ range: [1, 1024] }`; null: it is neither. */
export function numberRange(value: Json): readonly [number, number] | null {
  if (isObject(value) && Array.isArray(value['range'])) {
    const [first, last] = (value['range'] as readonly Json[]).map(numberOf);
    return first === null || last === null || first === undefined || last === undefined ? null : [first, last];
  }
  const read = numberOf(value);
  return read === null ? null : [read, read];
}

/** A whole number from 0, or the number of a protocol by its name; null: it is neither. */
export function numberOf(value: Json): number | null {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  if (typeof value !== 'string') return null;
  // nft 1.0.6 prints ports of `ct original proto-dst` so.
  const odd = /^(0x[0-9a-f]+) \[invalid type\]$/.exec(value);
  return odd === null ? (PROTOCOLS[value] ?? null) : Number(odd[1]);
}

/** TCP's flags as bits: a number, a name, or several of either; null: one of them is not known. */
export function flagBits(value: Json): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return TCP_FLAGS[value] ?? null;
  const list = isObject(value) ? value['|'] : value;
  if (!Array.isArray(list)) return null;
  return (list as readonly Json[])
    .map(flagBits)
    .reduce((sum, bit) => (sum === null || bit === null ? null : sum | bit), 0);
}
