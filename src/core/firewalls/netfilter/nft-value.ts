/** Keys (what a match looks at) and values (what it may be) of `nft -j` expressions. */
import { type AddressSet, TOP, parseAddress, parseRange } from '../../address.ts';
import { maskedField } from './address-bits.ts';
import { type Intervals, has, minus, normalize } from '../../intervals.ts';
import { doubt } from '../../gaps/index.ts';
import type { Family } from '../../model.ts';
import {
  type AddressType,
  type CtState,
  type Field,
  NEVER,
  PROTOCOLS,
  type PacketType,
  TCP_FLAGS,
  type Test,
} from './model.ts';
import { type Json, type JsonObject, type NftSet, isObject, scalar } from './nft-json.ts';

export interface NftContext {
  readonly families: readonly Family[];
  readonly chainKey: (name: string) => string | undefined;
  readonly setNamed: (name: string) => NftSet | undefined;
}

type NumberField =
  | 'source-port'
  | 'destination-port'
  | 'original-source-port'
  | 'original-destination-port'
  | 'protocol'
  | 'mark'
  | 'ct-mark'
  | 'tcp-flags';
type AddressField = 'source' | 'destination' | 'original-source' | 'original-destination';
type WordField = 'ct-state' | 'ct-status' | 'ct-direction' | 'packet-type' | 'family';

type Part =
  | { readonly kind: 'address'; readonly on: AddressField; readonly family: Family; readonly mask: bigint }
  | { readonly kind: 'number'; readonly on: NumberField; readonly mask: number }
  | { readonly kind: 'name'; readonly on: 'in-interface' | 'out-interface' }
  | { readonly kind: 'word'; readonly on: WordField }
  /** `ct status & dnat`. */
  | { readonly kind: 'status-bit'; readonly status: string }
  /** The same for every first packet. */
  | { readonly kind: 'constant'; readonly value: number }
  /** One of that many numbers, by chance or in turn. */
  | { readonly kind: 'random'; readonly below: number }
  /** `fib saddr oif`: an interface, or none. */
  | { readonly kind: 'route'; readonly same: boolean; readonly usesMark: boolean }
  | { readonly kind: 'type'; readonly on: 'source-type' | 'destination-type'; readonly onInterface: boolean };

/**
 * What a match looks at: one field, or several at once (a concatenation), with what it silently requires. No parts: it is
 * known what it requires, and not what it looks at.
 */
export interface NftKey {
  readonly implies: readonly Test[];
  readonly parts: readonly Part[];
}

const isFamily = (...families: Family[]): Test => ({ field: { on: 'family', families }, negate: false });
const isProtocol = (number: number): Test => ({
  field: { on: 'protocol', protocols: [[number, number]] },
  negate: false,
});
const isTracked: Test = { field: { on: 'ct-state', states: ['invalid', 'untracked'] }, negate: true };
const isForGroup: Test = {
  field: { on: 'destination-type', types: ['multicast', 'broadcast'], onInterface: false },
  negate: false,
};
const nothing: Test = { field: NEVER, negate: false };
const number = (on: NumberField, mask = 0xffffffff): Part => ({ kind: 'number', on, mask });

export function keyOf(json: Json, context: NftContext): NftKey | null {
  if (!isObject(json)) return null;
  const [kind = ''] = Object.keys(json);
  const body = json[kind] as Json;
  switch (kind) {
    case 'payload':
      return isObject(body) ? payloadKey(body) : null;
    case 'meta':
      return isObject(body) ? metaKey(scalar(body['key'])) : null;
    case 'ct':
      return isObject(body) ? ctKey(body, context) : null;
    case 'fib':
      return isObject(body) ? fibKey(body) : null;
    case 'numgen': {
      const below = isObject(body) ? body['mod'] : undefined;
      const offset = isObject(body) ? (body['offset'] ?? 0) : 0;
      return typeof below === 'number' && offset === 0 ? { implies: [], parts: [{ kind: 'random', below }] } : null;
    }
    case '&':
      return Array.isArray(body) ? maskedKey(body as readonly Json[], context) : null;
    case 'concat': {
      if (!Array.isArray(body)) return null;
      const keys = (body as readonly Json[]).map((part) => keyOf(part, context));
      if (keys.includes(null)) return null;
      const all = keys as NftKey[];
      return { implies: all.flatMap((key) => key.implies), parts: all.flatMap((key) => key.parts) };
    }
    default:
      return null;
  }
}

const L4: Readonly<Record<string, number>> = { tcp: 6, udp: 17, sctp: 132, dccp: 33, udplite: 136 };

