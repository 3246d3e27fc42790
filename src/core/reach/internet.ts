/**
 * Does the internet come in by an interface, for a public address of this computer? Packets come to an address by the network
 * that it is of: by another interface only where that one leads to the internet too, or where no network brings them.
 */
import { parseAddress, parseRange } from '../address.ts';
import { minus } from '../intervals.ts';
import type { Family, Interface, Route } from '../model.ts';
import { NOT_PUBLIC, isPublic } from './places.ts';

/**
 * `comes`: it does. `may-come`: no network of this computer brings packets for that address, so they may come in here.
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

/** @param routes of all tables */
export function internetBy(interfaces: readonly Interface[], routes: readonly Route[]): ByInterface {
  const holds = ({ addresses }: Interface, value: bigint, family: Family): boolean =>
    addresses.some((one) => one.family === family && parseAddress(one.address)?.value === value);
  const hasPublic = ({ addresses }: Interface, family: Family): boolean =>
    addresses.some((one) => one.family === family && isPublic(parseAddress(one.address)?.value ?? 0n, family));
  const routed = (name: string, family: Family): readonly Route[] =>
    routes.filter((route) => route.interface === name && leadsToPublic(route, family));
  return (destination, name, family) => {
    if (!isPublic(destination, family)) return NEVER;
    const entry = interfaces.find((one) => one.name === name);
    if (entry !== undefined && holds(entry, destination, family)) return { in: 'comes', stray: false };
    const stray = !interfaces.some(
      (one) =>
        one.up && one.kind !== 'loopback' && holds(one, destination, family) && routed(one.name, family).some(isFar),
    );
    if (routed(name, family).length > 0 || (entry !== undefined && hasPublic(entry, family)))
      return { in: 'comes', stray };
    return stray ? { in: 'may-come', stray } : NEVER;
  };
}

function leadsToPublic({ family: of, destination }: Route, family: Family): boolean {
  const read = parseRange(destination);
  return of === family && read?.family === family && minus([read.range], NOT_PUBLIC[family]).length > 0;
}

/** By a router, or by a tunnel that takes everything; not the network that the interface itself is on. */
const isFar = ({ gateway, destination }: Route): boolean => gateway !== null || /\/[0-3]$/.test(destination);
