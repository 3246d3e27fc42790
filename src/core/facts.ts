/** Snapshot -> everything that was read from it, with what was not. The one place where readers are put together. */
import { type Tunnel, servedByTailscale, tunnelsOf } from './catalog/index.ts';
import type { OwnedRule } from './firewalls/owned.ts';
import {
  type FirewalldNotes,
  type WindowsNotes,
  type WrittenWindowsRule,
  firewallStates,
  firewalldNotes,
  nameRules,
  openingsOf,
  ownedRules,
} from './firewalls/registry.ts';
import { readNetfilter } from './firewalls/netfilter/index.ts';
import type { Netfilter } from './firewalls/netfilter/model.ts';
import { readConnections, readListeners, readProcesses } from './listeners/index.ts';
import {
  type Groups,
  readContainers,
  readGroups,
  readInterfaces,
  readRouting,
  readRoutes,
  readSysctls,
} from './machine/index.ts';
import { once } from './facts/once.ts';
import { readOsqueryFacts } from './facts/osquery.ts';
import { readMacFacts } from './facts/macos.ts';
import { readWindowsFacts } from './facts/windows.ts';
import type { MacNotes, Opening } from './advice/index.ts';
import type { Connection, FirewallState, Gap, Interface, Listener, Route, Routing, Snapshot } from './model.ts';
import { isOfOsquery } from './osquery/index.ts';
import { type Outsider, readOutside } from './outside/index.ts';
import type { Held, World } from './reach/index.ts';
import { withLeadingOut } from './reach/internet.ts';

export type WindowsFacts = WindowsNotes & {
  /** The facts as they would be if every private network were a public one. */
  readonly asPublic: () => Facts;
  /** Every rule in words: put together where it is asked for. */
  readonly written: () => readonly WrittenWindowsRule[];
};

export interface Facts {
  readonly interfaces: readonly Interface[];
  /** Something of that list was not read. */
  readonly interfacesUnread: boolean;
  readonly routes: readonly Route[];
  readonly routing: Routing;
  readonly sysctls: ReadonlyMap<string, string>;
  readonly groups: Groups;
  readonly listeners: readonly Listener[];
  readonly connections: readonly Connection[];
  readonly netfilter: Netfilter;
  /** On Windows the rules for each holder of a port; `netfilter` holds none then, but what was not read. */
  readonly held?: Held;
  readonly firewalls: readonly FirewallState[];
  readonly openings: readonly Opening[];
  /** Names of containers by the port that each publishes, `tcp/8080` -> `web`; as far as they were told. */
  readonly containers: ReadonlyMap<string, string>;
  /** How the firewalls of a Mac are set; null elsewhere. */
  readonly mac: MacNotes | null;
  readonly tunnels: readonly Tunnel[];
  readonly firewalld: FirewalldNotes | null;
  /** What there is to say about a Windows computer; null elsewhere. */
  readonly windows: WindowsFacts | null;
  /** Rules that people wrote, as far as the kernel holds them. */
  readonly ownedRules: readonly OwnedRule[];
  /** What decides beside the rules. */
  readonly outsiders: readonly Outsider[];
  /** Everything that was not read, each once. */
  readonly gaps: readonly Gap[];
  /** What is missing of that which a verdict needs: the kernel's rules, addresses, sockets. */
  readonly missing: readonly Gap[];
}

export function readFacts(snapshot: Snapshot): Facts {
  if (isOfOsquery(snapshot)) return readOsqueryFacts(snapshot);
  switch (snapshot.platform) {
    case 'win32':
      return readWindowsFacts(snapshot);
    case 'darwin':
      return readMacFacts(snapshot);
    case 'linux':
      return readLinuxFacts(snapshot);
  }
}

function readLinuxFacts(snapshot: Snapshot): Facts {
  const routes = readRoutes(snapshot);
  const { value: links, gaps: unreadLinks } = readInterfaces(snapshot);
  const interfaces = { value: withLeadingOut(links, routes.value), gaps: unreadLinks };
  const sysctls = readSysctls(snapshot);
  const listeners = readListeners(snapshot);
  const connections = readConnections(snapshot, listeners.value);
  const read = nameRules(readNetfilter(snapshot), snapshot);
  const firewalls = firewallStates(snapshot);
  const outside = readOutside(snapshot, read.beside);
  // Without the machine's own addresses, or with half of them, "who can reach it" cannot be answered at all.
  const blind = [...interfaces.gaps, ...routes.gaps];
  const netfilter: Netfilter = {
    ...read,
    unread: { 4: [...read.unread[4], ...blind], 6: [...read.unread[6], ...blind] },
  };
  const missing = once([...listeners.gaps, ...netfilter.unread[4], ...netfilter.unread[6]]);
  return {
    interfaces: interfaces.value,
    interfacesUnread: interfaces.gaps.length > 0,
    routes: routes.value,
    routing: readRouting(snapshot),
    sysctls: sysctls.value,
    groups: readGroups(snapshot),
    listeners: listeners.value,
    connections: connections.value,
    netfilter,
    firewalls: firewalls.value,
    openings: openingsOf(snapshot),
    containers: readContainers(snapshot),
    tunnels: [...readProcesses(snapshot).flatMap(tunnelsOf), ...servedByTailscale(listeners.value)],
    firewalld: firewalldNotes(snapshot),
    windows: null,
    mac: null,
    ownedRules: ownedRules(snapshot, netfilter),
    outsiders: outside.outsiders,
    gaps: once([...missing, ...sysctls.gaps, ...connections.gaps, ...firewalls.gaps, ...outside.gaps]),
    missing,
  };
}

export const worldOf = ({
  netfilter,
  interfaces,
  interfacesUnread,
  routes,
  routing,
  sysctls,
  outsiders,
  groups,
  held,
}: Facts): World => ({
  netfilter,
  interfaces,
  interfacesUnread,
  routes,
  routing,
  sysctls,
  outsiders,
  groups,
  ...(held === undefined ? {} : { held }),
});
