/**
 * Netfilter rules in one form, whether iptables or nft printed them.
 *
 * A chain is a list of rules; a rule is a list of statements that are carried out in order. A statement either tests the
 * packet (and leaves the rule when the test fails) or does something. What a reader does not understand becomes a test
 * or an effect `unknown`, never nothing.
 */
import type { AddressSet } from '../../address.ts';
import type { Intervals } from '../../intervals.ts';
import type { Doubt } from '../../gaps/index.ts';
import type { Deciding, Family, Gap } from '../../model.ts';

export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
export type CtState = 'new' | 'established' | 'related' | 'invalid' | 'untracked' | 'snat' | 'dnat';
/** Types of address as the kernel's routing sees them (iptables addrtype, nft fib). */
export type AddressType = 'unspec' | 'unicast' | 'local' | 'broadcast' | 'anycast' | 'multicast' | 'other';
export type PacketType = 'host' | 'broadcast' | 'multicast' | 'other';

/** How an answer to the source would leave. */
export interface ReversePath {
  readonly on: 'reverse-path';
  readonly by: 'fib' | 'rpfilter';
  /** Only through the interface that the packet came in on. */
  readonly same: boolean;
  /** Names of interfaces; null: any will do. */
  readonly names: readonly string[] | null;
  /** Policy routing sees the packet's mark. */
  readonly usesMark: boolean;
  /** Addresses of this computer count as sources, too. */
  readonly acceptsLocal: boolean;
}

/** One property of a packet and the values that it may have. */
export type Field =
  | { readonly on: 'always' }
  /** Names; one that ends in `+` stands for every name that begins so. */
  | { readonly on: 'in-interface' | 'out-interface'; readonly names: readonly string[] }
  | {
      readonly on: 'source' | 'destination' | 'original-source' | 'original-destination';
      readonly family: Family;
      readonly set: AddressSet;
    }
  /** (address & mask) lies in values: for a mask with holes, whose addresses are no few ranges. */
  | {
      readonly on: 'address-bits';
      readonly of: 'source' | 'destination';
      readonly family: Family;
      readonly mask: bigint;
      readonly values: AddressSet;
    }
  | { readonly on: 'family'; readonly families: readonly Family[] }
  /** IP protocol numbers. */
  | { readonly on: 'protocol'; readonly protocols: Intervals<number> }
  | {
      readonly on: 'source-port' | 'destination-port' | 'original-source-port' | 'original-destination-port';
      readonly ports: Intervals<number>;
    }
  | { readonly on: 'ct-state'; readonly states: readonly CtState[] }
  | { readonly on: 'ct-status'; readonly statuses: readonly string[] }
  | { readonly on: 'ct-direction'; readonly direction: 'original' | 'reply' }
  /** (mark & mask) lies in values. */
  | { readonly on: 'mark' | 'ct-mark'; readonly mask: number; readonly values: Intervals<number> }
  | {
      readonly on: 'source-type' | 'destination-type';
      readonly types: readonly AddressType[];
      readonly onInterface: boolean;
    }
  | ReversePath
  | { readonly on: 'packet-type'; readonly types: readonly PacketType[] }
  /** (flags & mask) === value. A new connection begins with SYN alone. */
  | { readonly on: 'tcp-flags'; readonly mask: number; readonly value: number }
  /** True as long as a rate is kept: both outcomes occur. */
  | { readonly on: 'rate'; readonly text: string }
  /** Not understood, or not decidable from here. */
  | { readonly on: 'unknown'; readonly doubt: Doubt }
  /** Keys of several fields (nft concatenations): true when all tests of any one row are. */
  | { readonly on: 'any'; readonly rows: readonly (readonly Test[])[] };

export interface Test {
  readonly field: Field;
  readonly negate: boolean;
}

export type Effect =
  | { readonly do: 'accept' | 'drop' | 'reject' | 'return' }
  | { readonly do: 'jump' | 'goto'; readonly chain: string }
  /** new mark = (old & and) ^ xor */
  | { readonly do: 'set-mark'; readonly target: 'mark' | 'ct-mark'; readonly and: number; readonly xor: number }
  | { readonly do: 'copy-mark'; readonly from: 'mark' | 'ct-mark'; readonly mask: number }
  | { readonly do: 'forget-mark'; readonly target: 'mark' | 'ct-mark' }
  | { readonly do: 'notrack' }
  /** A template of a connection is tied to the packet (a zone, a helper): it counts as new, and `notrack` comes too late. */
  | { readonly do: 'template' }
  /** ports: null, the port stays; several, it may be any of them. */
  | { readonly do: 'redirect'; readonly ports: Intervals<number> | null }
  | { readonly do: 'dnat'; readonly set: AddressSet | null; readonly ports: Intervals<number> | null }
  /** Accepts, and from then on the packet has another source (and source port). */
  | { readonly do: 'snat' }
  /**
   * May end in any verdict (a queue to a program, a target that is not known). captures: it is known to hand packets to
   * local sockets of these ports, whatever address they are for.
   */
  | { readonly do: 'unknown'; readonly doubt: Doubt; readonly captures?: Intervals<number> };

