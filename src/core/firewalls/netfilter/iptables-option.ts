/**
 * Options of iptables' matches, as fields of the engine. Sources: iptables-extensions(8) 1.8, and what iptables-save was
 * seen to print.
 */
import { EVERYTHING, network, setOf } from '../../address.ts';
import { minus } from '../../intervals.ts';
import type { Family } from '../../model.ts';
import { holedField } from './address-bits.ts';
import { portList } from './iptables-ports.ts';
import { type AddressType, type CtState, type Field, NEVER, PROTOCOLS, type PacketType, TCP_FLAGS } from './model.ts';

/** What one option takes and says. `null` = the value was not understood. */
type Option = {
  readonly takes: number;
  readonly read: (values: readonly string[], rule: { readonly family: Family }) => Field | null;
};

const always1 = (): Field => ({ on: 'always' });

const OPTIONS: Readonly<Record<string, Readonly<Record<string, Option>>>> = {
  '': {
    '-p': { takes: 1, read: ([name]) => protocol(name as string) },
    '-s': { takes: 1, read: ([range], { family }) => addresses('source', range as string, family) },
    '-d': { takes: 1, read: ([range], { family }) => addresses('destination', range as string, family) },
    '-i': { takes: 1, read: ([name]) => ({ on: 'in-interface', names: [name as string] }) },
    // Only a later part of a packet; what starts a connection is whole, or the first part.
    '-f': { takes: 0, read: () => NEVER },
    '-o': { takes: 1, read: ([name]) => ({ on: 'out-interface', names: [name as string] }) },
  },
  tcp: {
    '--sport': { takes: 1, read: ([spec]) => ports('source-port', spec as string) },
    '--dport': { takes: 1, read: ([spec]) => ports('destination-port', spec as string) },
    '--tcp-flags': { takes: 2, read: ([mask, value]) => tcpFlags(mask as string, value as string) },
  },
  udp: {
    '--sport': { takes: 1, read: ([spec]) => ports('source-port', spec as string) },
    '--dport': { takes: 1, read: ([spec]) => ports('destination-port', spec as string) },
  },
  multiport: {
    '--sports': { takes: 1, read: ([spec]) => ports('source-port', spec as string) },
    '--dports': { takes: 1, read: ([spec]) => ports('destination-port', spec as string) },
    '--ports': { takes: 1, read: ([spec]) => eitherPort(spec as string) },
  },
  conntrack: {
    '--ctstate': { takes: 1, read: ([list]) => ctStates(list as string) },
    '--ctstatus': { takes: 1, read: ([list]) => ({ on: 'ct-status', statuses: lower(list as string) }) },
    '--ctproto': { takes: 1, read: ([name]) => protocol(name as string) },
    '--ctorigsrc': { takes: 1, read: ([range], { family }) => addresses('original-source', range as string, family) },
    '--ctorigdst': {
      takes: 1,
      read: ([range], { family }) => addresses('original-destination', range as string, family),
    },
    '--ctorigsrcport': { takes: 1, read: ([spec]) => ports('original-source-port', spec as string) },
    '--ctorigdstport': { takes: 1, read: ([spec]) => ports('original-destination-port', spec as string) },
    // The answer to a packet goes from where that was sent to, to where it came from.
    '--ctreplsrc': { takes: 1, read: ([range], { family }) => addresses('destination', range as string, family) },
    '--ctrepldst': { takes: 1, read: ([range], { family }) => addresses('source', range as string, family) },
    '--ctreplsrcport': { takes: 1, read: ([spec]) => ports('destination-port', spec as string) },
    '--ctrepldstport': { takes: 1, read: ([spec]) => ports('source-port', spec as string) },
    '--ctdir': { takes: 1, read: ([direction]) => ctDirection(direction as string) },
  },
  state: { '--state': { takes: 1, read: ([list]) => ctStates(list as string) } },
  mark: { '--mark': { takes: 1, read: ([spec]) => mark('mark', spec as string) } },
  connmark: { '--mark': { takes: 1, read: ([spec]) => mark('ct-mark', spec as string) } },
  addrtype: {
    '--src-type': { takes: 1, read: ([list], { family }) => addressTypes('source', list as string, family) },
    // It belongs to the types beside it.
    '--limit-iface-in': { takes: 0, read: always1 },
    '--dst-type': { takes: 1, read: ([list], { family }) => addressTypes('destination', list as string, family) },
  },
  pkttype: { '--pkt-type': { takes: 1, read: ([type]) => packetType(type as string) } },
  iprange: {
    '--src-range': { takes: 1, read: ([range], { family }) => addresses('source', range as string, family) },
    '--dst-range': { takes: 1, read: ([range], { family }) => addresses('destination', range as string, family) },
  },
  // A new connection that no other one has announced has no helper. Source: net/netfilter/xt_helper.c.
  helper: { '--helper': { takes: 1, read: () => NEVER } },
  comment: { '--comment': { takes: 1, read: always1 } },
  nfacct: { '--nfacct-name': { takes: 1, read: always1 } },
};

