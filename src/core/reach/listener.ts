/** Every way into one listener: interface by interface, family by family, address by address, door by door. */
import { EVERYTHING, parseAddress } from '../address.ts';
import type { Family, Interface, Listener, ListenerReach, Owner, Socket } from '../model.ts';
import type { Doors } from './doors.ts';
import type { Start } from './follow.ts';
import { type Outcome, type Paths, routeLocalnet } from './path.ts';
import { type WayIn, summarize } from './places.ts';
import { type AddressSpace, type Destination, groupDestinations, isLinkLocal, isLoopback } from './space.ts';
import { type Found, type Knock, judgeWay, mergeAlike, toWayIn } from './ways.ts';

/** Every way into one listener; `unseen`: there may be more. */
export interface Ways {
  readonly ways: readonly WayIn[];
  readonly unseen: boolean;
}

export function waysInto(paths: Paths, doors: (port: number) => Doors): (listener: Listener) => Ways {
  const walked: Walked = new Map();
  return ({ sockets, owner }) => {
    const keeper = keepsPlace(owner);
    const ways = sockets.flatMap((socket) => waysTo({ ...socket, keeper }, paths, doors(socket.port), walked));
    return { ways, unseen: sockets.some((socket) => isUnseen(socket, paths)) };
  };
}

export const reachBy = ({ ways, unseen }: Ways): ListenerReach => summarize(mergeAlike(ways), unseen);

/**
 * Are there ways to the socket that cannot be seen? It is bound to a device or an address that the list of interfaces does
 * not have, or the list is not whole. What is bound to loopback needs none.
 */
function isUnseen(socket: Socket, { space, unread, concerns, interfacesUnread }: Paths): boolean {
  const { family, address, device } = socket;
  const value = isWildcard(socket) ? 0n : parseAddress(address)?.value;
  if (value === undefined) return true;
  if (device !== null && !space.interfaces.some((entry) => entry.name === device)) return true;
  if (concerns.steers) return true;
  if (isLoopback(value, family)) return false;
  if (value !== 0n && space.typeOf(value, family) === 'unicast') return true;
  return interfacesUnread || (space.interfaces.length === 0 && unread[family].length > 0);
}

/** What was found for ways in that no rule tells apart, by their key. */
type Walked = Map<string, Found>;

function waysTo(socket: Place, paths: Paths, doors: Doors, walked: Walked): readonly WayIn[] {
  const out: WayIn[] = [];
  for (const { family, sure } of familiesOf(socket)) {
    for (const entry of paths.space.interfaces) {
      if (entry.kind === 'loopback' || !entry.up || entry.withoutIp === true) continue;
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
    return socket.protocol === 'udp'
      ? [...all, ...groupDestinations(socket.port, family, entry.name, paths.space)]
      : all;
  }
  const address = parseAddress(socket.address);
  if (address === null || address.family !== family) return [];
  // Loopback cannot be spoken to from outside, whatever the rules say, unless the kernel was told to allow it.
  if (isLoopback(address.value, family) && routeLocalnet(family, entry.name, paths.sysctls) === false)
    return doors.captured ? all : [];
  const mine = all.find((own) => own.value === address.value);
  // A link-local address is answered on its own link only, and so is any where an interface answers for its own alone.
  if (mine === undefined && (isLinkLocal(address.value, family) || entry.ownOnly === true)) return [];
  const bound = mine ?? { text: socket.address, value: address.value, own: false };
  // A redirect may lead here from any address of this computer.
  return doors.ports.size > 0 ? [bound, ...all.filter((own) => own !== mine)] : [bound];
}

const isWildcard = (socket: Socket): boolean => socket.address === '0.0.0.0' || socket.address === '::';

interface SocketKnock extends Knock {
  readonly sure: boolean;
}

function wayIn(socket: Place, knock: SocketKnock, paths: Paths, walked: Walked): WayIn | null {
  const { family, sure, entry, destination, port } = knock;
  const start: Start = {
    protocol: socket.protocol,
    interface: entry.name,
    family,
    destination: destination.value,
    port,
    sources: EVERYTHING[family],
  };
  const atSocket = paths.concerns.socket(socket.cgroup, start);
  // What acts beside the rules tells ways apart that the rules do not; it is rare.
  const plain = atSocket.length === 0 && paths.concerns.packet(start).length === 0;
  // Where the packet ends is compared for a socket with an address of its own, and for one that is spoken to through
  // another port: what was found is for that one only.
  const alike = plain && isWildcard(socket) && port === socket.port ? (paths.alike?.(start) ?? null) : null;
  const key = alike === null ? null : `${alike}/${sure}/${socket.keeper}`;
  const found =
    (key === null ? undefined : walked.get(key)) ??
    // What ends at another socket, or at another computer, did not reach this one.
    judgeWay(start, (outcome) => arrives(outcome, socket, paths.space), sure, paths, atSocket);
  if (key !== null) walked.set(key, found);
  // Another port, and another address than the socket's own, are ways in only if something gets through there.
  const direct =
    port === socket.port && (isWildcard(socket) || destination.value === parseAddress(socket.address)?.value);
  if (!direct && !found.matters) return null;
  return toWayIn(found, knock, paths.space);
}

/** Programs (on Windows a service) that hold a published port's place while the rules lead to the container: a socket of theirs is the container's. */
const KEEPERS = /^(docker-proxy|dockerd|rootlessport|rootlesskit|conmon|podman)$/;

export const keepsPlace = ({ program, unit }: Owner): boolean =>
  (program !== null && KEEPERS.test(program)) || unit === 'docker.service' || unit === 'iphlpsvc';

/** A socket, and whether it only keeps the place of a published port. */
type Place = Socket & { readonly keeper: boolean };

/**
 * Does what got through end at this socket? A redirect may have sent it to another port, address or computer. A published
 * port of a container counts: the socket here only keeps its place, and who knocks at it gets to the container.
 */
function arrives({ flow: { packet } }: Outcome, socket: Place, space: AddressSpace): boolean {
  const { outInterface } = packet;
  const published =
    outInterface !== null &&
    packet.dnat &&
    (socket.keeper || space.interfaces.some(({ name, kind }) => name === outInterface && kind === 'container'));
  if (outInterface !== null && !published) return false;
  const [port, destination] = published
    ? [packet.originalDestinationPort, packet.originalDestination]
    : [packet.destinationPort, packet.destination];
  return port === socket.port && (isWildcard(socket) || parseAddress(socket.address)?.value === destination);
}
