/**
 * One rule of iptables-save, as words -> statements.
 *
 * Every option that is not listed here makes the rule "may match": its text is kept and the verdict becomes unknown where
 * it matters. Sources: iptables-extensions(8) 1.8, and what iptables-save was seen to print.
 */
import { EVERYTHING, network, setOf } from '../../address.ts';
import { type Intervals, minus, normalize } from '../../intervals.ts';
import { doubt, ruleDoubt } from '../../gaps/index.ts';
import type { Family } from '../../model.ts';
import { holedField } from './address-bits.ts';
import { countedByIptables } from './counted.ts';
import { type IpSets, setField } from './ipset.ts';
import {
  type AddressType,
  type CtState,
  type Effect,
  type Field,
  NEVER,
  PROTOCOLS,
  type PacketType,
  type ReversePath,
  type Rule,
  type Statement,
  TCP_FLAGS,
  type Test,
  always,
  test,
} from './model.ts';

interface Reader {
  readonly family: Family;
  /** Key of a user's chain of the same table, or undefined. */
  readonly chainKey: (name: string) => string | undefined;
  readonly sets: SetsRead;
}

/** What one option takes and says. `null` = the value was not understood. */
type Option = { readonly takes: number; readonly read: (values: readonly string[], reader: Reader) => Field | null };

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

/** Modules that let part of the traffic through, by rate. Their options are not read one by one. */
const RATE = new Set(['limit', 'hashlimit', 'connlimit', 'statistic', 'quota']);

/** Extension headers of IPv6, which the first packet of an ordinary connection does not carry. */
const HEADERS = new Set(['rt', 'hbh', 'dst', 'frag', 'mh', 'ah', 'esp']);

/** Targets that never decide and change nothing that a rule of ours could see. */
const INERT = new Set([
  'LOG',
  'NFLOG',
  'ULOG',
  'AUDIT',
  'TRACE',
  'TCPMSS',
  'TOS',
  'DSCP',
  'TTL',
  'HL',
  'CHECKSUM',
  'CLASSIFY',
  'TEE',
  'IDLETIMER',
  'RATEEST',
  'SECMARK',
  'CONNSECMARK',
  'SET',
]);

/** Reads the words after `-A CHAIN`. Never throws; what it cannot read, it marks. */
export function readRule(words: readonly string[], text: string, reader: Reader): Rule {
  const statements: Statement[] = [];
  const unknown: string[] = [];
  const onInterface = words.includes('--limit-iface-in');
  let modules = [''];
  let i = 0;
  while (i < words.length) {
    const word = words[i] as string;
    if (word === '-j' || word === '-g') {
      const [target = '', ...rest] = words.slice(i + 1);
      // A rule that we cannot read whole may match or not; either way its target is what happens then.
      if (unknown.length > 0) statements.push(test({ on: 'unknown', doubt: ruleDoubt(unknown.join(' ')) }));
      return { text, statements: [...statements, ...readTarget(target, rest, word === '-g', reader)] };
    }
    if (word === '-m') {
      const name = words[i + 1] ?? '';
      modules = [name, ...modules];
      i += 2;
      if (RATE.has(name) || name === 'recent') {
        const end = optionsEnd(words, i);
        statements.push(rateTest(name, words.slice(i, end)));
        i = end;
      } else if (name === 'set') {
        const end = optionsEnd(words, i);
        statements.push(inSet(words.slice(i, end), reader));
        i = end;
      } else if (name === 'rpfilter') {
        const end = optionsEnd(words, i);
        statements.push(rpfilter(words.slice(i, end)));
        i = end;
      } else if (name === 'owner' || HEADERS.has(name)) {
        // Only locally made packets have an owner, and headers that are not there never match, negated or not.
        i = optionsEnd(words, i);
        statements.push(test({ on: 'always' }, true));
      } else if (!Object.hasOwn(OPTIONS, name) && !/^icmp6?$/.test(name)) unknown.push(`-m ${name}`);
      continue;
    }
    const negate = word === '!';
    const name = negate ? (words[i + 1] ?? '') : word;
    const option = modules.map((module) => optionOf(module, name)).find((o) => o !== undefined);
    const at = i + (negate ? 2 : 1);
    if (option === undefined || words.length < at + option.takes) {
      const end = nextOption(words, at);
      // Further conditions on other protocols (icmp types) cannot matter: `-p icmp` has already said no.
      if (!/^--(icmp|icmpv6)-type$/.test(name)) unknown.push(words.slice(i, end).join(' '));
      i = end;
      continue;
    }
    // A rule that ends within a condition was cut short.
    const given = words.slice(at, at + option.takes);
    const field = given.length < option.takes ? null : option.read(given, reader);
    if (field === null) unknown.push(words.slice(i, at + option.takes).join(' '));
    else if (modules[0] === 'conntrack' && /^--ct(?!state)/.test(name) && stateIsAsked(words, i))
      statements.push(test(besideState(field, negate)));
    // What is not tracked has no protocol and no answer to look at, and does not match, negated or not.
    else if (/^--ct(proto|repl)/.test(name)) statements.push(test(WITHOUT_STATE.field, true), test(field, negate));
    else if (field.on === 'source-type' || field.on === 'destination-type')
      statements.push(test({ ...field, onInterface }, negate));
    else if (field.on !== 'always') statements.push(test(field, negate));
    i = at + option.takes;
  }
  // Words that are not understood may hide the target, too.
  if (unknown.length > 0) statements.push(always({ do: 'unknown', doubt: ruleDoubt(unknown.join(' ')) }));
  return { text, statements };
}

