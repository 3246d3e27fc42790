/** What German calls kinds of networks, firewalls and the ids of listeners. */
import { listenerName } from '../../core/listeners/name.ts';
import type { FirewallId, ProfileState } from '../../core/model.ts';
import { foreign } from './format.ts';

export const FIREWALL: Record<FirewallId, string> = {
  ufw: 'ufw',
  firewalld: 'firewalld',
  nftables: 'nftables',
  iptables: 'iptables',
  windows: 'Windows-Firewall',
  pf: 'pf',
  alf: 'Programm-Firewall',
};

/** Kinds of networks, as Windows calls them; `in`: where something is; `one`: after “in einem”. */
export const NETWORK_PROFILE: Record<ProfileState['name'], { readonly in: string; readonly one: string }> = {
  domain: { in: 'in Domänennetzwerken', one: 'Domänennetzwerk' },
  private: { in: 'in privaten Netzwerken', one: 'privaten Netzwerk' },
  public: { in: 'in öffentlichen Netzwerken', one: 'öffentlichen Netzwerk' },
};

/** `3000/tcp`, `53/tcp an 127.0.0.53`. */
export const listenerWords = (id: string): string => foreign(listenerName(id)).replace(' on ', ' an ');
