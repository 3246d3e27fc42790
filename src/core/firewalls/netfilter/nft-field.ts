/** Values of `nft -j` expressions: what a key may be, as a field of the engine. */
import { type AddressSet, TOP, parseRange } from '../../address.ts';
import { doubt } from '../../gaps/index.ts';
import { type Intervals, has, minus, normalize } from '../../intervals.ts';
import type { Family } from '../../model.ts';
import { maskedField } from './address-bits.ts';
import { type AddressType, type CtState, type Field, NEVER, type PacketType, type Test } from './model.ts';
import { type Json, isObject, scalar } from './nft-json.ts';
import type { NftContext, NftKey, NumberField, WordField, Part } from './nft-key.ts';
import { numberRange, flagBits } from './nft-number.ts';

/** The field that holds when `key op right` does (for `!=`, the one to be negated). Null: not understood. */
export function fieldFor(key: NftKey, op: string, right: Json, context: NftContext): Field | null {
  const named = typeof right === 'string' && right.startsWith('@') ? context.setNamed(right.slice(1)) : undefined;
  // Rules add to it: who is in it stays in it, and others may have come.
  if (named?.grows === 'adds') {
    const members = fieldFor(key, op, { set: named.elements }, context);
    const others: Field = { on: 'unknown', doubt: doubt({ kind: 'set-grows', set: scalar(right) }) };
    return members === null
      ? null
      : { on: 'any', rows: [[{ field: members, negate: false }], [{ field: others, negate: false }]] };
  }
  const [part] = key.parts;
  // `tcp flags & (fin|syn) == (fin|syn)` prints its bits as a list: they belong together.
  const together = part?.kind === 'number' && part.on === 'tcp-flags' && (op === '==' || op === '!=');
  const values: readonly Json[] | null =
    together && Array.isArray(right) ? [{ '|': right as readonly Json[] }] : elementsOf(right, context);
  if (values === null) return null;
  if (key.parts.length === 1 && part !== undefined) return partField(part, op, values);
  if (key.parts.length === 0 || (op !== '==' && op !== '!=' && op !== 'in')) return null;
  const rows: Test[][] = [];
  for (const value of values) {
    const columns = isObject(value) && Array.isArray(value['concat']) ? (value['concat'] as readonly Json[]) : null;
    if (columns === null || columns.length !== key.parts.length) return null;
    const fields = columns.map((column, i) => partField(key.parts[i] as Part, '==', [column]));
    if (fields.includes(null)) return null;
    rows.push((fields as Field[]).map((field) => ({ field, negate: false })));
  }
  return { on: 'any', rows };
}

function elementsOf(right: Json, context: NftContext): readonly Json[] | null {
  if (typeof right === 'string' && right.startsWith('@')) {
    const set = context.setNamed(right.slice(1));
    return set === undefined || set.grows !== null ? null : unwrap(set.elements);
  }
  if (isObject(right) && Array.isArray(right['set'])) return unwrap(right['set'] as readonly Json[]);
  if (Array.isArray(right)) return unwrap(right as readonly Json[]);
  return [right];
}

/** Elements with a comment, a counter or a timeout are wrapped; those with a limit of their own are not plain members. */
function unwrap(elements: readonly Json[]): readonly Json[] | null {
  const out: Json[] = [];
  for (const element of elements) {
    if (isObject(element) && isObject(element['elem'])) {
      const { limit, quota, val, 'ct count': connections } = element['elem'];
      if (limit !== undefined || quota !== undefined || connections !== undefined || val === undefined) return null;
      out.push(val);
    } else out.push(element);
  }
  return out;
}

/** Key and data of a map's elements; null when it cannot be read. */
export function mapElements(data: Json, context: NftContext): readonly (readonly [Json, Json])[] | null {
  const named = typeof data === 'string' && data.startsWith('@') ? context.setNamed(data.slice(1)) : undefined;
  if (named !== undefined && named.grows !== null) return null;
  const list =
    named?.elements ?? (isObject(data) && Array.isArray(data['set']) ? (data['set'] as readonly Json[]) : null);
  if (list === null) return null;
  const out: [Json, Json][] = [];
  for (const pair of list) {
    if (!Array.isArray(pair) || pair.length !== 2) return null;
    const keys = unwrap([pair[0] as Json]);
    if (keys === null) return null;
    out.push([keys[0] as Json, pair[1] as Json]);
  }
  return out;
}

