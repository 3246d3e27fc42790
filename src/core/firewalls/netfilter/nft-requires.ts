/**
 * What a statement of nft that is no test requires all the same. `add @seen { ip saddr } drop` says nothing to IPv6, and
 * `counter name tcp dport map { 80 : "web" } drop` drops port 80 alone: where a key or a map has no value, the rule ends.
 * nft leaves the test that it puts before such a key out of its listing (seen with nft 1.0.6, and with packets).
 * Source: NFT_BREAK in net/netfilter/nft_{payload,lookup,objref,dynset,ct,exthdr,flow_offload}.c.
 */
import { doubt, ruleDoubt } from '../../gaps/index.ts';
import { type Field, NEVER, type Statement, type Test, test } from './model.ts';
import { type Json, type JsonObject, isObject, scalar } from './nft-json.ts';
import { fieldFor, mapElements } from './nft-field.ts';
import { type NftContext, keyOf } from './nft-key.ts';
import { printNft } from './nft-print.ts';

/** They say themselves what they require, or none of what follows depends on it. */
const KNOWN = new Set(['match', 'vmap', 'redirect', 'dnat', 'snat', 'masquerade', 'reject', 'log', 'jump', 'goto']);

/** What a packet has or has not, which cannot be told from here. */
const UNSURE = new Set(['socket', 'rt', 'osf', 'exthdr', 'ipsec', 'tunnel']);
const UNSURE_META = new Set(['skuid', 'skgid', 'cgroup', 'rtclassid']);

export function requirements(statement: Json, context: NftContext): readonly Statement[] {
  if (!isObject(statement)) return [];
  const [kind = ''] = Object.keys(statement);
  const body = statement[kind];
  if (KNOWN.has(kind) || typeof body !== 'object' || body === null) return [];
  // The connection of a first packet is not confirmed yet, and is not taken over.
  if (kind === 'flow') return [test(NEVER)];
  if ((kind === 'set' || kind === 'map') && isObject(body) && isFull(body[kind], context))
    return [test({ on: 'unknown', doubt: doubt({ kind: 'set-full', text: printNft(statement), of: kind }) })];
  if (kind !== 'mangle' || !isObject(body)) return required(body, context);
  const { key, value } = body;
  // What is written to need not be there, but for a header.
  const written = isObject(key) && (key['meta'] !== undefined || key['ct'] !== undefined) ? null : (key ?? null);
  return [...required(written, context), ...required(value ?? null, context)];
}

function required(json: Json, context: NftContext): readonly Statement[] {
  if (typeof json !== 'object' || json === null) return [];
  if (!isObject(json)) return json.flatMap((part) => required(part, context));
  return Object.keys(json).flatMap((kind): readonly Statement[] => {
    const body = json[kind] as Json;
    if (kind === 'map' && isObject(body) && body['key'] !== undefined) return inMap(body, context);
    if (kind === 'tcp option') return [test({ on: 'protocol', protocols: [[6, 6]] })];
    if (kind === 'payload') return (keyOf({ payload: body }, context)?.implies ?? []).map(asStatement);
    if (kind === 'ct' && isObject(body)) return body['key'] === 'state' ? [] : [test(TRACKED)];
    const unsure = UNSURE.has(kind) || (kind === 'meta' && isObject(body) && UNSURE_META.has(scalar(body['key'])));
    return unsure ? [test({ on: 'unknown', doubt: ruleDoubt(printNft({ [kind]: body })) })] : required(body, context);
  });
}

const TRACKED: Field = { on: 'ct-direction', direction: 'original' };
const asStatement = (one: Test): Statement => ({ kind: 'test', test: one });

/** Where it is full, only who is in it already comes further. */
const isFull = (name: Json | undefined, context: NftContext): boolean =>
  typeof name === 'string' && context.setNamed(name.replace(/^@/, ''))?.full === true;

/** One of the map's keys must fit. */
function inMap(map: JsonObject, context: NftContext): readonly Statement[] {
  const key = keyOf(map['key'] as Json, context);
  const elements = mapElements(map['data'] as Json, context);
  const fields =
    key === null ? null : elements?.map(([value]) => (value === '*' ? ALWAYS : fieldFor(key, '==', value, context)));
  if (key === null || fields === null || fields === undefined || fields.includes(null))
    return [test({ on: 'unknown', doubt: ruleDoubt(printNft({ map })) })];
  const rows = (fields as Field[]).map((field) => [{ field, negate: false }]);
  return [...key.implies.map(asStatement), test({ on: 'any', rows })];
}

const ALWAYS: Field = { on: 'always' };