const WITHOUT_STATE: Test = { field: { on: 'ct-state', states: ['invalid', 'untracked'] }, negate: false };

/**
 * `-m conntrack` with a state and more: where the packet is not tracked, the state alone is looked at and the rest holds.
 * Source: net/netfilter/xt_conntrack.c, conntrack_mt; seen with packets.
 */
const stateIsAsked = (words: readonly string[], at: number): boolean =>
  words.slice(words.lastIndexOf('-m', at), optionsEnd(words, at)).includes('--ctstate');

function besideState(field: Field, negate: boolean): Field {
  return { on: 'any', rows: [[{ field, negate }], [WITHOUT_STATE]] };
}

/** Words come from outside: `constructor` is no option. */
function optionOf(module: string, name: string): Option | undefined {
  const options = Object.hasOwn(OPTIONS, module) ? OPTIONS[module] : undefined;
  return options !== undefined && Object.hasOwn(options, name) ? options[name] : undefined;
}

/** Index of the next `-m`, `-j` or `-g`. */
function optionsEnd(words: readonly string[], from: number): number {
  let i = from;
  while (i < words.length && !/^-[mjg]$/.test(words[i] as string)) i++;
  return i;
}

function nextOption(words: readonly string[], from: number): number {
  let i = from;
  while (i < words.length && !/^(--?[a-z]|!$)/i.test(words[i] as string)) i++;
  return i;
}

function rateTest(module: string, options: readonly string[]): Statement {
  const text = ['-m', module, ...options].join(' ');
  if (module !== 'recent') return test(countedByIptables(module, options, text));
  // `--set` only notes the source and always matches; a list with a count is a rate; a list alone is a secret knock.
  if (options.includes('--set') && options[0] !== '!') return test({ on: 'always' });
  return test(options.includes('--hitcount') ? { on: 'rate', text } : { on: 'unknown', doubt: ruleDoubt(text) });
}

