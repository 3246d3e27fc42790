/** Keys of `nft -j` expressions: what a match looks at. */
import { TOP, parseAddress } from '../../address.ts';
import type { Family } from '../../model.ts';
import { NEVER, PROTOCOLS, type Test } from './model.ts';
import { type Json, type JsonObject, type NftSet, isObject, scalar } from './nft-json.ts';
import { numberOf, flagBits } from './nft-number.ts';

export interface NftContext {
  readonly families: readonly Family[];
  readonly chainKey: (name: string) => string | undefined;
  readonly setNamed: (name: string) => NftSet | undefined;
}

export type NumberField =
  | 'source-port'
  | 'destination-port'
  | 'original-source-port'
  | 'original-destination-port'
  | 'protocol'
  | 'mark'
  | 'ct-mark'
  | 'tcp-flags';
type AddressField = 'source' | 'destination' | 'original-source' | 'original-destination';
export type WordField = 'ct-state' | 'ct-status' | 'ct-direction' | 'packet-type' | 'family';

export type Part =
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

/** Null: it is not understood. */
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
