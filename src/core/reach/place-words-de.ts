/** Where people are who get through, in German: the tray and the window call it alike; `place-words.ts` has the English. */
import type { InterfaceKind, Place, PlaceKind, Report } from '../model.ts';
import { networkKind } from './summary.ts';

/** All of them are neuter, so that “in diesem …” and “im …” fit each. */
export const NETWORK: Readonly<Record<InterfaceKind | PlaceKind, string>> = {
  loopback: 'dieser Computer',
  wifi: 'WLAN',
  ethernet: 'LAN',
  mobile: 'Mobilnetz',
  vpn: 'VPN',
  tailnet: 'Tailnet',
  container: 'Container',
  other: 'Netzwerk',
  lan: 'Netzwerk',
  internet: 'Internet',
};

/** After “alle”, without the name of the interface: `in deinem WLAN`, `im VPN`, `in deinem Tailnet`. */
export function inPlace(place: Pick<Place, 'kind' | 'interface'>, interfaces: Report['interfaces']): string {
  switch (place.kind) {
    case 'lan':
      return `in deinem ${NETWORK[networkKind(place, interfaces)]}`;
    case 'vpn':
      return 'im VPN';
    case 'tailnet':
      return 'in deinem Tailnet';
    case 'container':
      return 'in Containern auf diesem Computer';
    case 'internet':
      return 'im Internet';
  }
}
