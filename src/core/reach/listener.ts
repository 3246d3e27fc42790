/** Every way into one listener: interface by interface, family by family, address by address, door by door. */
import { type AddressSet, EVERYTHING, formatSet, parseAddress } from '../address.ts';
import { union } from '../intervals.ts';
import type { Family, Interface, Listener, ListenerReach, Reach, Socket } from '../model.ts';
import type { Doors } from './doors.ts';
import { type Start, follow, reasonsOf } from './follow.ts';
import { type Outcome, type Paths, routeLocalnet } from './path.ts';
import { type WayIn, isPublic, summarize } from './places.ts';
import { type Resolved, resolve } from './resolve.ts';
import { type AddressSpace, type Destination, groupDestinations, isLinkLocal, isLoopback } from './space.ts';
import { decidedBy, traceOf } from './words.ts';

export function reachOf(listener: Listener, paths: Paths, doors: (port: number) => Doors): ListenerReach {
  const walked: Walked = new Map();
  const ways = listener.sockets.flatMap((socket) => waysTo(socket, paths, doors(socket.port), walked));
  const unseen = listener.sockets.some((socket) => isUnseen(socket, paths));
  return summarize(mergeAlike(ways), unseen);
}

/**
 * Are there ways to the socket that cannot be seen? It is bound to a device or an address that the list of interfaces does
 * not have, or there is no list. What is bound to loopback needs none.
 */
function isUnseen(socket: Socket, { space, unread }: Paths): boolean {
  const { family, address, device } = socket;
  const value = isWildcard(socket) ? 0n : parseAddress(address)?.value;
  if (value === undefined) return true;
  if (device !== null && !space.interfaces.some((entry) => entry.name === device)) return true;
  if (isLoopback(value, family)) return false;
  if (value !== 0n && space.typeOf(value, family) === 'unicast') return true;
  return space.interfaces.length === 0 && unread[family].length > 0;
}

/** What was found for ways in that no rule tells apart, by their key. */
type Walked = Map<string, Found>;

function waysTo(socket: Socket, paths: Paths, doors: Doors, walked: Walked): readonly WayIn[] {
  const out: WayIn[] = [];
  for (const { family, sure } of familiesOf(socket)) {
    for (const entry of paths.space.interfaces) {
      if (entry.kind === 'loopback' || !entry.up) continue;
      if (socket.device !== null && socket.device !== entry.name) continue;
      for (const destination of destinationsFor(socket, family, entry, doors, paths)) {
        for (const port of new Set([socket.port, ...doors.ports])) {
          const way = wayIn(socket, { family, sure, entry, destination, port }, paths, walked);
          if (way !== null) out.push(way);
        }
      }
    }
  }
  return out;
}

/** A socket of IPv6 that is not v6-only takes IPv4 too; where that is not known, IPv4 is asked and the answer is unsure. */
function familiesOf(socket: Socket): readonly { family: Family; sure: boolean }[] {
  if (socket.family === 4) return [{ family: 4, sure: true }];
  const six = { family: 6, sure: true } as const;
  return socket.address !== '::' || socket.v6only === true
    ? [six]
    : [six, { family: 4, sure: socket.v6only === false }];
}

/**
 * Addresses under which the socket can be spoken to through this interface. A Linux host answers for all of its addresses
 * on every interface, so a socket bound to one network's address can be reached through another.
 */
function destinationsFor(
  socket: Socket,
  family: Family,
  entry: Interface,
  doors: Doors,
  paths: Paths,
): readonly Destination[] {
  const all = paths.space.answering(entry.name, family);
  if (isWildcard(socket)) {
    return socket.protocol === 'udp' ? [...all, ...groupDestinations(socket.port, family, paths.space)] : all;
  }
  const address = parseAddress(socket.address);
  if (address === null || address.family !== family) return [];
  // Loopback cannot be spoken to from outside, whatever the rules say, unless the kernel was told to allow it.
  if (isLoopback(address.value, family) && routeLocalnet(family, entry.name, paths.sysctls) === false)
    return doors.captured ? all : [];
  const mine = all.find((own) => own.value === address.value);
  // A link-local address is answered on its own link only.
  if (mine === undefined && isLinkLocal(address.value, family)) return [];
  const bound = mine ?? { text: socket.address, value: address.value, own: false };
  // A redirect may lead here from any address of this computer.
  return doors.ports.size > 0 ? [bound, ...all.filter((own) => own !== mine)] : [bound];
}

const isWildcard = (socket: Socket): boolean => socket.address === '0.0.0.0' || socket.address === '::';

interface Knock {
  readonly family: Family;
  readonly sure: boolean;
  readonly entry: Interface;
  readonly destination: Destination;
  readonly port: number;
}

/** What the rules do to one way in, in sets and in words. */
interface Found {
  readonly resolved: Resolved;
  /** The same text, the same answer. */
  readonly answer: string;
  readonly said: Pick<Reach, 'open' | 'limited' | 'unknown' | 'decidedBy' | 'reasons' | 'trace'>;
  readonly open: AddressSet;
  readonly limited: AddressSet;
  readonly unknown: AddressSet;
}