function partField(part: Part, op: string, values: readonly Json[]): Field | null {
  switch (part.kind) {
    case 'address':
      return addressField(part, op, values);
    case 'number':
      return part.on === 'tcp-flags' ? flagsField(part.mask, op, values) : numberField(part.on, part.mask, op, values);
    case 'name':
      return op === '==' || op === '!=' || op === 'in' ? nameField(part.on, values) : null;
    case 'word':
      return op === '==' || op === '!=' || op === 'in' || op === '!' ? wordField(part.on, op, values) : null;
    case 'status-bit':
      return (op === '==' || op === '!=') && values.length === 1 && values[0] === part.status
        ? { on: 'ct-status', statuses: [part.status] }
        : null;
    case 'constant':
      return numbersField(op, values, part.value, part.value, () => null);
    case 'random':
      return numbersField(op, values, 0, part.below - 1, (text) => ({ on: 'rate', text }));
    case 'route':
      return op === '==' || op === '!=' || op === 'in' ? routeField(part, values) : null;
    case 'type':
      return op === '==' || op === '!=' || op === 'in' ? typeField(part.on, part.onInterface, values) : null;
  }
}

/** A number between `first` and `last`: always, never, or as `sometimes` says. */
function numbersField(
  op: string,
  values: readonly Json[],
  first: number,
  last: number,
  sometimes: (text: string) => Field | null,
): Field | null {
  const ranges = values.map(numberRange);
  const [edge] = ranges;
  if (ranges.includes(null) || edge === undefined || edge === null) return null;
  const bounds: Readonly<Record<string, readonly [number, number]>> = {
    '<': [0, edge[0] - 1],
    '<=': [0, edge[0]],
    '>': [edge[1] + 1, 2 ** 32],
    '>=': [edge[1], 2 ** 32],
  };
  const bound = bounds[op];
  if (bound === undefined && op !== '==' && op !== '!=') return null;
  const set = normalize(bound === undefined ? (ranges as [number, number][]) : [bound]);
  const outside = minus<number>([[first, last]], set);
  if (outside.length === 0) return { on: 'always' };
  return minus<number>([[first, last]], outside).length === 0
    ? NEVER
    : sometimes(`one of ${last - first + 1} by chance`);
}

/** `missing` and `exists` are printed as truth values, or as the number of an interface that there is not. */
function routeField({ same, usesMark }: Extract<Part, { kind: 'route' }>, values: readonly Json[]): Field | null {
  const field = { on: 'reverse-path', by: 'fib', same, usesMark, names: null, acceptsLocal: false } as const;
  const [only] = values;
  if (values.length === 1 && only === true) return field;
  if (values.length === 1 && (only === false || only === 0 || only === '0'))
    return { on: 'any', rows: [[{ field, negate: true }]] };
  const named = nameField('in-interface', values);
  return named?.on === 'in-interface' && named.names.every((name) => !name.endsWith('+') && !/^\d/.test(name))
    ? { ...field, names: named.names }
    : null;
}

function addressField(
  { on, family, mask }: Extract<Part, { kind: 'address' }>,
  op: string,
  values: readonly Json[],
): Field | null {
  const ranges: (readonly [bigint, bigint])[] = [];
  for (const value of values) {
    const read = parseRange(rangeText(value));
    if (read === null || read.family !== family) return null;
    ranges.push(read.range);
  }
  const set: AddressSet = normalize(ranges);
  if (mask !== TOP[family]) {
    if (op !== '==' && op !== '!=') return null;
    return maskedField(on, family, mask, set);
  }
  if (op === '==' || op === '!=' || op === 'in') return { on, family, set };
  const [edge] = set;
  if (edge === undefined || set.length !== 1 || edge[0] !== edge[1]) return null;
  const [limit] = edge;
  const top = TOP[family];
  const bounds: Readonly<Record<string, readonly [bigint, bigint]>> = {
    '<': [0n, limit - 1n],
    '<=': [0n, limit],
    '>': [limit + 1n, top],
    '>=': [limit, top],
  };
  const bound = bounds[op];
  return bound === undefined ? null : { on, family, set: normalize([bound]) };
}

function rangeText(value: Json): string {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return '';
  const { prefix, range } = value;
  if (isObject(prefix)) return `${scalar(prefix['addr'])}/${scalar(prefix['len'])}`;
  return Array.isArray(range) ? `${scalar(range[0])}-${scalar(range[1])}` : '';
}

const LIMITS: Partial<Record<NumberField, number>> = { protocol: 255, mark: 0xffffffff, 'ct-mark': 0xffffffff };

