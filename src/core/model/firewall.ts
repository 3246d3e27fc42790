/** How the firewalls stand. Types only. */

export type FirewallId = 'ufw' | 'firewalld' | 'nftables' | 'iptables' | 'windows' | 'pf' | 'alf';
export type Policy = 'allow' | 'deny' | 'reject' | 'unknown';

export interface FirewallState {
  readonly id: FirewallId;
  /** null = cannot tell. */
  readonly active: boolean | null;
  readonly defaults: { readonly inbound: Policy; readonly outbound: Policy };
  /** Number of rules; null = cannot tell. */
  readonly rules: number | null;
  /** Where it is switched on and off for kinds of networks (Windows). */
  readonly profiles?: readonly ProfileState[];
}

/** What a firewall does in one kind of network. */
export interface ProfileState {
  readonly name: 'domain' | 'private' | 'public';
  readonly active: boolean | null;
  readonly inbound: Policy;
  /** Interfaces that are in such a network now. */
  readonly interfaces: readonly string[];
}
