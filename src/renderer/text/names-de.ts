/** What German calls networks and firewalls. */
import type { FirewallId, InterfaceKind, PlaceKind } from '../../core/model.ts';

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
};
