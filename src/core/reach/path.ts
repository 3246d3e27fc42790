/**
 * The way of a packet through netfilter: prerouting (raw, conntrack, mangle, nat) -> routing by the rewritten destination
 * -> input, or forward. Every base chain of a hook must let it pass, in the order of priorities: a drop is final, an
 * accept goes on to the next. Source: netfilter.org, "Netfilter hooks"; nf_nat_core.c for which nat rule wins.
 */
import { type AddressSet, formatAddress } from '../address.ts';
import { type Doubt, doubt } from '../gaps/index.ts';
import type { Intervals } from '../intervals.ts';
import type { Effect, Hook, ReversePath } from '../firewalls/netfilter/model.ts';
import type { Family } from '../model.ts';
import type { Concerns } from '../outside/index.ts';
import type { Alike } from './alike.ts';
import type { Answers } from './answers.ts';
import type { ChainMap, WalkChain } from './chains.ts';
import type { Flow, Packet, Passed } from './flow.ts';
import type { Stage } from './order.ts';
import { type AddressSpace, isLinkLocal, isLoopback } from './space.ts';
import { apart } from './match.ts';
import { type End, walkBase } from './walk.ts';

/** What became of a part of the traffic. `flow.packet` says where it was going in the end. */
export interface Outcome {
  readonly flow: Flow;
  readonly verdict: 'open' | 'blocked' | 'unknown';
}

export interface Paths {
  readonly chains: ChainMap;
  readonly space: AddressSpace;
  readonly sysctls: ReadonlyMap<string, string>;
  /** Base chains in the order in which the kernel calls them; key `4/input`. */
  readonly stages: ReadonlyMap<string, readonly Stage[]>;
  /** The place of each base chain among those of its hook, by its key: how a trace is put in order. */
  readonly ranks: ReadonlyMap<string, number>;
  /** What was not read of the rules, as answers say it. */
  readonly unread: { readonly [family in Family]: readonly Doubt[] };
  /** Takes out those whose answers do not leave. */
  readonly answers: Answers;
  /** What acts beside the rules. */
  readonly concerns: Concerns;
  /** There may be interfaces, or addresses of them, that the space does not have. */
  readonly interfacesUnread: boolean;
  /** Ways in that no rule tells apart; null: the index is off. */
  readonly alike: Alike | null;
  /** Is there a rule for which the kernel follows connections? */
  readonly tracks: { readonly [family in Family]: boolean };
}

/** Connection tracking's own priority: before it there is no state. Source: linux/netfilter_ipv4.h. */
const CONNTRACK = -200;

export function followPacket(start: Flow, paths: Paths): readonly Outcome[] {
  const { family } = start.packet;
  const unread = paths.unread[family];
  if (unread.length > 0) return [{ flow: { ...start, assumed: unread }, verdict: 'unknown' }];
  if (family === 6 && paths.sysctls.get(`net.ipv6.conf.${start.packet.inInterface}.disable_ipv6`)?.trim() === '1')
    return [{ flow: byKernel(start, `IPv6 is off on ${start.packet.inInterface}`), verdict: 'blocked' }];
  const arrived = runHook([start], 'prerouting', paths);
  const outcomes: Outcome[] = [...arrived.over];
  for (const flow of arrived.on) outcomes.push(...route(flow, paths));
  return outcomes;
}

interface HookResult {
  readonly on: readonly Flow[];
  readonly over: readonly Outcome[];
}

const TRACKING = doubt({ kind: 'tracking' });
const ORDER = doubt({ kind: 'chain-order' });
const SOMEWHERE = doubt({ kind: 'sent-somewhere' });
const PLACES = doubt({ kind: 'several-places' });
const LOCALNET = doubt({ kind: 'route-localnet' });
const FORWARDING = doubt({ kind: 'forwarding' });

function runHook(flows: readonly Flow[], hook: Hook, paths: Paths): HookResult {
  const over: Outcome[] = [];
  let on: readonly Flow[] = flows;
  let tracked = hook !== 'prerouting';
  for (const { priority, orders } of paths.stages.get(`${flows[0]?.packet.family ?? 4}/${hook}`) ?? []) {
    if (!tracked && priority >= CONNTRACK) {
      // A chain at its own priority may stand before it or behind it, which cannot be seen: both are followed.
      on =
        priority === CONNTRACK
          ? on.flatMap((flow) => [guess(flow, ORDER), guess(startTracking(flow), ORDER)])
          : on.map(startTracking);
      tracked = priority > CONNTRACK;
    }
    if (orders.length === 0)
      over.push(...on.map((flow): Outcome => ({ flow: guess(flow, ORDER), verdict: 'unknown' })));
    const starts = orders.length > 1 ? on.map((flow) => guess(flow, ORDER)) : on;
    const results = orders.map((order) => passChains(starts, order, hook, paths));
    over.push(...results.flatMap((result) => result.over));
    on = results.flatMap((result) => result.on);
    if (on.length === 0) break;
  }
  if (!tracked) on = on.map(startTracking);
  return { on, over };
}