function numberField(
  on: Exclude<NumberField, 'tcp-flags'>,
  mask: number,
  op: string,
  values: readonly Json[],
): Field | null {
  const top = LIMITS[on] ?? 65535;
  const intervals: (readonly [number, number])[] = [];
  for (const value of values) {
    const read = numberRange(value);
    if (read === null) return null;
    intervals.push(read);
  }
  let set: Intervals<number> = normalize(intervals);
  const [edge] = set;
  if (op === '<' || op === '>' || op === '<=' || op === '>=') {
    if (edge === undefined || set.length !== 1 || edge[0] !== edge[1]) return null;
    const limit = edge[0];
    set = op === '<' ? [[0, limit - 1]] : op === '<=' ? [[0, limit]] : op === '>' ? [[limit + 1, top]] : [[limit, top]];
    set = normalize(set);
  } else if (op !== '==' && op !== '!=' && op !== 'in') return null;
  else if (op === 'in' && on !== 'protocol' && on.endsWith('mark')) return null;
  if (on === 'protocol') return { on, protocols: set };
  if (on === 'mark' || on === 'ct-mark') return { on, mask, values: set };
  if (minus(set, [[0, 65535]]).length > 0) return null;
  if ((mask & 0xffff) === 0xffff) return { on, ports: set };
  const ports = portsWith(mask, set);
  return ports === null ? null : { on, ports };
}

/** A mask that leaves more ranges than this is not understood. */
const MOST_RANGES = 1024;

/** Ports of which the bits under the mask lie in `values`. */
function portsWith(mask: number, values: Intervals<number>): Intervals<number> | null {
  const ports: [number, number][] = [];
  for (let port = 0; port <= 65535; port++) {
    if (!has(values, port & mask)) continue;
    const last = ports.at(-1);
    if (last !== undefined && last[1] === port - 1) last[1] = port;
    else ports.push([port, port]);
    if (ports.length > MOST_RANGES) return null;
  }
  return ports;
}

function flagsField(mask: number, op: string, values: readonly Json[]): Field | null {
  const bits = values.map(flagBits);
  if (bits.includes(null)) return null;
  if (op === 'in' || op === '!') {
    // "any of these", "none of these": a new connection carries SYN alone.
    const some = bits.reduce<number>((sum, bit) => sum | (bit as number), 0);
    return (some & 2) !== 0 ? { on: 'tcp-flags', mask: 2, value: 2 } : { on: 'tcp-flags', mask: 0, value: 1 };
  }
  if (op !== '==' && op !== '!=') return null;
  const rows = bits.map((value) => [
    { field: { on: 'tcp-flags', mask, value: value as number } as const, negate: false },
  ]);
  return rows.length === 1 ? (rows[0]?.[0]?.field ?? null) : { on: 'any', rows };
}

function nameField(on: 'in-interface' | 'out-interface', values: readonly Json[]): Field | null {
  const names: string[] = [];
  for (const value of values) {
    if (typeof value !== 'string' || value.endsWith('+') || value.includes('\\')) return null;
    names.push(value.endsWith('*') ? `${value.slice(0, -1)}+` : value);
  }
  return { on, names };
}

const STATES = new Set(['new', 'established', 'related', 'invalid', 'untracked']);
const FAMILIES: Readonly<Record<string, Family>> = { ipv4: 4, ip: 4, ipv6: 6, ip6: 6 };
const PACKET_TYPES: Readonly<Record<string, PacketType>> = {
  host: 'host',
  unicast: 'host',
  broadcast: 'broadcast',
  multicast: 'multicast',
  other: 'other',
};

function wordField(on: WordField, op: string, values: readonly Json[]): Field | null {
  // `ct state != new,related` compares with both bits at once, which no packet has.
  if (on === 'ct-state' && values.length === 1 && isObject(values[0]) && op !== 'in') return { on, states: [] };
  if (!values.every((value) => typeof value === 'string')) return null;
  const words = values;
  switch (on) {
    case 'ct-state':
      return words.every((word) => STATES.has(word)) ? { on, states: words as CtState[] } : null;
    case 'ct-status':
      // Only the implicit form asks for a bit; `==`, `!=` and sets compare with the whole, and a redirected packet has
      // other bits beside `dnat`: it is never equal. Seen in `nft --debug=netlink` 1.0.6 and with packets.
      return { on, statuses: op === 'in' || op === '!' ? words : [] };
    case 'ct-direction': {
      const [word] = words;
      return words.length === 1 && (word === 'original' || word === 'reply') ? { on, direction: word } : null;
    }
    case 'family': {
      const families = words.map((word) => FAMILIES[word]).filter((family) => family !== undefined);
      return { on, families };
    }
    case 'packet-type': {
      const types = words.map((word) => PACKET_TYPES[word]);
      return types.includes(undefined) ? null : { on, types: types as PacketType[] };
    }
  }
}

const ADDRESS_TYPES = new Set(['unspec', 'unicast', 'local', 'broadcast', 'anycast', 'multicast']);

function typeField(
  on: 'source-type' | 'destination-type',
  onInterface: boolean,
  values: readonly Json[],
): Field | null {
  const types = values.map((value) =>
    typeof value !== 'string' ? null : ADDRESS_TYPES.has(value) ? (value as AddressType) : 'other',
  );
  return types.includes(null) ? null : { on, types: types as AddressType[], onInterface };
}
