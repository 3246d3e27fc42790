/** Ports, places and what has happened to them, in the words that the terminal and the tray share. */
import type { LiveEvent } from '../../core/live/index.ts';
import type { InterfaceKind, Place, Report, Target } from '../../core/model.ts';
import { visible } from '../../core/visible.ts';

export const portOf = ({ port, protocol }: Target): string => `${port}/${protocol}`;

const KIND: Readonly<Record<InterfaceKind, string>> = {
  loopback: 'this computer',
  wifi: 'Wi-Fi',
  ethernet: 'wired network',
  mobile: 'mobile network',
  vpn: 'VPN',
  tailnet: 'tailnet',
  container: 'containers',
  other: 'network',
};

export const kindName = (kind: InterfaceKind): string => KIND[kind];

type Interfaces = Report['interfaces'];

/** Whose network that is, short enough for a column: `Wi-Fi`, `VPN`. */
export function placeKind(
  { kind, interface: name }: Pick<Place, 'kind' | 'interface'>,
  interfaces: Interfaces,
): string {
  const known: InterfaceKind | undefined = interfaces.find((one) => one.name === name)?.kind;
  return {
    lan: KIND[known ?? 'other'],
    vpn: 'VPN',
    tailnet: 'tailnet',
    container: 'containers',
    internet: 'the internet',
  }[kind];
}

/** The same after `anyone on`: `your Wi-Fi (wlan0)`, `the VPN wg0`, `your tailnet`. */
export function placeName(place: Place, interfaces: Interfaces): string {
  const name = place.interface === null ? '' : visible(place.interface);
  switch (place.kind) {
    case 'lan':
      return `your ${placeKind(place, interfaces)} (${name})`;
    case 'vpn':
      return `the VPN ${name}`;
    case 'tailnet':
      return 'your tailnet';
    case 'container':
      return 'containers on this computer';
    case 'internet':
      return 'the internet';
  }
}

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** `3000/tcp, python3: anyone on your Wi-Fi (wlan0) can connect now.` */
export function eventSentence({ kind, subject, places }: LiveEvent, { interfaces }: Report): string {
  const port = portOf(subject);
  const who = visible(subject.program ?? subject.name);
  const where = listed([...new Set(places.map((place) => placeName(place, interfaces)))]);
  const only = places.every(({ verdict }) => verdict === 'some');
  switch (kind) {
    case 'opened':
      return `${port}, ${who}: ${only ? 'some' : 'anyone'} on ${where} can connect now.`;
    case 'closed':
      return `${port}, ${who}: nobody on ${where} can connect any more.`;
    case 'unknown':
      return `${port}, ${who}: whether others can connect cannot be told now.`;
  }
}
