/**
 * Would an answer to a source leave through the interface that its packet came in on? What `fib saddr`, `-m rpfilter`
 * and the kernel's own `rp_filter` ask.
 *
 * Sources: net/ipv4/netfilter/nft_fib_ipv4.c, net/ipv6/netfilter/nft_fib_ipv6.c, ipt_rpfilter.c, ip6t_rpfilter.c;
 * net/ipv4/fib_frontend.c, __fib_validate_source.
 */
import { type AddressSet, EVERYTHING, NOTHING, parseRange } from '../address.ts';
import { type Doubt, doubt } from '../gaps/index.ts';
import { has, intersect, minus, union } from '../intervals.ts';
import type { ReversePath } from '../firewalls/netfilter/model.ts';
import type { Family, Routing } from '../model.ts';
import type { Packet } from './flow.ts';
import { type Going, type LookUp, makeLookUp } from './lookup.ts';

export interface Reverse {
  /** Sources for which it holds, and those of which it cannot be told. */
  readonly yes: AddressSet;
  readonly unsure: AddressSet;
  /** Why it cannot be told. */
  readonly why: Doubt;
}

export interface ReversePaths {
  readonly ask: (packet: Packet, how: ReversePath) => Reverse;
  /** Does the answer depend on which of this computer's addresses is spoken to? */
  readonly byDestination: { readonly [family in Family]: boolean };
}

type Holds = (name: string, packet: { readonly family: Family; readonly destination: bigint }) => boolean;

const LINK_LOCAL = parseRange('fe80::/10')?.range ?? [0n, 0n];
const NO_ADDRESS = parseRange('0.0.0.0/8')?.range ?? [0n, 0n];
const GROUPS_OF_THE_LINK = parseRange('224.0.0.0/24')?.range ?? [0n, 0n];
const ALL_ONES = 0xffffffffn;
const ANSWERS = doubt({ kind: 'answers' });
const UNREAD = doubt({ kind: 'policy-routing' });

export function makeReverse(routing: Routing, isOn: Holds): ReversePaths {
  const lookUp = makeLookUp(routing);
  const known = new Map<string, Reverse>();
  const byDestination = {
    4: routing.rules[4]?.some(({ from }) => from !== null) ?? false,
    6: routing.rules[6]?.some(({ from }) => from !== null) ?? false,
  };
  const ask = (packet: Packet, how: ReversePath): Reverse => {
    const mark = how.usesMark ? packet.mark : 0;
    const { family, inInterface, destination, destinationType } = packet;
    const key = [
      family,
      inInterface,
      byDestination[family] || destinationType !== 'local' || has([LINK_LOCAL], destination) ? destination : '',
      mark,
      JSON.stringify(how),
    ].join('|');
    const found = known.get(key) ?? compute(packet, how, mark, lookUp, isOn, routing.rules[family] !== null);
    known.set(key, found);
    return found;
  };
  return { ask, byDestination };
}

function compute(
  packet: Packet,
  how: ReversePath,
  mark: number | null,
  lookUp: LookUp,
  isOn: Holds,
  rulesRead: boolean,
): Reverse {
  const { family, inInterface: name, destination } = packet;
  const addressed = packet.destinationType === 'local' || packet.destinationType === 'unicast';
  const ask = (to: AddressSet, via: { readonly name: string; readonly must: boolean } | null): readonly Going[] =>
    to.length === 0
      ? []
      : lookUp({
          family,
          to,
          from: addressed ? [[destination, destination]] : NOTHING,
          mark,
          inInterface: 'lo',
          via,
          // Only a link-local address belongs to one interface.
          holds: (other) => !addressed || !has([LINK_LOCAL], destination) || isOn(other, packet),
        });
  const all = EVERYTHING[family];
  const prefers = how.by === 'rpfilter' && how.same ? { name, must: false } : null;
  const going =
    family === 4
      ? ask(all, null)
      : [...ask(intersect(all, [LINK_LOCAL]), { name, must: true }), ...ask(minus(all, [LINK_LOCAL]), prefers)];
  let yes: AddressSet = NOTHING;
  let unsure: AddressSet = NOTHING;
  for (const part of going) {
    const holds = partHolds(part, how, name, family);
    if (holds === null || (!rulesRead && part.type !== 'local')) unsure = union(unsure, part.to);
    else if (holds) yes = union(yes, part.to);
  }
  // A computer that has no address yet, as it asks for one.
  if (family === 4 && (destination === ALL_ONES || has([GROUPS_OF_THE_LINK], destination)))
    yes = union(yes, [NO_ADDRESS]);
  return { yes, unsure: minus(unsure, yes), why: rulesRead ? ANSWERS : UNREAD };
}

function partHolds({ type, interfaces }: Going, how: ReversePath, name: string, family: Family): boolean | null {
  if (type === 'unsure') return null;
  if (type === 'none' || type === 'refused') return false;
  if (type === 'local' || (type === 'anycast' && family === 6)) {
    if (!how.acceptsLocal || type === 'anycast') return false;
    if (family === 6) return true;
  } else if (type !== 'unicast' && how.by === 'rpfilter' && family === 4) return false;
  const [first = '', ...more] = interfaces;
  if (how.same) return interfaces.includes(name) && (how.names === null || how.names.includes(name));
  if (how.names === null) return true;
  return more.length > 0 && !interfaces.every((one) => how.names?.includes(one)) ? null : how.names.includes(first);
}
