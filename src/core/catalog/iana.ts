/** Names of port numbers: the IANA registry, with our own overlay for what it lacks or names oddly. */
import type { PortRange, Protocol } from '../model.ts';
import { ianaNames } from './iana.generated.ts';

/** The three ranges of RFC 6335, section 6. */
export function rangeOf(port: number): PortRange {
  if (port <= 1023) return 'well-known';
  return port <= 49151 ? 'registered' : 'dynamic';
}

interface Overlay {
  readonly protocol: Protocol | 'both';
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

// The package keeps one name for a number and leaves ranges out; numbers that were never registered are in wide use.
const overlay: readonly Overlay[] = [
  { protocol: 'both', from: 80, to: 80, name: 'http' },
  { protocol: 'both', from: 631, to: 631, name: 'ipp' },
  { protocol: 'tcp', from: 4713, to: 4713, name: 'pulseaudio' },
  { protocol: 'both', from: 6000, to: 6063, name: 'x11' },
  { protocol: 'tcp', from: 25565, to: 25565, name: 'minecraft' },
  { protocol: 'both', from: 27036, to: 27036, name: 'steam-remote-play' },
  { protocol: 'udp', from: 41641, to: 41641, name: 'tailscale' },
  { protocol: 'udp', from: 51820, to: 51820, name: 'wireguard' },
  { protocol: 'both', from: 53317, to: 53317, name: 'localsend' },
];

/** The registered name of a number, or null. Searches one text, so that nothing is built while a scan runs. */
export function registeredName(protocol: Protocol, port: number): string | null {
  for (const entry of overlay) {
    if (port >= entry.from && port <= entry.to && (entry.protocol === 'both' || entry.protocol === protocol)) {
      return entry.name;
    }
  }
  for (let at = firstLine(port); portAt(at) === port; at = nextLine(at)) {
    const mark = at + String(port).length;
    const kind = ianaNames[mark];
    if (kind === '=' || kind === (protocol === 'tcp' ? 't' : 'u')) return ianaNames.slice(mark + 1, nextLine(at) - 1);
  }
  return null;
}

const nextLine = (at: number): number => ianaNames.indexOf('\n', at) + 1;

/** The number that the line at this place begins with; beyond the last line none is as large. */
const portAt = (at: number): number =>
  at >= ianaNames.length ? Infinity : Number.parseInt(ianaNames.slice(at, at + 5), 10);

/** Where the first line of this number or a larger one begins: the lines are in the order of their numbers. */
function firstLine(port: number): number {
  let [low, high] = [1, ianaNames.length];
  while (low < high) {
    const middle = ianaNames.lastIndexOf('\n', (low + high) >> 1) + 1;
    const line = Math.max(low, middle);
    if (portAt(line) < port) low = nextLine(line);
    else if (line === low) return low;
    else high = line;
  }
  return low;
}
