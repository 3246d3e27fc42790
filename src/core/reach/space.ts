/** The machine's own addresses and routes, as the rules ask about them. */
import { type AddressSet, EVERYTHING, NOTHING, formatAddress, network, parseAddress, parseRange } from '../address.ts';
import { type Intervals, has, minus, normalize, union } from '../intervals.ts';
import type { AddressType } from '../firewalls/netfilter/model.ts';
import type { Groups } from '../machine/index.ts';
import type { Family, Interface, InterfaceKind, Route, Routing } from '../model.ts';
import type { AnswersFor } from './arp.ts';
import { type Internet, internetBy } from './internet.ts';
import { type ReversePaths, makeReverse } from './reverse.ts';

export interface Destination {
  readonly text: string;
  readonly value: bigint;
  /** Does the interface itself have it? */
  readonly own: boolean;
}

export interface AddressSpace {
  readonly interfaces: readonly Interface[];
  readonly routes: readonly Route[];
  /** Broadcast addresses of the attached IPv4 networks. */
  readonly broadcasts: readonly bigint[];
  readonly local: { readonly [family in Family]: AddressSet };
  /** `local`, `broadcast`, `multicast` or `unicast`, as the kernel's routing would say for a destination. */
  readonly typeOf: (address: bigint, family: Family) => AddressType;
  readonly isOn: (name: string, packet: { readonly family: Family; readonly destination: bigint }) => boolean;
  /** `on`: as this interface alone has it; null: as this computer has it. */
  readonly sourcesOfType: (types: readonly AddressType[], family: Family, on: string | null) => AddressSet | null;
  /** Neighbours: the networks that an interface is on, without going through a router. */
  readonly attached: (name: string, family: Family) => AddressSet;
  /** Everybody else. */
  readonly beyond: (name: string, family: Family) => AddressSet;
  /** First address of the interface, the one that REDIRECT turns a packet to. */
  readonly redirectTarget: (name: string, family: Family, destination: bigint) => bigint | null;
  /** Addresses under which this host answers on an interface: all of its own, and that link's link-local ones. */
  readonly answering: (name: string, family: Family) => readonly Destination[];
  /** Does the internet come in by an interface, for an address of another one? */
  readonly internet: (destination: bigint, name: string, family: Family) => Internet;
  readonly routeFor: (address: bigint, family: Family) => Route | null;
  readonly reverse: ReversePaths;
  readonly groups: Groups;
}

/** The same few interfaces are asked about for every listener. */
function memo<T>(compute: (name: string, family: Family) => T): (name: string, family: Family) => T {
  const known = new Map<string, T>();
  return (name, family) => {
    const key = `${family}${name}`;
    let value = known.get(key);
    if (value === undefined) {
      value = compute(name, family);
      known.set(key, value);
    }
    return value;
  };
}

const MULTICAST: Record<Family, AddressSet> = {
  4: [[0xe0000000n, 0xefffffffn]],
  6: [[0xffn << 120n, (1n << 128n) - 1n]],
};
const LOOPBACK: Record<Family, AddressSet> = { 4: [[0x7f000000n, 0x7fffffffn]], 6: [[1n, 1n]] };
const LINK_LOCAL_6 = network({ family: 6, value: 0xfe80n << 112n }, 10);
const ALL_ONES = 0xffffffffn;
const TUNNELS: ReadonlySet<InterfaceKind> = new Set(['vpn', 'tailnet']);

export const isLoopback = (value: bigint, family: Family): boolean => has(LOOPBACK[family], value);
export const isLinkLocal = (value: bigint, family: Family): boolean => family === 6 && has([LINK_LOCAL_6], value);

/** Ranges of which every address is this computer's own by a route (`ip route add local …`), in tables that all packets ask. */
const localRoutes = ({ entries }: Routing, family: Family): AddressSet =>
  normalize(
    entries
      .filter((entry) => entry.family === family && entry.type === 'local' && !entry.partial && ASKED.has(entry.table))
      .flatMap(({ destination }) => {
        const read = parseRange(destination);
        return read === null ? [] : [read.range];
      }),
  );

const ASKED = new Set(['local', 'main', 'default']);

/**
 * @param edges addresses at which some rule begins or ceases to hold: in a range that is local as a whole each counts
 * @param answersFor does this computer answer at an interface for IPv4 addresses of others?
 */