function wayIn(socket: Socket, knock: Knock, paths: Paths, walked: Walked): WayIn | null {
  const { family, sure, entry, destination, port } = knock;
  const start: Start = {
    protocol: socket.protocol,
    interface: entry.name,
    family,
    destination: destination.value,
    port,
    sources: EVERYTHING[family],
  };
  // Where the packet ends is compared for a socket with an address of its own: what was found is for that one only.
  const alike = isWildcard(socket) ? (paths.alike?.(start) ?? null) : null;
  const key = alike === null ? null : `${alike}/${sure}`;
  const found = (key === null ? undefined : walked.get(key)) ?? find(start, socket, sure, paths);
  if (key !== null) walked.set(key, found);
  const gets = found.resolved.open.length + found.resolved.limited.length > 0;
  // Another port, and another address than the socket's own, are ways in only if something gets through there.
  const direct =
    port === socket.port && (isWildcard(socket) || destination.value === parseAddress(socket.address)?.value);
  if (!direct && !gets && found.resolved.unknown.length === 0) return null;
  return toWayIn(found, knock, paths.space);
}

function find(start: Start, socket: Socket, sure: boolean, paths: Paths): Found {
  const { family } = start;
  // What ends at another socket, or at another computer, did not reach this one.
  const seen = follow(start, paths).map((outcome) =>
    outcome.verdict === 'open' && !arrives(outcome, socket, paths.space) ? miss(outcome) : outcome,
  );
  const resolved = resolve(seen, 'can');
  const open = sure ? resolved.open : [];
  const limited = sure ? resolved.limited : [];
  const unsure = sure ? [] : union(resolved.open, resolved.limited);
  const unknown = union(resolved.unknown, unsure);
  const verdict =
    open.length > 0 ? 'open' : limited.length > 0 ? 'limited' : unknown.length > 0 ? 'unknown' : 'blocked';
  const by = resolved.by[verdict];
  const reasons = [
    ...reasonsOf(resolved.by.unknown),
    ...(unsure.length > 0 ? ['it is not known whether this socket takes IPv4 too'] : []),
  ];
  const said = {
    open: formatSet(open, family),
    limited: formatSet(limited, family),
    unknown: formatSet(unknown, family),
    decidedBy: decidedBy(by),
    reasons: unknown.length > 0 ? reasons : [],
    trace: by[0] === undefined ? [] : traceOf(by[0].flow),
  };
  const rules = said.decidedBy.map(({ rule }) => rule);
  return { resolved, open, limited, unknown, said, answer: [said.open, said.limited, said.unknown, rules].join('|') };
}

/**
 * Does what got through end at this socket? A redirect may have sent it to another port, address or computer. A published
 * port of a container counts: the socket here only keeps its place, and who knocks at it gets to the container.
 */
function arrives({ flow: { packet } }: Outcome, socket: Socket, space: AddressSpace): boolean {
  const { outInterface } = packet;
  const published =
    outInterface !== null && space.interfaces.some(({ name, kind }) => name === outInterface && kind === 'container');
  if (outInterface !== null && !published) return false;
  const [port, destination] = published
    ? [packet.originalDestinationPort, packet.originalDestination]
    : [packet.destinationPort, packet.destination];
  return port === socket.port && (isWildcard(socket) || parseAddress(socket.address)?.value === destination);
}

const miss = (outcome: Outcome): Outcome => ({ ...outcome, verdict: 'blocked' });

function toWayIn({ said, answer, open, limited, unknown }: Found, knock: Knock, space: AddressSpace): WayIn {
  const { family, entry, destination, port } = knock;
  const zone = isLinkLocal(destination.value, family) ? `%${entry.name}` : '';
  return {
    interface: entry.name,
    kind: entry.kind,
    family,
    isPublic: isPublic(destination.value, family),
    own: destination.own,
    attached: space.attached(entry.name, family),
    beyond: space.beyond(entry.name, family),
    open,
    limited,
    unknown,
    answer,
    shown: { interface: entry.name, family, address: `${destination.text}${zone}`, port, ...said },
  };
}

/**
 * Another network's address is shown for an interface only where it is answered differently from one of the interface's
 * own: what is not shown is answered as they all are.
 */
function mergeAlike(ways: readonly WayIn[]): readonly WayIn[] {
  const keyed = ways.map((way) => {
    const { shown } = way;
    return { way, key: `${shown.interface}|${shown.family}|${shown.port}` };
  });
  const own = new Map<string, Set<string>>();
  for (const { way, key } of keyed) if (way.own) own.set(key, (own.get(key) ?? new Set()).add(way.answer));
  const asAllOwn = ({ way, key }: (typeof keyed)[number]): boolean => {
    const answers = own.get(key);
    return answers?.size === 1 && answers.has(way.answer);
  };
  const seen = new Set<string>();
  return keyed
    .filter((entry) => {
      const exact = `${entry.key}|${entry.way.shown.address}|${entry.way.answer}`;
      if (seen.has(exact)) return false;
      seen.add(exact);
      return entry.way.own || !asAllOwn(entry);
    })
    .map(({ way }) => way);
}
