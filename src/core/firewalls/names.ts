/** What firewalls are called in English, in the middle of a sentence. */
import type { FirewallId } from '../model.ts';

export const FIREWALL: Readonly<Record<FirewallId, string>> = {
  ufw: 'ufw',
  firewalld: 'firewalld',
  nftables: 'nftables',
  iptables: 'iptables',
  windows: 'Windows Firewall',
  pf: 'pf',
  alf: 'application firewall',
};