export function makeSpace(
  interfaces: readonly Interface[],
  routes: readonly Route[],
  routing: Routing,
  groups: Groups = { 4: null, 6: null },
  edges: (family: Family) => readonly bigint[] = () => [],
  answersFor: AnswersFor = () => false,
): AddressSpace {
  const parsed = interfaces.flatMap(({ name, addresses }) =>
    addresses.flatMap(({ family, address, prefix }) => {
      const read = parseAddress(address);
      return read === null || read.family !== family ? [] : [{ name, family, prefix, value: read.value }];
    }),
  );
  const addressesOf = (family: Family, name?: string): readonly { value: bigint; prefix: number }[] =>
    parsed.filter((entry) => entry.family === family && (name === undefined || entry.name === name));
  const ownOf = (family: Family, name?: string): AddressSet => {
    const set = normalize(addressesOf(family, name).map(({ value }) => [value, value] as const));
    return name === undefined || name === 'lo' ? union(set, LOOPBACK[family]) : set;
  };
  const routed = (family: Family): AddressSet => minus(localRoutes(routing, family), ownOf(family));
  const anyIp = { 4: routed(4), 6: routed(6) };
  const local = { 4: union(ownOf(4), anyIp[4]), 6: union(ownOf(6), anyIp[6]) };
  const samples = memo((_name: string, family: Family): readonly Destination[] => {
    const within = anyIp[family].length === 0 ? [] : edges(family).filter((edge) => has(anyIp[family], edge));
    return [...new Set([...anyIp[family].map(([first]) => first), ...within])].map((value) => ({
      text: formatAddress({ family, value }),
      value,
      own: false,
    }));
  });
  const subnetBroadcastsOf = (name?: string): readonly bigint[] =>
    addressesOf(4, name)
      .filter(({ prefix, value }) => prefix < 31 && !isLoopback(value, 4))
      .map(({ value, prefix }) => network({ family: 4, value }, prefix)[1]);
  const subnetBroadcasts = subnetBroadcastsOf();
  const broadcastsOn = (name?: string): AddressSet =>
    normalize([ALL_ONES, ...subnetBroadcastsOf(name)].map((value) => [value, value] as const));
  const broadcasts = broadcastsOn();

  const typeOf = (address: bigint, family: Family): AddressType => {
    if (has(local[family], address)) return 'local';
    if (has(MULTICAST[family], address)) return 'multicast';
    return family === 4 && has(broadcasts, address) ? 'broadcast' : 'unicast';
  };

  const sourcesOfType = (types: readonly AddressType[], family: Family, on: string | null): AddressSet | null => {
    const own = on === null ? local[family] : ownOf(family, on);
    const shouts = family === 6 ? NOTHING : on === null ? broadcasts : broadcastsOn(on);
    const special = union(union(own, MULTICAST[family]), shouts);
    let set: AddressSet = NOTHING;
    for (const type of types) {
      if (type === 'local') set = union(set, own);
      else if (type === 'multicast') set = union(set, MULTICAST[family]);
      else if (type === 'broadcast') set = union(set, shouts);
      else if (type === 'unicast') set = union(set, minus(EVERYTHING[family], special));
      else return null;
    }
    return set;
  };

  const neighbours = memo((name: string, family: Family): AddressSet => {
    const ranges: (readonly [bigint, bigint])[] = addressesOf(family, name).map(({ value, prefix }) =>
      network({ family, value }, prefix),
    );
    for (const route of routes) {
      if (route.interface !== name || route.family !== family || route.gateway !== null) continue;
      const read = parseRange(route.destination);
      // A default route without a gateway (a tunnel), whole or in halves, leads everywhere: that is not a neighbourhood.
      if (read !== null && read.family === family && !/\/[0-3]$/.test(route.destination)) ranges.push(read.range);
    }
    // Whoever is at the other end of a tunnel has an address of his own there; a link-local one leads to nobody else.
    const tunnel = interfaces.some((entry) => entry.name === name && TUNNELS.has(entry.kind));
    if (family === 6 && addressesOf(6, name).length > 0 && !tunnel) ranges.push(LINK_LOCAL_6);
    const set: Intervals<bigint> = normalize(ranges);
    return minus(minus(set, MULTICAST[family]), local[family]);
  });

  // Where the addresses of an interface tell of nobody else (a tunnel with one address, a cable without any), its
  // neighbours are all who come in by it.
  const attached = memo((name: string, family: Family): AddressSet => {
    const known = neighbours(name, family);
    return known.length > 0 ? known : minus(minus(EVERYTHING[family], MULTICAST[family]), local[family]);
  });

  const beyond = memo((name: string, family: Family) => minus(EVERYTHING[family], neighbours(name, family)));

  const ownOnly = new Set(interfaces.flatMap((entry) => (entry.ownOnly === true ? [entry.name] : [])));
  const answering = memo((name: string, family: Family): readonly Destination[] => {
    const mine = new Set(addressesOf(family, name).map(({ value }) => value));
    // Several interfaces may have one address: it is its own where this one has it.
    const listed = [...new Set(addressesOf(family).map(({ value }) => value))]
      .filter((value) => !isLoopback(value, family))
      .filter((value) => mine.has(value) || !(isLinkLocal(value, family) || ownOnly.has(name)))
      .map((value) => ({ text: formatAddress({ family, value }), value, own: mine.has(value) }));
    return [...listed, ...samples('', family)];
  });

  const redirectTarget = (name: string, family: Family, destination: bigint): bigint | null => {
    const found = addressesOf(family, name).find(
      ({ value }) => family === 4 || isLinkLocal(value, 6) === isLinkLocal(destination, 6),
    );
    return found?.value ?? null;
  };

  const table = routes
    .map((route) => ({ route, read: parseRange(route.destination) }))
    .filter(({ read }) => read !== null)
    .sort((a, b) => width(a.read) - width(b.read));
  const routeFor = (address: bigint, family: Family): Route | null =>
    table.find(({ read }) => read !== null && read.family === family && has([read.range], address))?.route ?? null;

  const isOn = (
    name: string,
    { family, destination }: { readonly family: Family; readonly destination: bigint },
  ): boolean =>
    addressesOf(family, name).some(({ value }) => value === destination) ||
    (family === 4 && has(broadcastsOn(name), destination));

  return {
    interfaces,
    routes,
    broadcasts: [...new Set(subnetBroadcasts)],
    local,
    typeOf,
    isOn,
    sourcesOfType,
    attached,
    beyond,
    answering,
    redirectTarget,
    internet: internetBy(interfaces, routes, answersFor),
    routeFor,
    reverse: makeReverse(routing, isOn),
    groups,
  };
}