/** Words come from outside: `constructor` is no option. */
export function optionOf(module: string, name: string): Option | undefined {
  const options = Object.hasOwn(OPTIONS, module) ? OPTIONS[module] : undefined;
  return options !== undefined && Object.hasOwn(options, name) ? options[name] : undefined;
}

/** `-m NAME`: are its options known? */
export const isModule = (name: string): boolean => Object.hasOwn(OPTIONS, name);

function protocol(name: string): Field | null {
  if (name === 'all') return { on: 'always' };
  const number = /^\d+$/.test(name) ? Number(name) : PROTOCOLS[name];
  if (number === undefined) return null;
  return number === 0 ? { on: 'always' } : { on: 'protocol', protocols: [[number, number]] };
}

type AddressSide = 'source' | 'destination' | 'original-source' | 'original-destination';

function addresses(on: AddressSide, spec: string, family: Family): Field | null {
  const set = setOf(spec.split(','), family);
  if (set === null) return spec.includes(',') ? null : holedField(on, spec, family);
  if (set.length === 0) return null;
  return { on, family, set: set === EVERYTHING[family] ? EVERYTHING[family] : set };
}

type PortSide = 'source-port' | 'destination-port' | 'original-source-port' | 'original-destination-port';

function ports(on: PortSide, spec: string): Field | null {
  const list = portList(spec);
  return list === null ? null : { on, ports: list };
}

function eitherPort(spec: string): Field | null {
  const list = portList(spec);
  if (list === null) return null;
  const rows = (['source-port', 'destination-port'] as const).map((on) => [
    { field: { on, ports: list }, negate: false },
  ]);
  return { on: 'any', rows };
}

const lower = (list: string): string[] => list.toLowerCase().split(',');

const CT_STATES = new Set(['new', 'established', 'related', 'invalid', 'untracked', 'snat', 'dnat']);

function ctStates(list: string): Field | null {
  const states = lower(list);
  return states.every((state) => CT_STATES.has(state)) ? { on: 'ct-state', states: states as CtState[] } : null;
}

function ctDirection(direction: string): Field | null {
  const name = direction.toLowerCase();
  return name === 'original' || name === 'reply' ? { on: 'ct-direction', direction: name } : null;
}

function mark(on: 'mark' | 'ct-mark', spec: string): Field | null {
  const [value = '', bits = '0xffffffff'] = spec.split('/');
  const [number, mask] = [Number(value) >>> 0, Number(bits) >>> 0];
  return Number.isNaN(Number(value)) || Number.isNaN(Number(bits)) ? null : { on, mask, values: [[number, number]] };
}

const ADDRESS_TYPES: Readonly<Record<string, AddressType>> = {
  UNSPEC: 'unspec',
  UNICAST: 'unicast',
  LOCAL: 'local',
  BROADCAST: 'broadcast',
  ANYCAST: 'anycast',
  MULTICAST: 'multicast',
};

const MULTICAST_6 = [network({ family: 6, value: 0xff00n << 112n }, 8)];

function addressTypes(side: 'source' | 'destination', list: string, family: Family): Field | null {
  const types = list.split(',').map((name) => ADDRESS_TYPES[name]);
  if (types.includes(undefined)) return null;
  // For IPv6 the module asks what the address looks like, not how it is routed: an address of this machine is UNICAST
  // too. Source: net/netfilter/xt_addrtype.c, match_type6. Several types at once must all hold there; nobody writes that.
  if (family === 6 && list === 'MULTICAST') return { on: side, family, set: MULTICAST_6 };
  if (family === 6 && list === 'UNICAST') return { on: side, family, set: minus(EVERYTHING[6], MULTICAST_6) };
  if (family === 6 && list !== 'LOCAL') return null;
  return { on: `${side}-type`, types: types as AddressType[], onInterface: false };
}

function packetType(type: string): Field | null {
  const known: Record<string, PacketType> = {
    unicast: 'host',
    host: 'host',
    broadcast: 'broadcast',
    multicast: 'multicast',
  };
  const found = known[type];
  return found === undefined ? null : { on: 'packet-type', types: [found] };
}

function tcpFlags(mask: string, value: string): Field | null {
  const bits = (list: string): number | null => {
    let sum = 0;
    for (const name of list.toLowerCase().split(',')) {
      const bit = name === 'none' ? 0 : name === 'all' ? 63 : TCP_FLAGS[name];
      if (bit === undefined) return null;
      sum |= bit;
    }
    return sum;
  };
  const [all, set] = [bits(mask), bits(value)];
  return all === null || set === null ? null : { on: 'tcp-flags', mask: all, value: set };
}
