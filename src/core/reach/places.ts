/** Who gets through, in the words that people read: from reach per way in to places and one exposure. */
import { type AddressSet, EVERYTHING, parseAddress, parseRange, sizeOf } from '../address.ts';
import { intersect, minus, normalize, union } from '../intervals.ts';
import type { Exposure, Family, InterfaceKind, ListenerReach, Place, PlaceKind, Reach, Verdict } from '../model.ts';
import type { Internet } from './internet.ts';

/** One way in, with its sets still as sets. */
export interface WayIn {
  readonly interface: string;
  readonly kind: InterfaceKind;
  readonly family: Family;
  /** Does the internet come in here, for the address that is spoken to? */
  readonly internet: Internet;
  /** Is that address one of this interface's own? */
  readonly own: boolean;
  readonly attached: AddressSet;
  /** Everybody who is not attached. */
  readonly beyond: AddressSet;
  readonly open: AddressSet;
  readonly limited: AddressSet;
  readonly unknown: AddressSet;
  /** The same text, the same answer. */
  readonly answer: string;
  readonly shown: Reach;
}

const network = (text: string): readonly [bigint, bigint] => parseRange(text)?.range ?? [0n, 0n];

/**
 * Addresses that are not routed on the public internet. Documentation ranges are left in: nobody's laptop has one, and
 * counting them as public can only make the answer more careful. Source: IANA special-purpose address registries.
 */
export const NOT_PUBLIC: Record<Family, AddressSet> = {
  4: normalize(
    [
      '0.0.0.0/8',
      '10.0.0.0/8',
      '100.64.0.0/10',
      '127.0.0.0/8',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.0.0.0/24',
      '192.168.0.0/16',
      '224.0.0.0/3',
    ].map(network),
  ),
  // All but 2000::/3.
  6: minus(EVERYTHING[6], [[0x2000n << 112n, (0x4000n << 112n) - 1n]]),
};

export const isPublic = (value: bigint, family: Family): boolean =>
  minus([[value, value]], NOT_PUBLIC[family]).length > 0;

/** @param address as in a way in, perhaps with a zone */
export function isPublicText(address: string): boolean {
  const read = parseAddress(address);
  return read !== null && isPublic(read.value, read.family);
}

const RANK: Record<Exposure, number> = { unknown: -1, self: 0, some: 1, network: 2, internet: 3 };

/** unseen: there may be more ways than these. */
export function summarize(ways: readonly WayIn[], unseen: boolean): ListenerReach {
  const places: Place[] = [];
  let exposure: Exposure = 'self';
  let unknownRank = 0;
  // A network of which it is not known who gets through from there, and which no open verdict names.
  let unnamed = false;
  const widen = (to: Exposure): void => {
    if (RANK[to] > RANK[exposure]) exposure = to;
  };
  for (const name of new Set(ways.map((way) => way.interface))) {
    const own = ways.filter((way) => way.interface === name);
    const kind = placeKind(own[0]?.kind ?? 'other');
    const near = rate(own, (way) => way.attached);
    places.push({ kind, interface: name, verdict: near.verdict });
    if (near.reaches !== 'none') widen(near.reaches === 'most' ? 'network' : 'some');
    if (near.unknown) unknownRank = Math.max(unknownRank, RANK.network);
    if (near.unknown && near.verdict !== 'open' && near.verdict !== 'limited') unnamed = true;
    // Beyond the attached networks, but not from the internet: other private networks behind a router.
    // Once the network is known to get in, they make it no wider.
    if (RANK[exposure] >= RANK.network) continue;
    const far = rate(own, (way) => way.beyond);
    if (far.reaches !== 'none') widen(far.reaches === 'most' ? 'network' : 'some');
    if (far.unknown) unknownRank = Math.max(unknownRank, RANK.network);
  }
  const outside = ways.filter((way) => way.internet.in !== 'never' && way.kind !== 'container').map(asLed);
  const internet = rate(outside, (way) => minus(way.beyond, NOT_PUBLIC[way.family]));
  places.push({ kind: 'internet', interface: null, verdict: outside.length === 0 ? 'blocked' : internet.verdict });
  if (internet.reaches !== 'none') widen(internet.reaches === 'most' ? 'internet' : 'some');
  if (internet.unknown) unknownRank = RANK.internet;
  if (unseen) unknownRank = RANK.internet;
  const nothingKnown = exposure === 'self' && unknownRank > 0;
  return {
    exposure: nothingKnown ? 'unknown' : exposure,
    // One network that is known to be open says nothing of another one; the internet is everyone.
    exposureComplete: unknownRank <= RANK[exposure] && !nothingKnown && !(unnamed && RANK[exposure] < RANK.internet),
    places,
    reach: ways.map((way) => way.shown),
  };
}

/** Where it is not known whether they get here, whoever the rules let through is unknown. */
const asLed = (way: WayIn): WayIn =>
  way.internet.in === 'comes'
    ? way
    : { ...way, open: [], limited: [], unknown: union(way.unknown, union(way.open, way.limited)) };

interface Rated {
  readonly verdict: Verdict | 'some';
  /** How much of the place gets through, by any way in. */
  readonly reaches: 'none' | 'part' | 'most';
  readonly unknown: boolean;
}

/** Ways of one family whose sets are not the very same ones again, as they are for addresses that no rule tells apart. */
function distinct(ways: readonly WayIn[], family: Family, placeOf: (way: WayIn) => AddressSet): readonly WayIn[] {
  const own: WayIn[] = [];
  for (const way of ways) {
    if (way.family !== family || placeOf(way).length === 0) continue;
    const again = own.some(
      (other) => other.open === way.open && other.unknown === way.unknown && placeOf(other) === placeOf(way),
    );
    if (!again) own.push(way);
  }
  return own;
}

/** One place over several ways into it (families, addresses): whoever finds any open way gets through. */
function rate(ways: readonly WayIn[], placeOf: (way: WayIn) => AddressSet): Rated {
  let open = false;
  let limited = false;
  let some = false;
  let unknown = false;
  let most = false;
  for (const family of [4, 6] as const) {
    const own = distinct(ways, family, placeOf);
    if (own.length === 0) continue;
    const all = own.map(placeOf).reduce(union);
    const opened = own.map((way) => intersect(way.open, placeOf(way))).reduce(union);
    const slowed = minus(own.map((way) => intersect(way.limited, placeOf(way))).reduce(union), opened);
    const through = union(opened, slowed);
    const doubt = minus(own.map((way) => intersect(way.unknown, placeOf(way))).reduce(union), through);
    if (doubt.length > 0) unknown = true;
    if (through.length === 0) continue;
    if (2n * sizeOf(through) >= sizeOf(all)) most = true;
    if (minus(all, opened).length === 0) open = true;
    else if (minus(all, through).length === 0) limited = true;
    else some = true;
  }
  const verdict = open ? 'open' : limited ? 'limited' : some ? 'some' : unknown ? 'unknown' : 'blocked';
  return { verdict, reaches: most ? 'most' : some || open || limited ? 'part' : 'none', unknown };
}

function placeKind(kind: InterfaceKind): PlaceKind {
  switch (kind) {
    case 'vpn':
    case 'tailnet':
    case 'container':
      return kind;
    case 'wifi':
    case 'ethernet':
    case 'mobile':
    case 'loopback':
    case 'other':
      return 'lan';
  }
}