function payloadKey(body: JsonObject): NftKey | null {
  const [protocol, field] = [scalar(body['protocol']), scalar(body['field'])];
  const family: Family | null = protocol === 'ip' ? 4 : protocol === 'ip6' ? 6 : null;
  if (family !== null) {
    const implies = [isFamily(family)];
    if (field === 'saddr') return { implies, parts: [address('source', family)] };
    if (field === 'daddr') return { implies, parts: [address('destination', family)] };
    if (field === 'protocol' || field === 'nexthdr') return { implies, parts: [number('protocol')] };
    if (field === 'version') return { implies, parts: [{ kind: 'constant', value: family }] };
    return { implies, parts: [] };
  }
  const l4 = L4[protocol];
  if (l4 === undefined && protocol !== 'th') {
    // A field of another protocol: nothing that we ask about has it.
    const other = PROTOCOLS[protocol];
    return other === undefined ? null : { implies: [isProtocol(other)], parts: [] };
  }
  const implies = l4 === undefined ? [] : [isProtocol(l4)];
  if (field === 'sport') return { implies, parts: [number('source-port')] };
  if (field === 'dport') return { implies, parts: [number('destination-port')] };
  if (protocol === 'tcp' && field === 'flags') return { implies, parts: [number('tcp-flags', 0xff)] };
  return { implies, parts: [] };
}

const address = (on: AddressField, family: Family): Part => ({ kind: 'address', on, family, mask: TOP[family] });

function metaKey(key: string): NftKey | null {
  const parts: Readonly<Record<string, Part>> = {
    iifname: { kind: 'name', on: 'in-interface' },
    iif: { kind: 'name', on: 'in-interface' },
    oifname: { kind: 'name', on: 'out-interface' },
    oif: { kind: 'name', on: 'out-interface' },
    l4proto: number('protocol'),
    nfproto: { kind: 'word', on: 'family' },
    protocol: { kind: 'word', on: 'family' },
    pkttype: { kind: 'word', on: 'packet-type' },
    mark: number('mark'),
    random: { kind: 'random', below: 2 ** 32 },
  };
  // Only what is for a group may have found its socket before the rules see it; anything else has none to ask.
  if (key === 'skuid' || key === 'skgid' || key === 'cgroup') return { implies: [isForGroup], parts: [] };
  const part = parts[key];
  return part === undefined ? null : { implies: [], parts: [part] };
}

function ctKey(body: JsonObject, context: NftContext): NftKey | null {
  const key = scalar(body['key']);
  if (body['dir'] === undefined) {
    if (key === 'state' || key === 'status' || key === 'direction') {
      return { implies: [], parts: [{ kind: 'word', on: `ct-${key}` }] };
    }
    if (key === 'l3proto') return { implies: [isTracked], parts: [{ kind: 'word', on: 'family' }] };
    if (key === 'protocol') return { implies: [isTracked], parts: [number('protocol')] };
    // A new connection that no other one has announced has no helper to ask. Source: nft_ct.c, nft_ct_get_eval.
    if (key === 'helper') return { implies: [nothing], parts: [] };
    return key === 'mark' ? { implies: [], parts: [number('ct-mark')] } : null;
  }
  if (body['dir'] === 'reply') return replyKey(key, context);
  if (body['dir'] !== 'original') return null;
  if (key === 'proto-dst') return { implies: [], parts: [number('original-destination-port')] };
  if (key === 'proto-src') return { implies: [], parts: [number('original-source-port')] };
  const named = /^(?:(ip6?) )?(saddr|daddr)$/.exec(key);
  if (named === null) return null;
  const family = familyOf(named[1], context);
  if (family === undefined) return null;
  const on = named[2] === 'saddr' ? 'original-source' : 'original-destination';
  return { implies: [isFamily(family)], parts: [address(on, family)] };
}

/** The answer to a packet goes from where that was sent to, to where it came from. */
function replyKey(key: string, context: NftContext): NftKey | null {
  if (key === 'proto-src') return { implies: [isTracked], parts: [number('destination-port')] };
  if (key === 'proto-dst') return { implies: [isTracked], parts: [number('source-port')] };
  const named = /^(?:(ip6?) )?(saddr|daddr)$/.exec(key);
  const family = named === null ? undefined : familyOf(named[1], context);
  if (named === null || family === undefined) return null;
  return {
    implies: [isTracked, isFamily(family)],
    parts: [address(named[2] === 'saddr' ? 'destination' : 'source', family)],
  };
}

const familyOf = (word: string | undefined, { families }: NftContext): Family | undefined =>
  word === 'ip' ? 4 : word === 'ip6' ? 6 : families.length === 1 ? families[0] : undefined;

function fibKey(body: JsonObject): NftKey | null {
  const flags = Array.isArray(body['flags']) ? (body['flags'] as readonly Json[]) : [body['flags'] as Json];
  const { result } = body;
  if ((result === 'oif' || result === 'oifname') && flags.includes('saddr')) {
    if (!flags.every((flag) => flag === 'saddr' || flag === 'iif' || flag === 'mark')) return null;
    return { implies: [], parts: [{ kind: 'route', same: flags.includes('iif'), usesMark: flags.includes('mark') }] };
  }
  if (body['result'] !== 'type' || !flags.every((flag) => flag === 'saddr' || flag === 'daddr' || flag === 'iif'))
    return null;
  if (flags.includes('saddr') === flags.includes('daddr')) return null;
  const on = flags.includes('daddr') ? 'destination-type' : 'source-type';
  return { implies: [], parts: [{ kind: 'type', on, onInterface: flags.includes('iif') }] };
}

