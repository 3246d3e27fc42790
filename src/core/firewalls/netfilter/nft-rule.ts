/**
 * One rule of `nft -j` -> statements. What is not understood becomes an `unknown` test or effect with its own JSON as text.
 * Semantics: nft(8); payload matches imply their protocol, and in inet tables `ip` and `ip6` imply their family.
 */
import { EVERYTHING } from '../../address.ts';
import type { Intervals } from '../../intervals.ts';
import { doubt, ruleDoubt } from '../../gaps/index.ts';
import type { Family } from '../../model.ts';
import { countedByNft } from './counted.ts';
import { type Case, type Effect, type Field, type Rule, type Statement, type Test, always } from './model.ts';
import { type Json, type JsonObject, isObject, scalar } from './nft-json.ts';
import { requirements } from './nft-requires.ts';
import { fieldFor, mapElements } from './nft-field.ts';
import { type NftContext, type NftKey, keyOf } from './nft-key.ts';
import { printNft } from './nft-print.ts';

/** Statements that neither decide nor change what a later rule could see. */
const INERT = new Set([
  'counter',
  'log',
  'comment',
  'flow',
  'dup',
  'secmark',
  'set',
  'last',
  'objref',
  'map',
  'ct helper',
  'ct timeout',
  'ct expectation',
]);

export function readNftRule(expressions: readonly Json[], comment: string | null, context: NftContext): Rule {
  const text = expressions.map(printNft).join(' ') + (comment === null ? '' : ` comment "${comment}"`);
  const statements = expressions.flatMap((each) => [...requirements(each, context), ...statement(each, context)]);
  return { text, statements };
}

const unknownTest = (json: Json): Statement => ({
  kind: 'test',
  test: { field: { on: 'unknown', doubt: ruleDoubt(printNft(json)) }, negate: false },
});

const unclear = (json: Json): Extract<Effect, { do: 'unknown' }> => ({
  do: 'unknown',
  doubt: ruleDoubt(printNft(json)),
});

const rateTest = (kind: string, json: JsonObject): Statement[] => [
  { kind: 'test', test: { field: countedByNft(kind, json[kind] as Json, printNft(json)), negate: false } },
];

function statement(json: Json, context: NftContext): Statement[] {
  if (!isObject(json)) return [unknownTest(json)];
  const [kind = ''] = Object.keys(json);
  const body = json[kind] as Json;
  switch (kind) {
    case 'match':
      return isObject(body) ? (match(body, context) ?? [unknownTest(json)]) : [unknownTest(json)];
    case 'accept':
    case 'drop':
    case 'return':
      return [always({ do: kind })];
    case 'reject':
      return [...rejectImplies(body), always({ do: 'reject' })];
    case 'continue':
      return [];
    case 'jump':
    case 'goto':
      return [always(verdict(json, context) ?? unclear(json))];
    case 'vmap':
      return isObject(body) ? (verdictMap(body, context) ?? [always(unclear(json))]) : [];
    case 'limit':
    case 'ct count':
    case 'quota':
    case 'meter':
      return rateTest(kind, json);
    case 'mangle':
      return isObject(body) ? mangle(body, json, context) : [unknownTest(json)];
    case 'notrack':
      return [always({ do: 'notrack' })];
    case 'redirect':
    case 'dnat':
      return natStatement(kind, body, context) ?? [always(unclear(json))];
    case 'snat':
    case 'masquerade':
      return [always({ do: 'snat' })];
    case 'tproxy': {
      const port = isObject(body) ? body['port'] : undefined;
      const captures = typeof port === 'number' ? ([[port, port]] as const) : ([[1, 65535]] as const);
      return [always({ ...unclear(json), captures })];
    }
    default:
      if (kind === 'set' && isObject(body) && isRationed(body)) return rateTest(kind, json);
      if (INERT.has(kind)) return [];
      return [always(unclear(json))];
  }
}

/** `add @seen { ip saddr limit rate 3/minute }` lets a part through; `add @seen { ip saddr counter }` only notes it. */
const isRationed = (body: JsonObject): boolean => /"(limit|quota|ct count)"/.test(JSON.stringify(body['stmt'] ?? null));

/**
 * What a way of rejecting requires of the packet. nft leaves `meta nfproto ipv4` before `reject with icmp` out of its
 * listing, because it goes without saying (seen with nft 1.0.6); a reset can only answer TCP.
 */
function rejectImplies(body: Json): Statement[] {
  const type = isObject(body) ? body['type'] : undefined;
  if (type === 'tcp reset') return [implied({ on: 'protocol', protocols: [[6, 6]] })];
  return type === 'icmp' || type === 'icmpv6' ? [implied({ on: 'family', families: [type === 'icmp' ? 4 : 6] })] : [];
}

const implied = (field: Field): Statement => ({ kind: 'test', test: { field, negate: false } });

