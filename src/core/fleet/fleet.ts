/** Many machines as one: counts, and the first few names of each group. What is kept does not grow with the machines. */
import { isReached } from '../advice/audience.ts';
import type { AdviceKind, Exposure, Platform, Protocol, Severity } from '../model.ts';
import { type FirewallStands, type Machine, type MachineAdvice, type MachinePort, RANKS } from './machine.ts';
import { type Ranked, ranked, trim } from './ranked.ts';
import { type Name, NOBODY, type Who, both, compareNames, compareText, including } from './who.ts';

/** Ports that are kept; more than all machines of a company have. Names of one port, and pieces of advice. */
const PORTS = 8192;
const NAMES = 8;
const ADVICE = 2048;
/** Machines of which the whole row is kept, to be shown where there are no more. */
const ROWS = 20;
/** Files that could not be read, by name. */
const UNREAD = 20;

/** What is at one port, on all machines that have it. */
export interface FleetPort {
  readonly protocol: Protocol;
  /** null: another one at every start. */
  readonly port: number | null;
  /** How many machines call it what. */
  readonly names: Ranked<number>;
  readonly who: Readonly<Record<Exposure, Who>>;
  /** Where more may be open than is known. */
  readonly unsure: Who;
  /** Where the user said "I need this one". */
  readonly kept: Who;
  /** Where closing it is advised. */
  readonly advised: Who;
  /** Where keeping some out is advised, and not closing it. */
  readonly restrict: Who;
  /** Machines of `Fleet.partial` of which it is known that somebody gets in there, or that it cannot be told. */
  readonly partial: number;
  /** Where it is open to others, and nobody advises to close it: whoever closes it everywhere takes something away there. */
  readonly wanted: Who;
  readonly machines: number;
}

export interface FleetAdvice {
  readonly rule: string;
  readonly protocol: Protocol | null;
  readonly port: number | null;
  readonly advice: Exclude<AdviceKind, 'keep'>;
  /** The highest of all machines. */
  readonly severity: Severity;
  /** As it is said of one of them, which one depends on the sentences alone. */
  readonly title: string;
  readonly who: Who;
}

/** A file that gave no machine. */
export interface Unread {
  readonly from: string;
  /** In English, to stand after a colon. */
  readonly why: string;
}

/** Mutable: `addMachine` and `addUnread` fill it. */
export interface Fleet {
  machines: number;
  complete: number;
  readonly platforms: Record<Platform, number>;
  readonly firewalls: Record<FirewallStands, Who>;
  /** Machines of which not all that listens is known. */
  partial: Who;
  readonly ports: Ranked<FleetPort>;
  /** As `Machine.exact`. */
  readonly exact: Ranked<FleetPort>;
  readonly advice: Ranked<FleetAdvice>;
  /** By the severest advice that a machine has; `none`: nothing to do there. */
  readonly severest: Record<Severity | 'none', Who>;
  /** The first machines whole. */
  rows: readonly Machine[];
  unreadCount: number;
  unread: readonly Unread[];
  /** ISO 8601 of the oldest and the newest snapshot; empty: there is none. */
  oldest: string;
  newest: string;
}

export const emptyFleet = (): Fleet => ({
  machines: 0,
  complete: 0,
  platforms: { linux: 0, win32: 0, darwin: 0 },
  firewalls: { on: NOBODY, partly: NOBODY, off: NOBODY, none: NOBODY, unknown: NOBODY },
  partial: NOBODY,
  ports: ranked(PORTS),
  exact: ranked(PORTS),
  advice: ranked(ADVICE),
  severest: { high: NOBODY, medium: NOBODY, low: NOBODY, none: NOBODY },
  rows: [],
  unreadCount: 0,
  unread: [],
  oldest: '',
  newest: '',
});

/** One more machine. No two have the same name. */
export function addMachine(fleet: Fleet, machine: Machine): void {
  const { name, platform, firewall, takenAt } = machine;
  fleet.machines++;
  if (machine.complete) fleet.complete++;
  fleet.platforms[platform]++;
  fleet.firewalls[firewall] = including(fleet.firewalls[firewall], name);
  if (!machine.listWhole) fleet.partial = including(fleet.partial, name);
  for (const port of machine.ports) join(fleet.ports, port.key, ofPort(port, machine), bothPorts);
  trim(fleet.ports, timesAt, PORTS);
  for (const port of machine.exact) join(fleet.exact, port.key, ofPort(port, machine), bothPorts);
  trim(fleet.exact, timesAt, PORTS);
  for (const one of machine.advice) join(fleet.advice, one.key, ofAdvice(one, name), bothAdvice);
  trim(fleet.advice, ({ who }) => who.count, ADVICE);
  const severest = machine.advice.reduce<Severity | 'none'>(
    (worst, { severity }) => (worst === 'none' || RANKS[severity] < RANKS[worst] ? severity : worst),
    'none',
  );
  fleet.severest[severest] = including(fleet.severest[severest], name);
  fleet.rows = firstRows([...fleet.rows, machine]);
  fleet.oldest = earlier(fleet.oldest, takenAt);
  fleet.newest = later(fleet.newest, takenAt);
}

/** One file that gave none. */
export function addUnread(fleet: Fleet, one: Unread): void {
  fleet.unreadCount++;
  fleet.unread = firstUnread([...fleet.unread, one]);
}

