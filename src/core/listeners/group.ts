/** Sockets -> listeners: one for each protocol, port and owner. */
import { parseAddress } from '../address.ts';
import type { Listener, Owner, PortRange, Socket } from '../model.ts';

interface Held {
  readonly socket: Socket;
  readonly owner: Owner;
}

/**
 * Groups sockets; ids are `tcp/3000`, with the address where several owners share a port (`tcp/53@127.0.0.53`), and
 * with the pid, unit or user behind it where even the address is shared (`udp/5353@0.0.0.0#812`).
 * The order of the listeners is by port, protocol and id.
 */
export function group(held: readonly Held[]): readonly Listener[] {
  const ports = new Map<string, Held[]>();
  for (const entry of held) push(ports, `${entry.socket.protocol}/${entry.socket.port}`, entry);
  return [...ports.entries()].flatMap(([base, entries]) => listenersOf(base, entries)).sort(byPort);
}

function listenersOf(base: string, entries: readonly Held[]): readonly Listener[] {
  const groups = merge(entries);
  const addresses = groups.map((sockets) => addressOf(sockets));
  const used = new Map<string, number>();
  return groups.map((members, index): Listener => {
    const [first] = members as [Held, ...Held[]];
    const address = addresses[index] ?? '';
    const shared = addresses.filter((other) => other === address).length > 1;
    const wanted = groups.length === 1 ? base : `${base}@${address}${shared ? `#${nameOf(first.owner)}` : ''}`;
    const before = used.get(wanted) ?? 0;
    used.set(wanted, before + 1);
    return {
      id: before === 0 ? wanted : `${wanted}.${before + 1}`,
      protocol: first.socket.protocol,
      port: first.socket.port,
      range: rangeOf(first.socket.port),
      sockets: members.map(({ socket }) => socket).sort(byAddress),
      owner: first.owner,
    };
  });
}

/** Entries of one owner. Workers of one program that share an address (SO_REUSEPORT) are one owner, too. */
function merge(entries: readonly Held[]): readonly (readonly Held[])[] {
  const owners = new Map<string, Held[]>();
  for (const entry of entries) push(owners, keyOf(entry), entry);
  const merged: Held[][] = [];
  for (const members of owners.values()) {
    const same = merged.find((other) => areWorkers(other, members));
    if (same === undefined) merged.push([...members]);
    else same.push(...members);
  }
  return merged.map((members) => members.toSorted((a, b) => (a.owner.pid ?? 0) - (b.owner.pid ?? 0)));
}

const keyOf = ({ socket, owner }: Held): string =>
  owner.pid !== null ? `pid ${owner.pid}` : `${socket.cgroup ?? ''} ${owner.program ?? ''} ${socket.uid ?? ''}`;

function areWorkers(a: readonly Held[], b: readonly Held[]): boolean {
  const [one, two] = [a[0], b[0]];
  if (one === undefined || two === undefined) return false;
  if (one.owner.program === null || one.owner.program !== two.owner.program) return false;
  if (one.socket.cgroup !== two.socket.cgroup || one.socket.uid !== two.socket.uid) return false;
  return a.some(({ socket }) => b.some((other) => sameAddress(socket, other.socket)));
}

const sameAddress = (a: Socket, b: Socket): boolean => a.address === b.address && a.device === b.device;

const addressOf = (members: readonly Held[]): string =>
  members.map(({ socket }) => socket).sort(byAddress)[0]?.address ?? '';

const nameOf = (owner: Owner): string => String(owner.pid ?? owner.unit ?? owner.user ?? 'unknown');

const byAddress = (a: Socket, b: Socket): number =>
  a.family - b.family || (valueOf(a) < valueOf(b) ? -1 : valueOf(a) > valueOf(b) ? 1 : 0);

const valueOf = ({ address }: Socket): bigint => parseAddress(address)?.value ?? 0n;

const byPort = (a: Listener, b: Listener): number =>
  a.port - b.port || compare(a.protocol, b.protocol) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** RFC 6335, section 6. */
const rangeOf = (port: number): PortRange => (port < 1024 ? 'well-known' : port < 49152 ? 'registered' : 'dynamic');

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