function match(body: JsonObject, context: NftContext): Statement[] | null {
  const key = keyOf(body['left'] as Json, context);
  if (key === null) return null;
  const op = scalar(body['op']);
  const field: Field = fieldFor(key, op, body['right'] as Json, context) ?? {
    on: 'unknown',
    doubt: ruleDoubt(printNft({ match: body })),
  };
  const tests: Test[] = [
    ...key.implies,
    { field, negate: op === '!=' || op === '!' },
    ...(hidesFamily(body, context) ? [{ field: HIDDEN_FAMILY, negate: false }] : []),
  ];
  return tests.map((test) => ({ kind: 'test', test }));
}

const HIDDEN_FAMILY: Field = { on: 'unknown', doubt: doubt({ kind: 'hidden-family' }) };

/**
 * `meta nfproto ipv6 ct protocol tcp` is listed as `ct protocol tcp`, so in a table of both families that line may stand
 * for one of them (seen with nft 1.0.6; `ct protocol != tcp` and sets are printed whole).
 */
function hidesFamily({ left, op, right }: JsonObject, { families }: NftContext): boolean {
  const ct = isObject(left) ? left['ct'] : undefined;
  const plain = !isObject(right) && !Array.isArray(right) && (op === '==' || op === 'in');
  return families.length > 1 && plain && isObject(ct) && ct['key'] === 'protocol';
}

function verdict(json: Json, context: NftContext): Effect | null {
  if (!isObject(json)) return null;
  const [kind = ''] = Object.keys(json);
  if (kind === 'accept' || kind === 'drop' || kind === 'return') return { do: kind };
  const body = json[kind];
  const target = isObject(body) ? body['target'] : undefined;
  if ((kind !== 'jump' && kind !== 'goto') || typeof target !== 'string') return null;
  const chain = context.chainKey(target);
  return chain === undefined ? null : { do: kind, chain };
}

function verdictMap(body: JsonObject, context: NftContext): Statement[] | null {
  const key = keyOf(body['key'] as Json, context);
  const elements = mapElements(body['data'] as Json, context);
  if (key === null || elements === null || byChance(key)) return null;
  const cases: Case[] = [];
  for (const [value, data] of restLast(elements)) {
    const field: Field | null = value === '*' ? { on: 'always' } : fieldFor(key, '==', value, context);
    const goesOn = isObject(data) && 'continue' in data;
    const effect = goesOn ? null : verdict(data, context);
    if (field === null || (effect === null && !goesOn)) return null;
    cases.push({ tests: [{ field, negate: false }], effect });
  }
  return [...key.implies.map((test): Statement => ({ kind: 'test', test })), { kind: 'choose', cases }];
}

function mangle(body: JsonObject, json: JsonObject, context: NftContext): Statement[] {
  const [key, value] = [body['key'], body['value']];
  const target = isObject(key) && isObject(key['meta']) && key['meta']['key'] === 'mark' ? 'mark' : ctMark(key);
  if (target === null) {
    if (isObject(key) && isObject(key['ct']) && key['ct']['key'] === 'zone') return [always({ do: 'template' })];
    // Other packet fields (priority, dscp, ttl, tcp options) are not looked at by anything that decides here.
    return isHarmless(key) ? [] : [always(unclear(json))];
  }
  if (typeof value === 'number') return [always({ do: 'set-mark', target, and: 0, xor: value >>> 0 })];
  if (isObject(value) && isObject(value['map'])) {
    const chosen = chooseBy(value['map'], context, (data) =>
      typeof data === 'number' ? { do: 'set-mark', target, and: 0, xor: data >>> 0 } : null,
    );
    if (chosen !== null) return chosen;
  }
  if (isObject(value)) {
    const changed = changedBits(value, target);
    if (changed !== null) return [always({ do: 'set-mark', target, ...changed })];
    const other = target === 'mark' ? ctMark(value) : metaMark(value);
    if (other !== null) return [always({ do: 'copy-mark', from: other, mask: 0xffffffff })];
  }
  return [always({ do: 'forget-mark', target })];
}

/** A part of the packet that no rule here looks at; a raw offset could be any part. */
function isHarmless(key: Json | undefined): boolean {
  if (!isObject(key)) return false;
  const { meta, ct, payload } = key;
  if (isObject(meta)) return meta['key'] !== 'pkttype';
  if (isObject(ct)) return ct['key'] === 'event' || ct['key'] === 'label';
  if (isObject(payload))
    return payload['field'] !== undefined && !/addr|port|protocol|nexthdr/.test(scalar(payload['field']));
  return isObject(key['tcp option']);
}

/** `meta mark & 0x2 ^ 0x4` and the like, when it is the mark's own old value that is changed. */
function changedBits(value: JsonObject, target: 'mark' | 'ct-mark'): { and: number; xor: number } | null {
  if ((ctMark(value) ?? metaMark(value)) === target) return { and: 0xffffffff, xor: 0 };
  const [op = ''] = Object.keys(value);
  const operands = value[op];
  if (!Array.isArray(operands) || operands.length !== 2) return null;
  const [inner, bits] = operands as readonly Json[];
  const old = isObject(inner) ? changedBits(inner, target) : null;
  if (old === null || typeof bits !== 'number') return null;
  if (op === '|') return { and: (old.and & ~bits) >>> 0, xor: ((old.xor & ~bits) | bits) >>> 0 };
  if (op === '&') return { and: (old.and & bits) >>> 0, xor: (old.xor & bits) >>> 0 };
  return op === '^' ? { and: old.and, xor: (old.xor ^ bits) >>> 0 } : null;
}

