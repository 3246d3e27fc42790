/** One test against one flow: which part of it matches, and which does not. */
import { type AddressSet, EVERYTHING } from '../address.ts';
import { type Doubt, doubt } from '../gaps/index.ts';
import { has, intersect, minus, normalize, union } from '../intervals.ts';
import type { Field, ReversePath, Test } from '../firewalls/netfilter/model.ts';
import type { AddressSpace } from './space.ts';
import type { Reverse } from './reverse.ts';
import { type Flow, assuming, isTracked, splitSourcePorts, splitSources } from './flow.ts';

/**
 * `'absent'`: the packet does not have what the test looks at (a UDP packet has no TCP flags); the rule does not match,
 * negated or not.
 */
type Truth = true | false | 'absent';

export interface Parts {
  readonly yes: readonly Flow[];
  readonly no: readonly Flow[];
}

const NEW_CONNECTION_FLAGS = 2;

export function matchTest(flow: Flow, test: Test, space: AddressSpace): Parts {
  const parts = matchField(flow, test.field, space);
  if (parts === 'absent') return { yes: [], no: [flow] };
  if (parts === true || parts === false)
    return parts === test.negate ? { yes: [], no: [flow] } : { yes: [flow], no: [] };
  const undecided = test.field.on === 'rate' || test.field.on === 'unknown';
  return test.negate && !undecided ? { yes: parts.no, no: parts.yes } : parts;
}

/** All tests together; what fails any of them is in `no`. */
export function matchAll(flow: Flow, tests: readonly Test[], space: AddressSpace): Parts {
  let yes: readonly Flow[] = [flow];
  const no: Flow[] = [];
  for (const test of tests) {
    const next: Flow[] = [];
    for (const part of yes) {
      const split = matchTest(part, test, space);
      next.push(...split.yes);
      no.push(...split.no);
    }
    yes = next;
    if (yes.length === 0) break;
  }
  return { yes, no };
}

function matchField(flow: Flow, field: Field, space: AddressSpace): Truth | Parts {
  const { packet } = flow;
  switch (field.on) {
    case 'always':
      return true;
    case 'in-interface':
      return field.names.some((name) => nameMatches(name, packet.inInterface));
    case 'out-interface':
      // Where there is none its name is empty: `oifname != "eth0"` holds for what is meant for this computer (seen).
      return field.names.some((name) => nameMatches(name, packet.outInterface ?? ''));
    case 'family':
      return field.families.includes(packet.family);
    case 'protocol':
      return has(field.protocols, packet.protocol);
    case 'source':
    case 'original-source':
      if (field.on === 'original-source' && !tracked(flow)) return 'absent';
      if (field.on === 'source' && packet.snat) return may(flow, REWRITTEN);
      return field.family === packet.family ? both(splitSources(flow, field.set)) : 'absent';
    case 'destination':
      return field.family === packet.family ? has(field.set, packet.destination) : 'absent';
    case 'original-destination':
      if (!tracked(flow)) return 'absent';
      return field.family === packet.family ? has(field.set, packet.originalDestination) : 'absent';
    case 'address-bits':
      if (field.family !== packet.family) return 'absent';
      if (field.of !== 'destination' && packet.snat) return may(flow, REWRITTEN);
      return field.of === 'destination'
        ? has(field.values, packet.destination & field.mask)
        : sourceBits(flow, field.mask, field.values);
    case 'source-port':
    case 'original-source-port':
      if (field.on === 'original-source-port' && !tracked(flow)) return 'absent';
      if (field.on === 'source-port' && packet.snat) return may(flow, REWRITTEN);
      return both(splitSourcePorts(flow, field.ports));
    case 'destination-port':
      return has(field.ports, packet.destinationPort);
    case 'original-destination-port':
      return tracked(flow) ? has(field.ports, packet.originalDestinationPort) : 'absent';
    case 'ct-state':
      // `dnat` and `snat` are not states but are asked for like them.
      return (
        field.states.includes(packet.ctState) ||
        (packet.dnat && field.states.includes('dnat')) ||
        (packet.snat && field.states.includes('snat'))
      );
    case 'ct-status':
      if (!tracked(flow)) return 'absent';
      return ctStatus(flow, field.statuses);
    case 'ct-direction':
      return tracked(flow) ? field.direction === 'original' : 'absent';
    case 'mark':
    case 'ct-mark': {
      if (field.on === 'ct-mark' && !isTracked(packet)) return 'absent';
      const mark = field.on === 'mark' ? packet.mark : packet.ctMark;
      return mark === null ? may(flow, MARK) : has(field.values, (mark & field.mask) >>> 0);
    }
    case 'destination-type':
      // Asked for the interface it came in on, an address of another one is not local. Source: nft_fib_ipv4.c, nft_fib_ipv6.c.
      if (field.onInterface && (packet.destinationType === 'local' || packet.destinationType === 'broadcast')) {
        const type = space.isOn(packet.inInterface, packet) ? packet.destinationType : 'unicast';
        return field.types.includes(type);
      }
      return field.types.includes(packet.destinationType);
    case 'source-type': {
      if (packet.snat) return may(flow, REWRITTEN);
      const set = space.sourcesOfType(field.types, packet.family, field.onInterface ? packet.inInterface : null);
      if (set === null) return may(flow, doubt({ kind: 'source-type', types: field.types }));
      if (packet.family === 4 || !field.types.includes('unicast')) return both(splitSources(flow, set));
      // IPv6 says so only of what it has a route to. Source: nft_fib_ipv6.c, __nft_fib6_eval_type.
      const { yes, unsure, why } = space.reverse.ask(packet, ROUTED);
      const known = minus(set, unsure);
      return apart(flow, {
        yes: union(intersect(known, yes), minus(known, UNICAST_6)),
        unsure: intersect(set, unsure),
        why,
      });
    }
    case 'reverse-path': {
      if (packet.snat) return may(flow, REWRITTEN);
      // What comes in at loopback came from here.
      if (packet.inInterface === 'lo') return true;
      return apart(flow, space.reverse.ask(packet, field));
    }
    case 'packet-type': {
      const { destinationType } = packet;
      const type = destinationType === 'broadcast' || destinationType === 'multicast' ? destinationType : 'host';
      return field.types.includes(type);
    }
    case 'tcp-flags':
      return packet.protocol === 6 ? (NEW_CONNECTION_FLAGS & field.mask) === field.value : 'absent';
    case 'rate': {
      const limited = flow.rate ? flow : { ...flow, rate: true };
      return { yes: [limited], no: [limited] };
    }
    case 'unknown':
      return may(flow, field.doubt);
    case 'any':
      return matchAny(flow, field.rows, space);
  }
}