function passChains(flows: readonly Flow[], order: readonly WalkChain[], hook: Hook, paths: Paths): HookResult {
  const over: Outcome[] = [];
  let on = flows;
  for (const base of order) {
    const isNat = base.chain.base?.type === 'nat';
    const next: Flow[] = [];
    for (const flow of on) {
      // Where it goes is settled once; where it comes from (input, postrouting) is another question.
      const settled = hook === 'prerouting' && flow.packet.redirected;
      if (isNat && (settled || flow.packet.ctState !== 'new')) {
        next.push(flow);
        continue;
      }
      for (const end of walkBase(flow, base, hook, paths)) {
        if (end.verdict === 'accept') {
          const moved = end.nat === null ? [end.flow] : rewrite(end, end.nat, paths);
          if (moved === null) over.push({ flow: guess(end.flow, SOMEWHERE), verdict: 'unknown' });
          else next.push(...moved);
        } else if (isNat && end.verdict === 'drop' && !paths.tracks[end.flow.packet.family]) {
          // Nat chains see only what is tracked, and a mere drop in one does not make the kernel track (seen).
          over.push({ flow: guess(end.flow, TRACKING), verdict: 'unknown' });
          next.push(guess(flow, TRACKING));
        } else over.push({ flow: end.flow, verdict: end.verdict === 'drop' ? 'blocked' : 'unknown' });
      }
    }
    on = next;
  }
  return { on, over };
}

const startTracking = (flow: Flow): Flow =>
  flow.packet.ctState === 'untracked' ? flow : { ...flow, packet: { ...flow.packet, ctState: 'new' } };

const guess = (flow: Flow, why: Doubt): Flow => ({ ...flow, assumed: [...flow.assumed, why] });

/** More places than this that a rule may send a packet to are not followed one by one. */
const MOST_PLACES = 32;

/** Where REDIRECT and DNAT send the packet: one place, or each that it may be. Null: it cannot be told. */
function rewrite(
  { flow }: End,
  nat: Extract<Effect, { do: 'redirect' | 'dnat' }>,
  paths: Paths,
): readonly Flow[] | null {
  const { packet } = flow;
  const addresses = nat.do === 'redirect' ? redirected(packet, paths) : dnatAddresses(packet, nat.set);
  const ports = portsAfter(packet.destinationPort, nat.ports);
  if (addresses === null || ports === null) return null;
  const places = addresses.flatMap((destination) => ports.map((port) => ({ destination, port })));
  if (places.length > MOST_PLACES) return null;
  const from = places.length > 1 ? guess(flow, PLACES) : flow;
  return places.map(({ destination, port }): Flow => {
    const moved: Packet = {
      ...packet,
      destination,
      destinationPort: port,
      destinationType: paths.space.typeOf(destination, packet.family),
      redirected: true,
      // A rule that sends a packet where it was going anyway leaves no mark on the connection. Source: nf_nat_core.c.
      dnat: packet.dnat || destination !== packet.destination || port !== packet.destinationPort,
    };
    return { ...from, packet: moved };
  });
}

function redirected({ inInterface, family, destination }: Packet, { space }: Paths): readonly bigint[] | null {
  const target = space.redirectTarget(inInterface, family, destination);
  return target === null ? null : [target];
}

function dnatAddresses({ destination }: Packet, set: AddressSet | null): readonly bigint[] | null {
  return set === null ? [destination] : set.length === 0 ? null : eachOf(set);
}

/**
 * Of a range the kernel takes the port itself where it lies in it, else the first, unless a connection has that one
 * already: whoever sends can make it any of them. Source: nf_nat_core.c, get_unique_tuple.
 */
function portsAfter(port: number, ports: Intervals<number> | null): readonly number[] | null {
  if (ports === null) return [port];
  return eachOf(ports.map(([first, last]) => [BigInt(first), BigInt(last)]))?.map(Number) ?? null;
}

/** All members one by one; null: too many. */
function eachOf(set: AddressSet): readonly bigint[] | null {
  const out: bigint[] = [];
  for (const [first, last] of set) {
    if (last - first >= MOST_PLACES) return null;
    for (let value = first; value <= last; value++) out.push(value);
  }
  return out;
}

/** What the kernel asks of sources by itself: `rp_filter`, for IPv4 only. */
const STRICT: ReversePath = {
  on: 'reverse-path',
  by: 'rpfilter',
  same: true,
  names: null,
  usesMark: false,
  acceptsLocal: true,
};

function route(flow: Flow, paths: Paths): readonly Outcome[] {
  const mode = reverseFilter(flow.packet, paths.sysctls);
  if (mode === 0 || flow.packet.inInterface === 'lo') return routeOn(flow, paths);
  const usesMark = sourceMarkCounts(flow.packet, paths.sysctls);
  const { packet } = flow;
  const asked = usesMark === null && packet.mark !== 0 ? { ...packet, mark: null } : packet;
  const found = paths.space.reverse.ask(asked, { ...STRICT, same: mode === 1, usesMark: usesMark !== false });
  const { yes, no } = apart(flow, found);
  const rule = `rp_filter: no answer to this source would leave${mode === 1 ? ` through ${packet.inInterface}` : ''}`;
  return [
    ...yes.flatMap((part) => routeOn(part, paths)),
    ...no.map((part): Outcome => ({ flow: byKernel(part, rule), verdict: 'blocked' })),
  ];
}

