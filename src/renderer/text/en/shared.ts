/** What several parts of the window say, in English. */
import type { FirewallState, InterfaceKind, PlaceKind } from '../../../core/model.ts';
import { foreign, list, number, plural } from '../format.ts';

export const ports = (count: number): string => plural(count, { one: 'port', other: 'ports' });

export const NETWORK: Record<InterfaceKind | PlaceKind, string> = {
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

export const FIREWALL: Record<FirewallState['id'], string> = {
  ufw: 'ufw',
  firewalld: 'firewalld',
  nftables: 'nftables',
  iptables: 'iptables',
  windows: 'Windows Firewall',
  pf: 'pf',
  alf: 'application firewall',
};

export const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export const MOST = 6;

export const some = (ranges: readonly string[]): string =>
  list(
    ranges.length > MOST
      ? [...ranges.slice(0, MOST).map(foreign), `${number(ranges.length - MOST)} more`]
      : ranges.map(foreign),
  );
