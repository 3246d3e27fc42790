/** Rules that a person wrote, as opposed to those that a program keeps: what may be found to be of no use. */
import type { Intervals } from '../intervals.ts';
import type { Family, Protocol, Target } from '../model.ts';

/** Ports by protocol; empty where the rule is not about that protocol. */
export type PortSet = { readonly [protocol in Protocol]: Intervals<number> };

export interface OwnedRule {
  readonly firewall: 'ufw' | 'iptables' | 'nftables';
  /** In the firewall's own words. */
  readonly text: string;
  readonly families: readonly Family[];
  readonly action: 'allow' | 'deny';
  /** Key of the kernel's chain, and where in it the rule stands: one of ufw's may be several there. */
  readonly chain: string;
  readonly lines: readonly number[];
  /** It writes to the log or to a set as well: it does something even where it decides nothing. */
  readonly doesMore: boolean;
  /** Portcullis put it there. */
  readonly ours: boolean;
  /** Ports that it names; null where it names none. */
  readonly ports: PortSet | null;
  /** It asks for protocol and port alone: whoever knocks there is meant. */
  readonly forAll: boolean;
  /** What deletes it, in each family that it stands in: a command with its arguments. */
  readonly removal: readonly string[];
}

export const concerns = ({ ports }: OwnedRule, { protocol, port }: Target): boolean =>
  ports !== null && ports[protocol].some(([first, last]) => first <= port && port <= last);
