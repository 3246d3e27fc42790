/** Where people are who get through, in English: the terminal, the tray and the window call it alike. */
import type { InterfaceKind, Place, PlaceKind, Report } from '../model.ts';
import { networkKind } from './summary.ts';

export const NETWORK: Readonly<Record<InterfaceKind | PlaceKind, string>> = {
  loopback: 'this computer',
  wifi: 'Wi-Fi',
  ethernet: 'wired network',
  mobile: 'mobile network',
  vpn: 'VPN',
  tailnet: 'tailnet',
  container: 'containers',
  other: 'network',
  lan: 'network',
  internet: 'internet',
};

/** After “anyone on”: `your Wi-Fi (wlan0)`, `the VPN wg0`, `your tailnet`. shown: makes the name of an interface fit to be shown. */
export function placeName(
  place: Place,
  interfaces: Report['interfaces'],
  shown: (interfaceName: string) => string,
): string {
  const name = place.interface === null ? '' : shown(place.interface);
  switch (place.kind) {
    case 'lan':
      return `your ${NETWORK[networkKind(place, interfaces)]} (${name})`;
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

/** What else is to be known of who gets through, a sentence each. */
export const BESIDES = {
  groupsOnly:
    'Only what is sent to many at once (multicast, broadcast) gets in, not what is sent to this computer alone.',
  othersToo: 'Whether others can, too, cannot be told.',
  notDirectly:
    'From the internet: not directly. What your router or provider passes on to this computer cannot be seen from here.',
} as const;