function maskedKey(body: readonly Json[], context: NftContext): NftKey | null {
  const key = keyOf(body[0] as Json, context);
  const [part] = key?.parts ?? [];
  if (key !== null && part?.kind === 'word' && part.on === 'ct-status' && typeof body[1] === 'string') {
    return { implies: key.implies, parts: [{ kind: 'status-bit', status: body[1] }] };
  }
  if (key === null || part === undefined || key.parts.length !== 1) return null;
  if (part.kind === 'address' && part.mask === TOP[part.family]) {
    const bits = typeof body[1] === 'string' ? parseAddress(body[1]) : null;
    if (bits === null || bits.family !== part.family) return null;
    return { implies: key.implies, parts: [{ ...part, mask: bits.value }] };
  }
  if (part.kind !== 'number' || part.on === 'protocol') return null;
  const mask = part.on === 'tcp-flags' ? flagBits(body[1] as Json) : numberOf(body[1] as Json);
  return mask === null ? null : { implies: key.implies, parts: [{ ...part, mask }] };
}

// ---------------------------------------------------------------- values

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

function numberRange(value: Json): readonly [number, number] | null {
  if (isObject(value) && Array.isArray(value['range'])) {
    const [first, last] = (value['range'] as readonly Json[]).map(numberOf);
    return first === null || last === null || first === undefined || last === undefined ? null : [first, last];
  }
  const read = numberOf(value);
  return read === null ? null : [read, read];
}

function numberOf(value: Json): number | null {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  if (typeof value !== 'string') return null;
  // nft 1.0.6 prints ports of `ct original proto-dst` so.
  const odd = /^(0x[0-9a-f]+) \[invalid type\]$/.exec(value);
  return odd === null ? (PROTOCOLS[value] ?? null) : Number(odd[1]);
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

function flagBits(value: Json): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return TCP_FLAGS[value] ?? null;
  const list = isObject(value) ? value['|'] : value;
  if (!Array.isArray(list)) return null;
  return (list as readonly Json[])
    .map(flagBits)
    .reduce((sum, bit) => (sum === null || bit === null ? null : sum | bit), 0);
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

// ---------------------------------------------------------------- words

/** An expression as nft would write it, as near as it matters to a reader; JSON where it has no short form. */
export function printNft(json: Json): string {
  if (typeof json !== 'object' || json === null) return String(json);
  if (!isObject(json)) return json.map(printNft).join(',');
  const [kind = ''] = Object.keys(json);
  const body = json[kind] as Json;
  if (body === null) return kind;
  if (isObject(body)) {
    switch (kind) {
      case 'match': {
        const op = body['op'] === '==' || body['op'] === 'in' ? '' : `${scalar(body['op'])} `;
        return `${printNft(body['left'] as Json)} ${op}${printNft(body['right'] as Json)}`;
      }
      case 'payload':
        return `${scalar(body['protocol'])} ${scalar(body['field'])}`;
      case 'meta':
        return scalar(body['key']).match(/name$|^[io]if$/) ? scalar(body['key']) : `meta ${scalar(body['key'])}`;
      case 'ct':
        return ['ct', scalar(body['dir']), scalar(body['key'])].filter((word) => word !== '').join(' ');
      case 'fib':
        return `fib ${printNft(body['flags'] as Json)} ${scalar(body['result'])}`;
      case 'prefix':
        return `${scalar(body['addr'])}/${scalar(body['len'])}`;
      case 'jump':
      case 'goto':
        return `${kind} ${scalar(body['target'])}`;
      case 'vmap':
        return `${printNft(body['key'] as Json)} vmap ${printNft(body['data'] as Json)}`;
      case 'elem':
        return printNft(body['val'] as Json);
      case 'counter':
      case 'log':
        return kind;
      case 'redirect':
        return `redirect to :${printNft(body['port'] as Json)}`;
      case 'dnat':
      case 'snat':
        return `${kind} to ${printNft(body['addr'] ?? '')}${body['port'] === undefined ? '' : `:${printNft(body['port'])}`}`;
      default:
        return JSON.stringify(json);
    }
  }
  if (kind === 'set' && Array.isArray(body)) {
    const list = body as readonly Json[];
    return `{ ${list.map((entry) => (Array.isArray(entry) ? entry.map(printNft).join(' : ') : printNft(entry))).join(', ')} }`;
  }
  if (kind === 'concat' && Array.isArray(body)) return (body as readonly Json[]).map(printNft).join(' . ');
  if (kind === 'range' && Array.isArray(body)) return (body as readonly Json[]).map(printNft).join('-');
  return JSON.stringify(json);
}