const ctMark = (json: Json | undefined): 'ct-mark' | null =>
  isObject(json) && isObject(json['ct']) && json['ct']['key'] === 'mark' ? 'ct-mark' : null;
const metaMark = (json: Json | undefined): 'mark' | null =>
  isObject(json) && isObject(json['meta']) && json['meta']['key'] === 'mark' ? 'mark' : null;

function natStatement(kind: 'redirect' | 'dnat', body: Json, context: NftContext): Statement[] | null {
  if (body === null) return kind === 'redirect' ? [always({ do: 'redirect', ports: null })] : null;
  if (!isObject(body)) return null;
  const { addr, port, flags, type_flags: typeFlags } = body;
  const words: readonly Json[] = Array.isArray(flags) ? (flags as readonly Json[]) : flags === undefined ? [] : [flags];
  // Whole networks onto others, bit by bit, are not followed.
  if (typeFlags !== undefined || words.includes('netmap')) return null;
  const family = addr === undefined ? null : natFamily(body, context);
  if (kind === 'dnat' && addr !== undefined && family === null) return null;
  const implies: Statement[] = family === null ? [] : [implied({ on: 'family', families: [family] })];
  const effect = (address: Json | undefined, to: Json | undefined): Effect | null => {
    const ports = to === undefined ? null : portsOf(to, context);
    if (to !== undefined && ports === null) return null;
    if (kind === 'redirect') return { do: 'redirect', ports };
    if (address === undefined || family === null) return { do: 'dnat', set: null, ports };
    const field = fieldFor(addressKey(family), '==', address, context);
    return field?.on === 'destination' ? { do: 'dnat', set: field.set, ports } : null;
  };
  const map = isObject(addr) && isObject(addr['map']) ? addr['map'] : null;
  const portMap = isObject(port) && isObject(port['map']) ? port['map'] : null;
  if (map !== null && port !== undefined) return null;
  const chosen =
    map !== null
      ? chooseBy(map, context, (data) => effect(...placeOf(data)))
      : portMap !== null
        ? chooseBy(portMap, context, (data) => effect(addr, data))
        : null;
  if (map !== null || portMap !== null) return chosen === null ? null : [...implies, ...chosen];
  const only = effect(addr, port);
  return only === null ? null : [...implies, always(only)];
}

/** The value of a map that says where to: an address, or an address with a port. */
function placeOf(data: Json): readonly [address: Json, port: Json | undefined] {
  const parts = isObject(data) && Array.isArray(data['concat']) ? (data['concat'] as readonly Json[]) : [data];
  return parts.length > 2 ? [null, undefined] : [parts[0] as Json, parts[1]];
}

const natFamily = (body: JsonObject, { families }: NftContext): Family | null =>
  body['family'] === 'ip' ? 4 : body['family'] === 'ip6' ? 6 : families.length === 1 ? (families[0] as Family) : null;

/** `tcp dport map { 80 : … }`: each key has its own effect, and where there is none the rule ends. Null: not understood. */
function chooseBy(map: JsonObject, context: NftContext, effectOf: (data: Json) => Effect | null): Statement[] | null {
  const key = keyOf(map['key'] as Json, context);
  const elements = mapElements(map['data'] as Json, context);
  if (key === null || elements === null || byChance(key)) return null;
  const cases: Case[] = [];
  for (const [value, data] of restLast(elements)) {
    const field: Field | null = value === '*' ? { on: 'always' } : fieldFor(key, '==', value, context);
    const effect = effectOf(data);
    if (field === null || effect === null) return null;
    cases.push({ tests: [{ field, negate: false }], effect });
  }
  return [...key.implies.map((test): Statement => ({ kind: 'test', test })), { kind: 'choose', cases }];
}

/** Of a map by chance exactly one case holds, which tests one by one do not say. */
const byChance = ({ parts }: NftKey): boolean => parts.some(({ kind }) => kind === 'random');

/** The catch-all element stands for every key that no other element names. */
const restLast = (elements: readonly (readonly [Json, Json])[]): readonly (readonly [Json, Json])[] =>
  [...elements].sort(([a], [b]) => Number(a === '*') - Number(b === '*'));

const addressKey = (family: Family): NftKey => ({
  implies: [],
  parts: [{ kind: 'address', on: 'destination', family, mask: EVERYTHING[family][0]?.[1] ?? 0n }],
});

function portsOf(json: Json, context: NftContext): Intervals<number> | null {
  const field: Field | null = fieldFor(
    { implies: [], parts: [{ kind: 'number', on: 'destination-port', mask: 0xffff }] },
    '==',
    json,
    context,
  );
  return field?.on === 'destination-port' ? field.ports : null;
}