/** Sets of ipset, as far as they were read, and those that rules write to. */
export interface SetsRead {
  readonly sets: IpSets;
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

function inSet(options: readonly string[], { family, sets: { sets, added, removed } }: Reader): Statement {
  const text = ['-m set', ...options].join(' ');
  const at = options.indexOf('--match-set');
  const [, name = '', sides = ''] = options.slice(at);
  const counted = options.some((option) => /^--(packets|bytes|return-nomatch)/.test(option));
  const list = sides.split(',').map((side) => (side === 'src' ? 'source' : side === 'dst' ? 'destination' : null));
  const field =
    at < 0 || counted || list.includes(null)
      ? null
      : setField(name, list as ('source' | 'destination')[], family, sets);
  if (field === null || removed.has(name)) {
    const unread = !sets.has(name) && field === null;
    return test({ on: 'unknown', doubt: unread ? doubt({ kind: 'set-unread', text, set: name }) : ruleDoubt(text) });
  }
  // Rules add to it: who is in it stays in it, and others may have come.
  const grown: Field = {
    on: 'any',
    rows: [[{ field, negate: false }], [{ field: { on: 'unknown', doubt: ruleDoubt(text) }, negate: false }]],
  };
  return test(added.has(name) ? grown : field, options[at - 1] === '!');
}

/** The answer must leave through the interface that the packet came in on, unless `--loose`. */
function rpfilter(options: readonly string[]): Statement {
  const field: ReversePath = {
    on: 'reverse-path',
    by: 'rpfilter',
    same: !options.includes('--loose'),
    names: null,
    usesMark: options.includes('--validmark'),
    acceptsLocal: options.includes('--accept-local'),
  };
  const known = ['--loose', '--validmark', '--accept-local', '--invert'];
  return options.every((option) => known.includes(option))
    ? test(field, options.includes('--invert'))
    : test({ on: 'unknown', doubt: ruleDoubt(['-m rpfilter', ...options].join(' ')) });
}

function readTarget(target: string, options: readonly string[], goto: boolean, reader: Reader): Statement[] {
  const chain = reader.chainKey(target);
  if (chain !== undefined) return [always({ do: goto ? 'goto' : 'jump', chain })];
  if (target === 'SET' && options.includes('--map-set')) return [always({ do: 'forget-mark', target: 'mark' })];
  if (INERT.has(target)) return [];
  if (target === 'CT' && /^--(helper|timeout|zone|ctevents|expevents)/.test(options[0] ?? ''))
    return [always({ do: 'template' })];
  return [always(targetEffect(target, options, reader.family))];
}

function targetEffect(target: string, options: readonly string[], family: Family): Effect {
  const text = ['-j', target, ...options].join(' ');
  switch (target) {
    case 'ACCEPT':
      return { do: 'accept' };
    case 'DROP':
      return { do: 'drop' };
    case 'REJECT':
      return { do: 'reject' };
    case 'RETURN':
      return { do: 'return' };
    case 'NOTRACK':
      return { do: 'notrack' };
    case 'CT':
      return options.includes('--notrack') ? { do: 'notrack' } : { do: 'unknown', doubt: ruleDoubt(text) };
    case 'MARK':
    case 'CONNMARK':
      return markEffect(target, options, text);
    case 'REDIRECT': {
      const spec = after(options, '--to-ports');
      const to = spec === undefined ? null : toPorts(spec);
      return spec !== undefined && to === null
        ? { do: 'unknown', doubt: ruleDoubt(text) }
        : { do: 'redirect', ports: to };
    }
    case 'DNAT':
      return dnat(after(options, '--to-destination'), family) ?? { do: 'unknown', doubt: ruleDoubt(text) };
    case 'SNAT':
    case 'MASQUERADE':
      return { do: 'snat' };
    case 'TPROXY': {
      const port = Number(after(options, '--on-port') ?? 0);
      return { do: 'unknown', doubt: ruleDoubt(text), captures: port === 0 ? [[1, 65535]] : [[port, port]] };
    }
    default:
      return { do: 'unknown', doubt: ruleDoubt(text) };
  }
}

function after(options: readonly string[], name: string): string | undefined {
  const at = options.indexOf(name);
  return at < 0 ? undefined : options[at + 1];
}

function markEffect(target: string, options: readonly string[], text: string): Effect {
  const own = target === 'MARK' ? 'mark' : 'ct-mark';
  const [name, spec] = options;
  if (name === '--set-xmark' && spec !== undefined) {
    const [value = '', mask = '0xffffffff'] = spec.split('/');
    const bits = Number(mask) >>> 0;
    return { do: 'set-mark', target: own, and: ~bits >>> 0, xor: Number(value) >>> 0 };
  }
  if (target === 'CONNMARK' && (name === '--save-mark' || name === '--restore-mark')) {
    const masks = ['--nfmask', '--ctmask'].map((option) => Number(after(options, option) ?? '0xffffffff') >>> 0);
    if (masks[0] === masks[1]) {
      return { do: 'copy-mark', from: name === '--save-mark' ? 'mark' : 'ct-mark', mask: masks[0] as number };
    }
  }
  return target === 'MARK' || target === 'CONNMARK'
    ? { do: 'forget-mark', target: own }
    : { do: 'unknown', doubt: ruleDoubt(text) };
}

/** `80`, `8000-8010`; `3000-3010/8000` shifts 8000 to 3000, and may take another of them as any range may. */
const toPorts = (spec: string): Intervals<number> | null =>
  /^\d+(-\d+)?(\/\d+)?$/.test(spec) ? portList((spec.split('/')[0] ?? '').replace('-', ':')) : null;

/** `192.168.1.5`, `192.168.1.5:80`, `192.168.1.5-192.168.1.9:80-90`, `[fd00::1]:80`, `:80`. */
function dnat(spec: string | undefined, family: Family): Effect | null {
  const parts = /^(?:\[([^\]]+)\]|([^:[\]]*|[0-9a-f:]*::[0-9a-f:-]*))(?::(\d+(?:-\d+)?(?:\/\d+)?))?$/i.exec(spec ?? '');
  if (parts === null) return null;
  const host = parts[1] ?? parts[2] ?? '';
  const set = host === '' ? null : setOf([host], family);
  if (host !== '' && (set === null || set.length === 0)) return null;
  const to = parts[3] === undefined ? null : toPorts(parts[3]);
  return parts[3] !== undefined && to === null ? null : { do: 'dnat', set, ports: to };
}

// ---------------------------------------------------------------- values

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

/** `80`, `8000:8010`, `:1024`, `22,80,8000:8010`; null when a part is not understood. */
function portList(spec: string): Intervals<number> | null {
  const out: [number, number][] = [];
  for (const part of spec.split(',')) {
    const range = /^(\d{0,5})(:)?(\d{0,5})$/.exec(part);
    if (range === null || part === '') return null;
    const first = range[1] === '' ? 0 : Number(range[1]);
    const last = range[2] === undefined ? first : range[3] === '' ? 65535 : Number(range[3]);
    if (first > 65535 || last > 65535) return null;
    out.push([first, last]);
  }
  return normalize(out);
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