/** Two fleets that have no machine in common, as one. Neither is changed. */
export function merged(a: Fleet, b: Fleet): Fleet {
  const fleet: Fleet = {
    machines: a.machines + b.machines,
    complete: a.complete + b.complete,
    platforms: {
      linux: a.platforms.linux + b.platforms.linux,
      win32: a.platforms.win32 + b.platforms.win32,
      darwin: a.platforms.darwin + b.platforms.darwin,
    },
    firewalls: {
      on: both(a.firewalls.on, b.firewalls.on),
      partly: both(a.firewalls.partly, b.firewalls.partly),
      off: both(a.firewalls.off, b.firewalls.off),
      none: both(a.firewalls.none, b.firewalls.none),
      unknown: both(a.firewalls.unknown, b.firewalls.unknown),
    },
    partial: both(a.partial, b.partial),
    ports: joined(a.ports, b.ports, bothPorts),
    exact: joined(a.exact, b.exact, bothPorts),
    advice: joined(a.advice, b.advice, bothAdvice),
    severest: {
      high: both(a.severest.high, b.severest.high),
      medium: both(a.severest.medium, b.severest.medium),
      low: both(a.severest.low, b.severest.low),
      none: both(a.severest.none, b.severest.none),
    },
    rows: firstRows([...a.rows, ...b.rows]),
    unreadCount: a.unreadCount + b.unreadCount,
    unread: firstUnread([...a.unread, ...b.unread]),
    oldest: earlier(a.oldest, b.oldest),
    newest: later(a.newest, b.newest),
  };
  trim(fleet.ports, timesAt);
  trim(fleet.exact, timesAt);
  trim(fleet.advice, ({ who }) => who.count);
  return fleet;
}

/** Add under a key, to what is there already. */
function join<T>(map: Ranked<T>, key: string, value: T, sum: (a: T, b: T) => T): void {
  const known = map.by.get(key);
  map.by.set(key, known === undefined ? value : sum(known, value));
}

function joined<T>(a: Ranked<T>, b: Ranked<T>, sum: (a: T, b: T) => T): Ranked<T> {
  const map: Ranked<T> = { by: new Map(a.by), most: a.most, rest: a.rest + b.rest };
  for (const [key, value] of b.by) join(map, key, value, sum);
  return map;
}

const only = (holds: boolean, name: Name): Who => (holds ? including(NOBODY, name) : NOBODY);

function ofPort(one: MachinePort, { name, listWhole }: Machine): FleetPort {
  const { protocol, port, name: called, exposure, sure, kept, advised, restrict } = one;
  const names = ranked<number>(NAMES);
  names.by.set(called, 1);
  const at = (wanted: Exposure): Who => only(exposure === wanted, name);
  const open = isReached({ exposure });
  return {
    protocol,
    port,
    names,
    who: {
      self: at('self'),
      some: at('some'),
      network: at('network'),
      internet: at('internet'),
      unknown: at('unknown'),
    },
    unsure: only(!sure, name),
    kept: only(kept, name),
    advised: only(advised, name),
    restrict: only(restrict, name),
    partial: !listWhole && exposure !== 'self' ? 1 : 0,
    wanted: only(open && !advised, name),
    machines: 1,
  };
}

export function bothPorts(a: FleetPort, b: FleetPort): FleetPort {
  const names = joined(a.names, b.names, (one, other) => one + other);
  trim(names, (times) => times);
  return {
    protocol: a.protocol,
    port: a.port,
    names,
    who: {
      self: both(a.who.self, b.who.self),
      some: both(a.who.some, b.who.some),
      network: both(a.who.network, b.who.network),
      internet: both(a.who.internet, b.who.internet),
      unknown: both(a.who.unknown, b.who.unknown),
    },
    unsure: both(a.unsure, b.unsure),
    kept: both(a.kept, b.kept),
    advised: both(a.advised, b.advised),
    restrict: both(a.restrict, b.restrict),
    partial: a.partial + b.partial,
    wanted: both(a.wanted, b.wanted),
    machines: a.machines + b.machines,
  };
}

const timesAt = ({ machines }: FleetPort): number => machines;

const ofAdvice = (one: MachineAdvice, name: Name): FleetAdvice => ({
  rule: one.rule,
  protocol: one.protocol,
  port: one.port,
  advice: one.advice,
  severity: one.severity,
  title: one.title,
  who: including(NOBODY, name),
});

/** Of one kind on one port what is severest is told. */
function bothAdvice(a: FleetAdvice, b: FleetAdvice): FleetAdvice {
  const first = compareAdvice(a, b) <= 0 ? a : b;
  return { ...first, who: both(a.who, b.who) };
}

const compareAdvice = (a: FleetAdvice, b: FleetAdvice): number =>
  RANKS[a.severity] - RANKS[b.severity] || compareText(a.advice, b.advice) || compareText(a.title, b.title);

const firstRows = (rows: readonly Machine[]): readonly Machine[] =>
  rows.toSorted((a, b) => compareNames(a.name, b.name)).slice(0, ROWS);

const firstUnread = (unread: readonly Unread[]): readonly Unread[] =>
  unread.toSorted((a, b) => compareText(a.from, b.from) || compareText(a.why, b.why)).slice(0, UNREAD);

const earlier = (a: string, b: string): string => (a === '' || (b !== '' && b < a) ? b : a);
const later = (a: string, b: string): string => (a < b ? b : a);
