/**
 * Does the internet come in by an interface, for a public address of this computer? Packets come to an address by the network
 * that it is of: by another interface only where that one leads to the internet too, or where no network brings them.
 */
import { parseAddress, parseRange } from '../address.ts';
import { minus } from '../intervals.ts';
import type { Family, Interface, InterfaceKind, Route } from '../model.ts';
import type { AnswersFor } from './arp.ts';
import { NOT_PUBLIC, isPublic } from './places.ts';

/**
 * `comes`: it does. `may-come`: no network of this computer brings packets for that address, so they may come in here; or the
 * network that does may be the one that is here, too, and this computer answers for the address at either end.
 * `never`: the address is no public one; or another network brings them, and a neighbour here would have to be set to send
 * them here, as a router that forwards a port is.
 */
export interface Internet {
  readonly in: 'comes' | 'may-come' | 'never';
  /** No network brings packets for that address: it is of loopback, of an interface that is down, behind a tunnel … */
  readonly stray: boolean;
}

type ByInterface = (destination: bigint, name: string, family: Family) => Internet;

const NEVER: Internet = { in: 'never', stray: false };

/** Kinds of which two may be on one network, whose computers find each other by ARP. */
const ON_LINKS: ReadonlySet<InterfaceKind> = new Set(['ethernet', 'wifi', 'other']);

/**
 * @param routes of all tables
 * @param answersFor does this computer answer at that interface for IPv4 addresses of others?
 */
export function internetBy(
  interfaces: readonly Interface[],
  routes: readonly Route[],
  answersFor: AnswersFor,
): ByInterface {
  const links = new Set(interfaces.flatMap(({ name, kind }) => (ON_LINKS.has(kind) ? [name] : [])));
  const onLink = new Set<bigint>();
  const at = (name: string, family: Family): string => `${family} ${name}`;
  const to = routes.filter(leadsToPublic);
  const far = new Set(to.filter(isFar).map(({ interface: name, family }) => at(name, family)));
  // It leads to the internet itself: by a route, or by an address of its own.
  const leads = new Set(to.map(({ interface: name, family }) => at(name, family)));
  const own = new Set<string>();
  const brought = new Set<string>();
  for (const { name, up, kind, addresses } of interfaces) {
    for (const { family, address } of addresses) {
      const value = parseAddress(address)?.value;
      if (value === undefined || !isPublic(value, family)) continue;
      leads.add(at(name, family));
      own.add(`${at(name, family)} ${value}`);
      if (!up || kind === 'loopback' || !far.has(at(name, family))) continue;
      brought.add(`${family} ${value}`);
      if (family === 4 && links.has(name)) onLink.add(value);
    }
  }
  return (destination, name, family) => {
    if (!isPublic(destination, family)) return NEVER;
    if (own.has(`${at(name, family)} ${destination}`)) return { in: 'comes', stray: false };
    const stray = !brought.has(`${family} ${destination}`);
    if (leads.has(at(name, family))) return { in: 'comes', stray };
    const answered = family === 4 && onLink.has(destination) && links.has(name) && answersFor(name);
    return stray || answered ? { in: 'may-come', stray } : NEVER;
  };
}

function leadsToPublic({ family, destination }: Route): boolean {
  const read = parseRange(destination);
  return read?.family === family && minus([read.range], NOT_PUBLIC[family]).length > 0;
}

/** By a router, or by a tunnel that takes everything; not the network that the interface itself is on. */
const isFar = ({ gateway, destination }: Route): boolean => gateway !== null || /\/[0-3]$/.test(destination);

/**
 * The interfaces as they are given, but for those that are only named like one of containers and lead out themselves: the
 * computer's own network is on them. So does one by which a route leads to public networks, and the only one with a public
 * address that there is, where no route is known to lead out at all.
 */
export function withLeadingOut(interfaces: readonly Interface[], routes: readonly Route[]): readonly Interface[] {
  const far = new Set(routes.filter((one) => leadsToPublic(one) && isFar(one)).map((one) => one.interface));
  const alone =
    far.size === 0 && interfaces.every(({ kind, up }) => kind === 'loopback' || kind === 'container' || !up);
  return interfaces.map((entry): Interface => {
    const isPublicOne = ({ address, family }: Interface['addresses'][number]): boolean =>
      isPublic(parseAddress(address)?.value ?? 0n, family);
    const leads = far.has(entry.name) || (alone && entry.addresses.some(isPublicOne));
    return entry.kind === 'container' && leads ? { ...entry, kind: 'ethernet' } : entry;
  });
}
