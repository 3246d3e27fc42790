/** What is said of a machine: every listener, advice, firewalls, what was not read. Types only. */
import type { Says } from '../says.ts';
import type { Identity } from './catalog.ts';
import type { FirewallState } from './firewall.ts';
import type { Gap, Platform } from './gathering.ts';
import type { Family, InterfaceKind, Owner, PortRange, Protocol } from './machine.ts';
import type { Deciding, Forward, ListenerReach } from './reach.ts';

export type AdviceKind = 'close' | 'restrict' | 'keep' | 'review';
export type Severity = 'high' | 'medium' | 'low';
export type Way =
  | 'firewall'
  | 'own-table'
  | 'bind-loopback'
  | 'stop'
  | 'container'
  | 'install-firewall'
  | 'enable-firewall'
  /** Rules of this computer do not count: only whoever manages it can. A piece of advice, never a choice. */
  | 'by-policy';

export interface Finding {
  /** `exposed-dev-server:tcp/3000`; the part before the colon names the advice rule. */
  readonly id: string;
  /** The listener it is about, or null. */
  readonly listener: string | null;
  readonly advice: AdviceKind;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly ifClosed: string;
  readonly ways: readonly Way[];
  /** What the three sentences say, for whoever words it in another language. */
  readonly says: Says;
}

/** A rule of somebody's that could be deleted, or that does not do what it says, and because of which others. */
interface IdleRule {
  /**
   * shadowed: no packet comes to it that it could match. redundant: what follows decides the same. overridden: another
   * rule undoes what it does.
   */
  readonly kind: 'shadowed' | 'redundant' | 'overridden';
  readonly firewall: 'ufw' | 'iptables' | 'nftables';
  /** In the firewall's own words. */
  readonly rule: string;
  readonly action: 'allow' | 'deny';
  /** For which it is so. */
  readonly families: readonly Family[];
  readonly because: readonly Deciding[];
}

export interface ReportListener extends ListenerReach {
  readonly id: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly range: PortRange;
  readonly addresses: readonly {
    readonly address: string;
    readonly family: Family;
    /** `any`: wildcard; `interface`: one address; `link`: link-local; `loopback`; `multicast`. */
    readonly scope: 'any' | 'interface' | 'link' | 'loopback' | 'multicast';
    readonly device: string | null;
  }[];
  readonly owner: Owner;
  readonly service: { readonly id: string; readonly name: string } | null;
  readonly identity: Identity;
  /** The user said "I need this one". */
  readonly kept: boolean;
}

export interface ReportForward extends Forward {
  /** A listener here that holds the port's place (Docker's proxy); it tells the same. */
  readonly listener: string | null;
  /** The user said "I need this one". */
  readonly kept: boolean;
}

export interface Report {
  readonly schema: 1;
  readonly takenAt: string;
  readonly platform: Platform;
  /** It was judged from a snapshot that was saved: of which computer; null: its name was taken out. Absent: of this one, now. */
  readonly saved?: { readonly host: string | null };
  /** True when nothing is missing that a verdict needs. */
  readonly complete: boolean;
  readonly unread: readonly Gap[];
  readonly firewalls: readonly FirewallState[];
  readonly interfaces: readonly {
    readonly name: string;
    readonly kind: InterfaceKind;
    readonly addresses: readonly string[];
  }[];
  readonly listeners: readonly ReportListener[];
  /** Ports that rules lead on to containers, guests and other computers. */
  readonly forwards: readonly ReportForward[];
  readonly connections: { readonly inbound: number; readonly outbound: number };
  readonly findings: readonly Finding[];
  readonly idleRules: readonly IdleRule[];
  /** False: there were too many rules to look at them all. */
  readonly idleRulesComplete: boolean;
}