const REWRITTEN = doubt({ kind: 'rewritten-source' });
const MARK = doubt({ kind: 'mark' });
const SOURCE_BITS = doubt({ kind: 'source-bits' });

/** A mask with holes: single sources can be told, and a whole network cannot. */
function sourceBits(flow: Flow, mask: bigint, values: AddressSet): Parts {
  const few = flow.sources.every(([first, last]) => last - first < 64n) && flow.sources.length <= 64;
  if (!few) return may(flow, SOURCE_BITS);
  const inside = flow.sources.flatMap(([first, last]) => {
    const hits: (readonly [bigint, bigint])[] = [];
    for (let one = first; one <= last; one++) if (has(values, one & mask)) hits.push([one, one]);
    return hits;
  });
  return both(splitSources(flow, normalize(inside)));
}

const ROUTED: ReversePath = {
  on: 'reverse-path',
  by: 'fib',
  same: false,
  names: null,
  usesMark: false,
  acceptsLocal: true,
};
const UNICAST_6 = minus(EVERYTHING[6], [[0xffn << 120n, (1n << 128n) - 1n]]);

const tracked = (flow: Flow): boolean => isTracked(flow.packet);

function ctStatus(flow: Flow, statuses: readonly string[]): Truth | Parts {
  if (statuses.includes('dnat') && flow.packet.dnat) return true;
  if (statuses.includes('snat') && flow.packet.snat) return true;
  // A first packet has none of the other bits: nothing was seen, assured or confirmed yet.
  const absentAtFirst = new Set([
    'seen-reply',
    'seen_reply',
    'assured',
    'confirmed',
    'expected',
    'snat',
    'dying',
    'dnat',
    'none',
  ]);
  // `--ctstatus NONE` asks for no bit at all, which no packet has, not even one without bits (seen).
  return statuses.every((status) => absentAtFirst.has(status))
    ? false
    : may(flow, doubt({ kind: 'ct-status', statuses }));
}

const both = ([inside, outside]: readonly [Flow | null, Flow | null]): Parts => ({
  yes: inside === null ? [] : [inside],
  no: outside === null ? [] : [outside],
});

/** Sources of which it is known, and those of which it is not: those are followed both ways. */
export function apart(flow: Flow, { yes: inside, unsure, why }: Reverse): Parts {
  const [yes, others] = splitSources(flow, inside);
  if (others === null || unsure.length === 0) return both([yes, others]);
  const [inDoubt, no] = splitSources(others, unsure);
  const guess = inDoubt === null ? [] : may(inDoubt, why).yes;
  return { yes: [...(yes === null ? [] : [yes]), ...guess], no: [...(no === null ? [] : [no]), ...guess] };
}

/** May match and may not: both are followed. */
function may(flow: Flow, why: Doubt): Parts {
  const guess = assuming(flow, why);
  return { yes: [guess], no: [guess] };
}

function matchAny(flow: Flow, rows: readonly (readonly Test[])[], space: AddressSpace): Parts {
  const yes: Flow[] = [];
  let rest: readonly Flow[] = [flow];
  for (const row of rows) {
    const next: Flow[] = [];
    for (const part of rest) {
      const split = matchAll(part, row, space);
      yes.push(...split.yes);
      next.push(...split.no);
    }
    rest = next;
    if (rest.length === 0) break;
  }
  return { yes, no: rest };
}

export const nameMatches = (pattern: string, name: string): boolean =>
  pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