export type Statement =
  | { readonly kind: 'test'; readonly test: Test }
  | { readonly kind: 'effect'; readonly effect: Effect }
  /** The first case whose tests hold; none, or one without an effect: the rule ends without a verdict (nft verdict maps). */
  | { readonly kind: 'choose'; readonly cases: readonly Case[] };

export interface Case {
  readonly tests: readonly Test[];
  readonly effect: Effect | null;
}

export interface Rule {
  /** In the firewall's own words. */
  readonly text: string;
  readonly statements: readonly Statement[];
}

export interface BaseHook {
  readonly hook: Hook;
  readonly priority: number;
  readonly type: 'filter' | 'nat' | 'route';
  readonly policy: 'accept' | 'drop';
}

export interface Chain {
  /** Unique: `iptables/4/filter/INPUT`, `nft/inet/firewalld/filter_INPUT`. */
  readonly key: string;
  /** `windows`, `pf`, `alf`: rules of Windows Firewall and of macOS's two firewalls, in the same form. */
  readonly backend: 'iptables' | 'iptables-legacy' | 'nftables' | 'windows' | 'pf' | 'alf';
  readonly families: readonly Family[];
  readonly table: string;
  readonly name: string;
  readonly base: BaseHook | null;
  readonly rules: readonly Rule[];
  /** By the text of a rule (or `policy drop`): what the program that made it calls it. */
  readonly named?: ReadonlyMap<string, Deciding>;
}

/** A base chain of nft that sees packets elsewhere than where they are walked: on a device (netdev, ingress) or in a bridge. */
export interface BesideChain {
  readonly family: string;
  readonly table: string;
  readonly name: string;
  readonly hook: string;
  /** Can its rules do more than let packets pass or drop them? */
  readonly onlyDrops: boolean;
}

/** All of netfilter that was read. */
export interface Netfilter {
  readonly chains: readonly Chain[];
  readonly beside: readonly BesideChain[];
  /** What could hold rules and was not read, by family. Any entry makes every verdict of that family unknown. */
  readonly unread: { readonly [family in Family]: readonly Gap[] };
}

/** Holds for nothing. */
export const NEVER: Field = { on: 'any', rows: [] };

export const always = (effect: Effect): Statement => ({ kind: 'effect', effect });
export const test = (field: Field, negate = false): Statement => ({ kind: 'test', test: { field, negate } });

/** TCP flag bits as in the header. */
export const TCP_FLAGS: Readonly<Record<string, number>> = {
  fin: 1,
  syn: 2,
  rst: 4,
  psh: 8,
  ack: 16,
  urg: 32,
  ecn: 64,
  ece: 64,
  cwr: 128,
};

/**
 * IP protocol numbers by the names that iptables and nft print: those of Debian's /etc/protocols that are alive.
 * Source: IANA protocol-numbers.
 */
export const PROTOCOLS: Readonly<Record<string, number>> = {
  icmp: 1,
  igmp: 2,
  ipencap: 4,
  ipip: 4,
  tcp: 6,
  udp: 17,
  dccp: 33,
  ipv6: 41,
  gre: 47,
  esp: 50,
  ah: 51,
  'ipv6-icmp': 58,
  icmpv6: 58,
  ospf: 89,
  sctp: 132,
  udplite: 136,
  mh: 135,
  'mobility-header': 135,
  egp: 8,
  igp: 9,
  rdp: 27,
  'ipv6-route': 43,
  'ipv6-frag': 44,
  rsvp: 46,
  skip: 57,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
  eigrp: 88,
  ospfigp: 89,
  'ax.25': 93,
  etherip: 97,
  encap: 98,
  pim: 103,
  ipcomp: 108,
  comp: 108,
  vrrp: 112,
  carp: 112,
  l2tp: 115,
  isis: 124,
  fc: 133,
  'mpls-in-ip': 137,
  manet: 138,
  hip: 139,
  shim6: 140,
  wesp: 141,
  rohc: 142,
};