const width = (read: { readonly range: readonly [bigint, bigint] } | null): number =>
  read === null ? Number.POSITIVE_INFINITY : Number(read.range[1] - read.range[0]);

/** Where a multicast or broadcast copy may arrive for a UDP port, besides the machine's own addresses. */
export function groupDestinations(
  port: number,
  family: Family,
  name: string,
  { groups: joined, broadcasts: subnets }: AddressSpace,
): readonly Destination[] {
  // What any socket joined is handed to every wildcard socket. Source: ip(7) IP_MULTICAST_ALL, ipv6(7) IPV6_MULTICAST_ALL.
  const read = joined[family];
  const groups = read === null ? (GROUPS[port]?.[family] ?? []) : (read.get(name) ?? []);
  const broadcasts = family === 6 ? [] : [...subnets, ALL_ONES].map((value) => formatAddress({ family, value }));
  return [...new Set([...groups, ALL_HOSTS[family], ...broadcasts])].map((text) => ({
    text,
    value: parseAddress(text)?.value ?? 0n,
    own: false,
  }));
}

/** Every host is in this group, and hands its packets to every wildcard socket. Source: ip(7), IP_MULTICAST_ALL. */
const ALL_HOSTS: Readonly<Record<Family, string>> = { 4: '224.0.0.1', 6: 'ff02::1' };

/** For snapshots without the groups that were joined: those of services that laptops run. Sources: RFC 6762 §3, UPnP Device Architecture 2.0 §1.1.2, RFC 4795 §2, WS-Discovery 1.1 §2.4. */
const GROUPS: Readonly<Record<number, Readonly<Record<Family, readonly string[]>>>> = {
  5353: { 4: ['224.0.0.251'], 6: ['ff02::fb'] },
  1900: { 4: ['239.255.255.250'], 6: ['ff02::c'] },
  5355: { 4: ['224.0.0.252'], 6: ['ff02::1:3'] },
  3702: { 4: ['239.255.255.250'], 6: ['ff02::c'] },
};
