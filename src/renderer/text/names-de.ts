/** What German calls networks, firewalls and the ids of listeners. */
import { listenerName } from '../../core/listeners/name.ts';
import type { FirewallId, InterfaceKind, PlaceKind } from '../../core/model.ts';
import { foreign } from './format.ts';

/** All of them are neuter, so that “in diesem …” and “im …” fit each. */
export const NETWORK: Record<InterfaceKind | PlaceKind, string> = {
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

export const FIREWALL: Record<FirewallId, string> = {
  ufw: 'ufw',
  firewalld: 'firewalld',
  nftables: 'nftables',
  iptables: 'iptables',
  windows: 'Windows-Firewall',
  pf: 'pf',
  alf: 'Programm-Firewall',
};

/** `3000/tcp`, `53/tcp an 127.0.0.53`. */
export const listenerWords = (id: string): string => foreign(listenerName(id)).replace(' on ', ' an ');
