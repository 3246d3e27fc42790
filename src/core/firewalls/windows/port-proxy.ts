/**
 * `netsh interface portproxy`: a service (iphlpsvc) takes connections at a port and passes them on. In the registry a name
 * `0.0.0.0/9999` with the value `192.168.1.101/22`, below PortProxy\v4tov4\tcp and its kin.
 */
import { type GapWhy, gap } from '../../gaps/index.ts';
import { has } from '../../intervals.ts';
import { formatAddress, network, parseAddress } from '../../address.ts';
import type { Interface, Listener, Reading, Snapshot } from '../../model.ts';
import { howOf } from './read.ts';
import { windowsItems } from '../../machine/windows.ts';
import * as is from '../../shape.ts';

const entrySchema = is.object({
  family: is.oneOf('v4tov4', 'v4tov6', 'v6tov4', 'v6tov6'),
  name: is.filled,
  value: is.filled,
});

/** One entry that a service of this computer carries out now. */
export interface Passed {
  readonly listener: Listener;
  readonly to: { readonly address: string; readonly port: number };
  readonly here: boolean;
  readonly interface: string | null;
  readonly kind: 'guest' | 'computer';
  readonly firewall: 'portproxy';
}

/** @param servicesOf who holds a listener; null: not known */
export function readPortProxy(
  snapshot: Snapshot,
  interfaces: readonly Interface[],
  listeners: readonly Listener[],
  servicesOf: (listener: Listener) => readonly string[] | null,
): Reading<readonly Passed[]> {
  // Without a listener of that service nothing is passed on, whatever its settings say.
  const takers = listeners.filter(
    (listener) =>
      listener.protocol === 'tcp' &&
      servicesOf(listener)?.every((service) => service.toLowerCase() !== 'iphlpsvc') !== true,
  );
  if (takers.length === 0) return { value: [], gaps: [] };
  const { items, why } = windowsItems(snapshot, 'portProxy', entrySchema);
  let bad: GapWhy | null = why;
  const value = items.flatMap(({ family, name, value: text }): readonly Passed[] => {
    const [from, written] = [placeOf(name), placeOf(text)];
    if (from === null || written === null) {
      bad = { kind: 'garbled', by: 'powershell' };
      return [];
    }
    const own = family.startsWith('v4') ? 4 : 6;
    const taking = takers.filter(
      (listener) =>
        listener.port === from.port &&
        listener.sockets.some((socket) => socket.family === own && isAt(socket.address, from.address)),
    );
    const to = { ...written, address: plain(written.address) };
    const place = whereIs(to.address, interfaces, snapshot.host);
    if (taking.length > 0 && !place.here && parseAddress(to.address) === null) bad ??= { kind: 'leads-to-name' };
    return taking.map((listener) => ({ listener, to, ...place, firewall: 'portproxy' }));
  });
  return {
    value,
    gaps: bad === null ? [] : [gap({ what: { kind: 'windows', part: 'port-proxy' }, why: bad, how: howOf(bad) })],
  };
}

/** `0.0.0.0/9999`, `*` + `/9999`, `localhost/80`. */
function placeOf(text: string): { readonly address: string; readonly port: number } | null {
  const match = /^([^/\s]+)\/(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  return match?.[1] === undefined || port < 1 || port > 65535 ? null : { address: match[1], port };
}

/** What is IPv4 within IPv6 reaches IPv4: `::ffff:127.0.0.1`. */
function plain(text: string): string {
  const read = parseAddress(text);
  return read?.family === 6 && read.value >> 32n === 0xffffn
    ? formatAddress({ family: 4, value: read.value & 0xffffffffn })
    : text;
}

/** Names and stars may be any address. */
function isAt(socket: string, wanted: string): boolean {
  const [own, asked] = [parseAddress(socket), parseAddress(wanted)];
  return own === null || asked === null || own.value === asked.value;
}

/** A name may be any computer, this one too: where it is not known to be, that is a gap. */
function whereIs(
  address: string,
  interfaces: readonly Interface[],
  host: string,
): Pick<Passed, 'here' | 'interface' | 'kind'> {
  const read = parseAddress(address);
  const nowhere = { here: false, interface: null, kind: 'computer' } as const;
  if (read === null)
    return { ...nowhere, here: /^localhost$/i.test(address) || address.toLowerCase() === host.toLowerCase() };
  const loopback = read.family === 4 ? read.value >> 24n === 127n : read.value === 1n;
  if (loopback) return { ...nowhere, here: true };
  for (const { name, kind, addresses } of interfaces) {
    for (const one of addresses) {
      const own = parseAddress(one.address);
      if (own === null || own.family !== read.family) continue;
      if (own.value === read.value) return { ...nowhere, here: true };
      if (one.prefix > 0 && has([network(own, one.prefix)], read.value))
        return { here: false, interface: name, kind: kind === 'container' ? 'guest' : 'computer' };
    }
  }
  return nowhere;
}
