/**
 * All packets of one family that come to a hook, cut into classes: within one class no rule tells two packets apart, but
 * by where they come from. One packet of each class is walked, with the set of all sources.
 *
 * The cuts are the rules' own: where any test of any rule begins or ceases to hold.
 */
import { TOP } from '../address.ts';
import { type Intervals, has } from '../intervals.ts';
import type { AddressType, Chain, CtState, Field, Rule, Test } from '../firewalls/netfilter/model.ts';
import type { Family } from '../model.ts';
import { fieldsIn } from '../reach/fields.ts';
import { nameMatches } from '../reach/match.ts';
import { type Headers, asksForMore, isLeftOpen } from './specialise.ts';

interface Destination {
  readonly value: bigint;
  readonly type: AddressType;
}

export interface Classes {
  readonly family: Family;
  readonly protocols: readonly number[];
  readonly ports: readonly number[];
  readonly interfaces: readonly string[];
  readonly destinations: readonly Destination[];
  readonly states: readonly CtState[];
  readonly flags: readonly number[];
  readonly headers: readonly Headers[];
  /** Could any rule look at the port of a packet of this protocol? */
  readonly seesPorts: (protocol: number) => boolean;
}

/** One class. */
export interface Cell {
  readonly family: Family;
  readonly protocol: number;
  readonly port: number;
  readonly interface: string;
  readonly destination: Destination;
  readonly state: CtState;
  /** TCP's; null for others. */
  readonly flags: number | null;
  readonly headers: Headers;
}

const TCP = 6;
const UDP = 17;
const SYN = 2;

/** What a new connection begins with stands first: most rules are seen to work there. */
export function classesOf(chains: readonly Chain[], family: Family): Classes {
  const rules = chains.flatMap((chain) => chain.rules);
  const of = fieldsOf(rules);
  const protocols = of('protocol').map((field) => field.protocols);
  const looksAtPorts = rules.filter((rule) => rule.statements.some((one) => fieldsIn(one).some(isPort)));
  const seen = new Map<number, boolean>();
  return {
    family,
    protocols: oneOfEach(
      [TCP, UDP, ...starts(protocols, 255)],
      // TCP has flags, so it is a class of its own.
      [...protocols.map((set) => (value: number) => has(set, value)), (value) => value === TCP],
    ),
    ports: starts(
      of('destination-port').map((field) => field.ports),
      65535,
    ),
    interfaces: interfacesOf(of('in-interface').flatMap(({ names }) => names)),
    destinations: destinationsOf(
      of('destination')
        .filter((field) => field.family === family)
        .map(({ set }) => set),
      of('destination-type').map(({ types }) => types),
      family,
    ),
    states: oneOfEach(
      ['new', 'untracked', 'established', 'related', 'invalid'] as const,
      of('ct-state').map(
        ({ states }) =>
          (state: CtState) =>
            states.includes(state),
      ),
    ),
    flags: oneOfEach(
      [SYN, ...Array.from({ length: 256 }, (_, flags) => flags)],
      of('tcp-flags').map(
        ({ mask, value }) =>
          (flags: number) =>
            (flags & mask) === value,
      ),
    ),
    headers: headersOf(rules),
    seesPorts: (protocol) => {
      const found = seen.get(protocol) ?? looksAtPorts.some((rule) => admits(rule, protocol));
      seen.set(protocol, found);
      return found;
    },
  };
}

type FieldOn<On, F = Field> = F extends { readonly on: infer Ons } ? (On extends Ons ? F : never) : never;
type FieldsOf = <On extends Field['on']>(on: On) => readonly FieldOn<On>[];

function fieldsOf(rules: readonly Rule[]): FieldsOf {
  const all = rules.flatMap((rule) => rule.statements.flatMap(fieldsIn));
  return <On extends Field['on']>(on: On) => all.filter((field) => field.on === on) as unknown as FieldOn<On>[];
}

const isPort = ({ on }: Field): boolean => on === 'destination-port' || on === 'original-destination-port';

/** May a packet of this protocol come to the rule's end? Only tests that must hold in any case count. */
const admits = (rule: Rule, protocol: number): boolean =>
  rule.statements.every(
    (statement) =>
      statement.kind !== 'test' ||
      statement.test.field.on !== 'protocol' ||
      has(statement.test.field.protocols, protocol) !== statement.test.negate,
  );

/** The first of all that pass the same tests. */
function oneOfEach<T>(values: readonly T[], tests: readonly ((value: T) => boolean)[]): readonly T[] {
  const found = new Map<string, T>();
  for (const value of values) {
    const key = tests.map((test) => (test(value) ? 1 : 0)).join('');
    if (!found.has(key)) found.set(key, value);
  }
  return [...found.values()];
}

function headersOf(rules: readonly Rule[]): readonly Headers[] {
  const asking = rules.filter((rule) =>
    rule.statements.some((statement) => statement.kind === 'test' && asksForMore(statement.test)),
  );
  return asking.length === 0 ? ['none'] : asking.length === 1 ? ['none', 'all'] : ['none', 'some'];
}

