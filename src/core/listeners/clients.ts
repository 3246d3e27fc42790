/** Telling UDP sockets that wait for others from those that only await answers. */
import type { Owner, Socket } from '../model.ts';

interface Held {
  readonly socket: Socket;
  readonly owner: Owner;
}

/**
 * Ports in the usual ephemeral range that programs ask for by number: Tailscale 41641, WireGuard 51820 and 51821,
 * mosh 60000 to 61000 (mosh-server(1)), Parsec and Moonlight hosts 47998 to 48010.
 */
const ASKED_FOR: readonly (readonly [number, number])[] = [
  [41641, 41641],
  [47998, 48010],
  [51820, 51821],
  [60000, 61000],
];

/** `32768\t60999` of net.ipv4.ip_local_port_range; the kernel's own default where it was not read. */
export function ephemeralRange(sysctl: string | undefined): readonly [number, number] {
  const match = /^\s*(\d+)\s+(\d+)\s*$/.exec(sysctl ?? '');
  return match === null ? [32768, 60999] : [Number(match[1]), Number(match[2])];
}

/**
 * True for a UDP socket that is most likely a client: unconnected, on a port that the kernel picked, and nothing speaks
 * for a service.
 *
 * A program that asks others binds to no port, and the kernel picks one out of its ephemeral range, another for each
 * socket. So a socket in that range is kept as a listener when
 * - the port is one that a known service asks for by number,
 * - the same program holds the same number a second time: in the other family, on another address, or for TCP,
 * - or systemd holds it for a service (`.socket`), or nobody is known to (the kernel itself: WireGuard, VXLAN).
 */
export function isClient(entry: Held, all: readonly Held[], [low, high]: readonly [number, number]): boolean {
  const { socket, owner } = entry;
  if (socket.protocol !== 'udp' || socket.port < low || socket.port > high) return false;
  if (ASKED_FOR.some(([from, to]) => socket.port >= from && socket.port <= to)) return false;
  if (owner.unit?.endsWith('.socket') === true || (owner.program === null && owner.unit === null)) return false;
  return !all.some((other) => other !== entry && other.socket.port === socket.port && sameOwner(entry, other));
}

const sameOwner = (a: Held, b: Held): boolean =>
  a.owner.pid !== null || b.owner.pid !== null
    ? a.owner.pid === b.owner.pid
    : a.socket.cgroup === b.socket.cgroup && a.socket.uid === b.socket.uid;