function routeOn(flow: Flow, paths: Paths): readonly Outcome[] {
  const { packet } = flow;
  if (isLoopback(packet.destination, packet.family) && packet.inInterface !== 'lo') {
    const allowed = routeLocalnet(packet.family, packet.inInterface, paths.sysctls);
    if (allowed === null) return [{ flow: guess(flow, LOCALNET), verdict: 'unknown' }];
    if (!allowed)
      return [{ flow: byKernel(flow, 'loopback addresses are not reachable from outside'), verdict: 'blocked' }];
  }
  if (isLinkLocal(packet.destination, packet.family) && !paths.space.isOn(packet.inInterface, packet))
    return [{ flow: byKernel(flow, 'link-local addresses are answered on their own link only'), verdict: 'blocked' }];
  const { destinationType } = packet;
  if (packet.protocol === 6 && (destinationType === 'broadcast' || destinationType === 'multicast'))
    return [{ flow: byKernel(flow, 'TCP is not answered at addresses of many'), verdict: 'blocked' }];
  if (destinationType !== 'unicast') return finish([flow], 'input', paths);
  const forwards = forwarding(packet, paths.sysctls);
  if (forwards === null) return [{ flow: guess(flow, FORWARDING), verdict: 'unknown' }];
  if (!forwards) return [{ flow: byKernel(flow, 'this computer does not pass packets on'), verdict: 'blocked' }];
  const out = paths.space.routeFor(packet.destination, packet.family);
  if (out === null) {
    const where = formatAddress({ family: packet.family, value: packet.destination });
    return [{ flow: byKernel(flow, `there is no route to ${where}`), verdict: 'blocked' }];
  }
  const leaving = { ...flow, packet: { ...packet, outInterface: out.interface } };
  const forwarded = runHook([leaving], 'forward', paths);
  return [...forwarded.over, ...(forwarded.on.length === 0 ? [] : finish(forwarded.on, 'postrouting', paths))];
}

function finish(flows: readonly Flow[], hook: Hook, paths: Paths): readonly Outcome[] {
  const { on, over } = runHook(flows, hook, paths);
  return [...over, ...on.map((flow): Outcome => ({ flow, verdict: 'open' }))];
}

const byKernel = (flow: Flow, rule: string): Flow => kernelStep(flow, 'routing', rule, 'drop');

/** What the kernel does without a rule, as a step of the way. */
export function kernelStep(flow: Flow, hook: 'routing' | 'delivery', rule: string, effect: string): Flow {
  const passed: Passed = {
    chain: hook,
    chainKey: 'kernel',
    hook,
    rule,
    effect,
    depth: 0,
    at: 0,
    usedByUfw: false,
    named: null,
    before: flow.passed,
  };
  return { ...flow, passed };
}

function either(sysctls: ReadonlyMap<string, string>, keys: readonly string[], all: boolean): boolean | null {
  const values = keys.map((key) => sysctls.get(key)?.trim());
  if (values.includes(undefined)) return null;
  return all ? values.every((value) => value === '1') : values.includes('1');
}

/** May 127.0.0.0/8 be spoken to through this interface? Never so for ::1. Null: it was not read. */
export const routeLocalnet = (family: Family, name: string, sysctls: ReadonlyMap<string, string>): boolean | null =>
  family === 6
    ? false
    : either(sysctls, ['net.ipv4.conf.all.route_localnet', `net.ipv4.conf.${name}.route_localnet`], false);

/** 0: sources are not looked at; 1: answers must leave the same way; 2: there must be a way. The stricter setting counts. */
function reverseFilter({ family, inInterface }: Packet, sysctls: ReadonlyMap<string, string>): 0 | 1 | 2 {
  if (family === 6) return 0;
  // A setting that was not read keeps nobody out.
  const [all, own] = ['all', inInterface].map((name) => Number(sysctls.get(`net.ipv4.conf.${name}.rp_filter`) ?? 0));
  const mode = Math.max(all ?? 0, own ?? 0);
  return mode === 1 || mode === 2 ? mode : 0;
}

/** Does the kernel route its answers to `rp_filter` by the packet's mark? Null: it was not read. */
const sourceMarkCounts = ({ inInterface }: Packet, sysctls: ReadonlyMap<string, string>): boolean | null =>
  either(sysctls, ['net.ipv4.conf.all.src_valid_mark', `net.ipv4.conf.${inInterface}.src_valid_mark`], false);

/** Are packets from there passed on? IPv6: for all interfaces, or (from Linux 6.17 on) for that one in spite of it. */
function forwarding({ family, inInterface }: Packet, sysctls: ReadonlyMap<string, string>): boolean | null {
  if (family === 4) return either(sysctls, [`net.ipv4.conf.${inInterface}.forwarding`], true);
  const all = either(sysctls, ['net.ipv6.conf.all.forwarding'], true);
  return all === false ? sysctls.get(`net.ipv6.conf.${inInterface}.force_forwarding`)?.trim() === '1' : all;
}
