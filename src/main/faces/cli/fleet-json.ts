/**
 * `scan --json --fleet`, schema 1: many machines as one value. Fields may be added, never changed.
 *
 *   machines   read, unread (files that gave none), complete (nothing a verdict needs is missing), platforms
 *   unread     { from, why }, the first 20; moreUnread counts the rest
 *   from, to   when the oldest and the newest snapshot was taken; null: there is none
 *   firewalls  on, partly (off in a kind of network that the machine is in), off, none, unknown
 *   severity   machines by the severest advice on them: high, medium, low, none
 *   ports      protocol, port (null: another one at every start, told by the program), name (what most call it),
 *              names { name, machines }, machines, who { internet, network, some, self, unknown } by the widest who get in,
 *              unsure (more may be open than is known), kept, advised (closing it is advised), restrict (keeping some out
 *              is advised, and not closing it), wanted (open to others and not advised to be closed). Ports by number; morePorts counts what was left out of very many
 *   advice     rule, protocol, port (null: on no port, or on changing ones), advice (closing a port and restricting it are two
 *              pieces of advice), severity (the highest), title (as it is said of one of them), machines. The severest first, then what concerns most
 *   outliers   few (so many machines are few; 0: there are too few at all), ports (open on few), machines (those that have
 *              them, with the ports), moreMachines
 *
 * Machines of a group are `{ count, first: [{ host, from }] }`: at most 20 by name. `from` is the file, for one of several in a
 * file with `#` and the host after it.
 *
 * `scan --json-lines` prints a line a machine as it is read (machineJson), and `{ schema, from, unread }` for what gave none.
 */
import {
  type Fleet,
  type FleetAdvice,
  type FleetPort,
  type Machine,
  type Port,
  RANKS,
  type Unread,
  type Who,
  fewOf,
  inOrder,
  merged,
  emptyFleet,
  nameOf,
  outliersOf,
} from '../../../core/fleet/index.ts';

export function fleetJson(filled: Fleet) {
  // What is kept beyond its bounds for a while is left out.
  const fleet = merged(filled, emptyFleet());
  const odd = outliersOf(fleet);
  return {
    schema: 1,
    machines: {
      read: fleet.machines,
      unread: fleet.unreadCount,
      complete: fleet.complete,
      platforms: { linux: fleet.platforms.linux, win32: fleet.platforms.win32, darwin: fleet.platforms.darwin },
    },
    unread: fleet.unread.map(({ from, why }) => ({ from, why })),
    moreUnread: fleet.unreadCount - fleet.unread.length,
    from: fleet.oldest === '' ? null : fleet.oldest,
    to: fleet.newest === '' ? null : fleet.newest,
    firewalls: {
      on: whoJson(fleet.firewalls.on),
      partly: whoJson(fleet.firewalls.partly),
      off: whoJson(fleet.firewalls.off),
      none: whoJson(fleet.firewalls.none),
      unknown: whoJson(fleet.firewalls.unknown),
    },
    severity: {
      high: whoJson(fleet.severest.high),
      medium: whoJson(fleet.severest.medium),
      low: whoJson(fleet.severest.low),
      none: whoJson(fleet.severest.none),
    },
    ports: inOrder(fleet.ports).map(([, row]) => rowJson(row)),
    morePorts: fleet.ports.rest,
    advice: adviceInOrder(fleet).map((one) => ({
      rule: one.rule,
      protocol: one.protocol,
      port: one.port,
      advice: one.advice,
      severity: one.severity,
      title: one.title,
      machines: whoJson(one.who),
    })),
    outliers: {
      few: fewOf(fleet.machines),
      ports: odd.ports.map((one) => ({ ...placeJson(one), machines: whoJson(one.who) })),
      machines: odd.machines.map(({ machine: { host, from }, ports }) => ({ host, from, ports: ports.map(placeJson) })),
      moreMachines: odd.moreMachines,
    },
  };
}

/** The severest first, then what concerns most machines. */
export const adviceInOrder = (fleet: Fleet): readonly FleetAdvice[] =>
  inOrder(fleet.advice)
    .map(([, one]) => one)
    .sort((a, b) => RANKS[a.severity] - RANKS[b.severity] || b.who.count - a.who.count);

const whoJson = ({ count, first }: Who) => ({ count, first: first.map(({ host, from }) => ({ host, from })) });

const placeJson = ({ protocol, port, name }: Port) => ({ protocol, port, name });

const rowJson = (row: FleetPort) => ({
  protocol: row.protocol,
  port: row.port,
  name: nameOf(row),
  names: inOrder(row.names).map(([name, machines]) => ({ name, machines })),
  machines: row.machines,
  who: {
    internet: whoJson(row.who.internet),
    network: whoJson(row.who.network),
    some: whoJson(row.who.some),
    self: whoJson(row.who.self),
    unknown: whoJson(row.who.unknown),
  },
  unsure: whoJson(row.unsure),
  kept: whoJson(row.kept),
  advised: whoJson(row.advised),
  restrict: whoJson(row.restrict),
  wanted: whoJson(row.wanted),
});

export const machineJson = ({ name, platform, takenAt, complete, firewall, ports, advice }: Machine) => ({
  schema: 1,
  from: name.from,
  host: name.host,
  takenAt,
  platform,
  complete,
  firewall,
  ports: ports.map((one) => ({
    protocol: one.protocol,
    port: one.port,
    name: one.name,
    exposure: one.exposure,
    exposureComplete: one.sure,
    kept: one.kept,
    advised: one.advised,
    restrict: one.restrict,
  })),
  advice: advice.map((one) => ({
    rule: one.rule,
    protocol: one.protocol,
    port: one.port,
    advice: one.advice,
    severity: one.severity,
    title: one.title,
  })),
});

export const unreadJson = ({ from, why }: Unread) => ({ schema: 1, from, unread: why });
