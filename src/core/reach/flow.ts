/**
 * A flow: first packets of new connections that differ only in their source address and source port, on their way through
 * the rules. Everything else is fixed for one walk.
 */
import type { AddressSet } from '../address.ts';
import { type Intervals, equal, intersect, minus } from '../intervals.ts';
import type { Doubt } from '../gaps/index.ts';
import type { Deciding, Family } from '../model.ts';
import type { AddressType, CtState } from '../firewalls/netfilter/model.ts';

export interface Packet {
  readonly family: Family;
  /** IP protocol number: 6 or 17. */
  readonly protocol: number;
  readonly inInterface: string;
  /** Known after routing, when the packet is passed on. */
  readonly outInterface: string | null;
  readonly destination: bigint;
  readonly destinationPort: number;
  /** As the sender wrote them, before any redirect. */
  readonly originalDestination: bigint;
  readonly originalDestinationPort: number;
  readonly destinationType: AddressType;
  /** Connection tracking has not seen it yet before priority -200. */
  readonly ctState: CtState;
  /** A nat rule has had its say; the next ones are not asked. */
  readonly redirected: boolean;
  /** It goes elsewhere than the sender wrote: what `ct status dnat` asks. */
  readonly dnat: boolean;
  /** A rule on the way in has given it another source, which is not followed. */
  readonly snat: boolean;
  /** null: set by something that cannot be followed. */
  readonly mark: number | null;
  readonly ctMark: number | null;
}

/** One passed rule; linked backwards, so that splitting a flow shares its past. */
export interface Passed {
  readonly chain: string;
  /** Key of the chain, to know which firewall it belongs to. */
  readonly chainKey: string;
  readonly hook: string;
  readonly rule: string;
  readonly effect: string;
  /** How deep the visit is; 0: a rule of the base chain itself. */
  readonly depth: number;
  /** The rule's place in its chain. */
  readonly at: number;
  /** A built-in chain whose policy ufw sets. */
  readonly usedByUfw: boolean;
  /** What the program that made the rule calls it; null: it has no other name. */
  readonly named: Deciding | null;
  readonly before: Passed | null;
}

export interface Flow {
  readonly packet: Packet;
  readonly sources: AddressSet;
  readonly sourcePorts: Intervals<number>;
  /** A rate had to be kept or exceeded to come here. */
  readonly rate: boolean;
  /** Rules whose match could not be decided and was assumed to come here. */
  readonly assumed: readonly Doubt[];
  readonly passed: Passed | null;
}

/** Does connection tracking know it? Before priority -200, and after `notrack`, it does not. */
export const isTracked = ({ ctState }: Packet): boolean => ctState !== 'invalid' && ctState !== 'untracked';

export const ALL_PORTS: Intervals<number> = [[0, 65535]];

/** It was assumed to come here; once is enough. */
export const assuming = (flow: Flow, doubt: Doubt): Flow =>
  flow.assumed.some(({ text }) => text === doubt.text) ? flow : { ...flow, assumed: [...flow.assumed, doubt] };

/** Sources in and out of `set`; either may be null (empty). */
export function splitSources(flow: Flow, set: AddressSet): readonly [inside: Flow | null, outside: Flow | null] {
  const inside = intersect(flow.sources, set);
  if (inside.length === 0) return [null, flow];
  const outside = minus(flow.sources, set);
  if (outside.length === 0) return [flow, null];
  return [
    { ...flow, sources: inside },
    { ...flow, sources: outside },
  ];
}

export function splitSourcePorts(
  flow: Flow,
  ports: Intervals<number>,
): readonly [inside: Flow | null, outside: Flow | null] {
  const inside = intersect(flow.sourcePorts, ports);
  if (inside.length === 0) return [null, flow];
  const outside = minus(flow.sourcePorts, ports);
  if (outside.length === 0) return [flow, null];
  return [
    { ...flow, sourcePorts: inside },
    { ...flow, sourcePorts: outside },
  ];
}

/** Same packets in the same state: only how they came here differs. */
export const sameTraffic = (a: Flow, b: Flow): boolean =>
  a.packet === b.packet && equal(a.sources, b.sources) && equal(a.sourcePorts, b.sourcePorts);

/** Alike in everything that later rules can see, but for the sources: the two can go on as one. */
export const sameButSources = (a: Flow, b: Flow): boolean =>
  a.packet === b.packet &&
  a.passed === b.passed &&
  a.rate === b.rate &&
  a.assumed === b.assumed &&
  equal(a.sourcePorts, b.sourcePorts);