/** Where the elementary intervals of all sets begin; of those that lie in no set, one. */
function starts(sets: readonly Intervals<number>[], top: number): readonly number[] {
  const changes = new Map<number, number>([[0, 0]]);
  const change = (at: number, by: number): void => void changes.set(at, (changes.get(at) ?? 0) + by);
  for (const set of new Set(sets)) {
    for (const [first, last] of set) {
      change(first, 1);
      change(last + 1, -1);
    }
  }
  const out: number[] = [];
  let inside = 0;
  let outside: number | null = null;
  for (const [at, by] of [...changes].sort(([a], [b]) => a - b)) {
    inside += by;
    if (at > top) continue;
    if (inside > 0) out.push(at);
    else outside ??= at;
  }
  return outside === null ? out : [...out, outside];
}

/** Names that the rules tell apart: those that they name, one for each beginning, and one that none of them means. */
function interfacesOf(patterns: readonly string[]): readonly string[] {
  const samples = patterns.map((pattern) => (pattern.endsWith('+') ? `${pattern.slice(0, -1)}~` : pattern));
  return oneOfEach(
    ['~', ...new Set(samples)],
    [...new Set(patterns)].map((pattern) => (name: string) => nameMatches(pattern, name)),
  );
}

const MULTICAST: Record<Family, readonly [bigint, bigint]> = {
  4: [0xe0000000n, 0xefffffffn],
  6: [0xffn << 120n, TOP[6]],
};

/**
 * Addresses that the rules tell apart. Any of them may be this machine's own, tomorrow if not today, or a network's
 * broadcast address, or one that is taken in for somebody else.
 */
function destinationsOf(
  sets: readonly Intervals<bigint>[],
  tested: readonly (readonly AddressType[])[],
  family: Family,
): readonly Destination[] {
  const distinct = [...new Set(sets)];
  const cuts = new Set<bigint>([0n, MULTICAST[family][0], MULTICAST[family][1] + 1n]);
  for (const set of distinct) for (const [first, last] of set) cuts.add(first).add(last + 1n);
  const values = [...cuts].filter((value) => value <= TOP[family]).sort((a, b) => (a < b ? -1 : 1));
  const isGroup = (value: bigint): boolean => has([MULTICAST[family]], value);
  const ofType = tested.map((types) => (type: AddressType) => types.includes(type));
  const single = oneOfEach<AddressType>(['local', 'broadcast', 'anycast', 'unicast', 'other'], ofType);
  const groups = oneOfEach<AddressType>(['multicast', 'local'], ofType);
  return oneOfEach(values, [isGroup, ...distinct.map((set) => (value: bigint) => has(set, value))]).flatMap((value) =>
    (isGroup(value) ? groups : single).map((type): Destination => ({ value, type })),
  );
}

// ---------------------------------------------------------------- the classes that a rule is about

/** The classes that could match the rule, by those of its tests that a whole class passes or fails. */
export function* cellsFor(rules: readonly Rule[], classes: Classes): Generator<Cell> {
  for (const rule of rules) yield* cellsOf(rule, classes);
}

function* cellsOf({ statements }: Rule, classes: Classes): Generator<Cell> {
  const tests = statements.flatMap((one): readonly Test[] => (one.kind === 'test' ? [one.test] : []));
  const { family } = classes;
  const passes = (on: Field['on'], holds: (field: Field) => boolean): boolean =>
    tests.every(({ field, negate }) => field.on !== on || holds(field) !== negate);
  if (!passes('family', (field) => field.on === 'family' && field.families.includes(family))) return;
  if (tests.some(({ field }) => 'family' in field && field.family !== family)) return;
  const interfaces = classes.interfaces.filter((name) =>
    passes('in-interface', (field) => field.on === 'in-interface' && field.names.some((one) => nameMatches(one, name))),
  );
  const destinations = classes.destinations.filter(({ value }) =>
    passes('destination', (field) => field.on === 'destination' && has(field.set, value)),
  );
  const ports = classes.ports.filter((port) =>
    passes('destination-port', (field) => field.on === 'destination-port' && has(field.ports, port)),
  );
  const states = classes.states.filter((state) =>
    tests.every(
      ({ field, negate }) =>
        field.on !== 'ct-state' || isLeftOpen(field, state) || field.states.includes(state) !== negate,
    ),
  );
  const kinds = classes.headers.flatMap((headers) => states.map((state) => ({ headers, state })));
  for (const { headers, state } of kinds) {
    for (const protocol of classes.protocols) {
      if (!passes('protocol', (field) => field.on === 'protocol' && has(field.protocols, protocol))) continue;
      for (const port of classes.seesPorts(protocol) ? ports : ports.slice(0, 1)) {
        for (const destination of destinations) {
          for (const name of interfaces) {
            for (const flags of protocol === TCP ? classes.flags : [null])
              yield { family, protocol, port, interface: name, destination, state, flags, headers };
          }
        }
      }
    }
  }
}
