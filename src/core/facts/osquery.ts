/**
 * The facts about a computer of which osquery tells. Rules are never judged: osquery's table iptables has no matches beside
 * addresses, no negation, no IPv6 and no nftables; windows_firewall_rules has no packages, no group policy and no state of
 * the profiles; of pf it has nothing. So whoever comes from outside is unknown, and what is bound to loopback is for this
 * computer alone only where nothing could lead there:
 *
 * - Linux: `route_localnet` is off everywhere (table system_controls), without which the kernel throws such packets away;
 * - Windows: UDP always; TCP where the service that passes ports on (iphlpsvc) does not run (table services);
 * - macOS: never, since a rule of pf may lead there (`rdr`).
 */
import type { Facts } from '../facts.ts';
import type { Netfilter } from '../firewalls/netfilter/model.ts';
import { type GapWhat, type GapWhy, gap } from '../gaps/index.ts';
import type { FirewallState, Gap, Interface, Snapshot } from '../model.ts';
import { type Listening, isWhole, readListening, readOsqueryInterfaces, rowsOf } from '../osquery/index.ts';
import { type Outsider, outsider } from '../outside/index.ts';
import { withLeadingOut } from '../reach/internet.ts';
import { once } from './once.ts';

type Lack = Extract<GapWhy, { kind: 'osquery' }>['of'];

const because = (what: GapWhat, of: Lack): Gap =>
  gap({ what, why: { kind: 'osquery', of }, how: { kind: 'scan-there' } });

const RULES: GapWhat = { kind: 'kernel-rules', by: null, family: null, legacy: false };

export function readOsqueryFacts(snapshot: Snapshot): Facts {
  const { platform } = snapshot;
  const listening = readListening(snapshot);
  const logged = readOsqueryInterfaces(snapshot);
  const interfaces = withLeadingOut(logged ?? [], []);
  const rules: readonly Gap[] =
    platform === 'win32'
      ? [because({ kind: 'windows', part: 'rules' }, 'rules'), because({ kind: 'windows', part: 'settings' }, 'table')]
      : [because(RULES, 'rules')];
  const addresses = logged === null ? [because({ kind: 'addresses' }, 'table')] : [];
  const blind = [...rules, ...addresses];
  const netfilter: Netfilter = { chains: [], beside: [], unread: { 4: blind, 6: blind } };
  const sysctls = platform === 'win32' ? loopbackIsShut(interfaces) : readControls(snapshot);
  const { outsiders, gaps } = leadingToLoopback(snapshot, listening, logged, sysctls);
  const missing = once([...gapsOf(listening), ...blind, ...gaps]);
  return {
    interfaces,
    // osquery lists none without an address, and what its query left out is not told.
    interfacesUnread: true,
    routes: [],
    routing: { entries: [], rules: { 4: null, 6: null } },
    sysctls,
    groups: { 4: null, 6: null },
    listeners: listening.listeners,
    connections: [],
    netfilter,
    ...(platform === 'win32'
      ? {
          held: {
            rulesFor: () => netfilter,
            rulesAt: () => netfilter,
            relays: [],
            relaysUnread: !relayIsOff(snapshot),
          },
        }
      : {}),
    firewalls: [stateOf(snapshot)],
    openings: [],
    containers: new Map(),
    tunnels: [],
    firewalld: null,
    ownedRules: [],
    outsiders,
    windows: null,
    mac: null,
    gaps: once([
      ...missing,
      ...(listening.owners ? [] : [because({ kind: 'owners' }, 'table')]),
      because({ kind: 'connections' }, 'table'),
      ...(platform === 'win32' && !relayIsOff(snapshot)
        ? [because({ kind: 'windows', part: 'port-proxy' }, 'table')]
        : []),
    ]),
    missing,
  };
}

function gapsOf({ lacks, bad, mixed }: Listening): readonly Gap[] {
  const what: GapWhat = { kind: 'listening' };
  return [
    because(what, lacks),
    ...(mixed ? [because(what, 'places')] : []),
    ...(bad > 0
      ? [gap({ what, why: { kind: 'lines-garbled', count: bad, of: null }, how: { kind: 'scan-there' } })]
      : []),
  ];
}

/** What may lead packets to sockets that are bound to loopback, and is not told. */
function leadingToLoopback(
  snapshot: Snapshot,
  { mixed }: Listening,
  interfaces: readonly Interface[] | null,
  sysctls: ReadonlyMap<string, string>,
): { readonly outsiders: readonly Outsider[]; readonly gaps: readonly Gap[] } {
  const steering = (one: Gap): Outsider => outsider(one, { steers: true });
  const { platform } = snapshot;
  const known = isWhole(snapshot, 'interface_addresses') ? interfaces : null;
  // What listens inside of a container is spoken to by its neighbours there.
  const places = mixed ? [steering(because({ kind: 'listening' }, 'places'))] : [];
  if (platform === 'darwin') return { outsiders: [...places, steering(because(RULES, 'rules'))], gaps: [] };
  if (platform === 'win32' || isShut(known, sysctls)) return { outsiders: places, gaps: [] };
  const settings = because({ kind: 'sysctls' }, 'table');
  return { outsiders: [...places, steering(settings)], gaps: [settings] };
}

/** The setting's name, of one interface or of all. */
const SETTING = /^net\.ipv4\.conf\.(.+)\.route_localnet$/;

/**
 * The table system_controls -> the setting that opens loopback, of each interface; empty where its log is not whole. Of two
 * values the one that opens counts. Source: osquery, specs/posix/system_controls.table.
 */
function readControls(snapshot: Snapshot): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const { name = '', current_value: value = '' } of rowsOf(snapshot, 'system_controls') ?? []) {
    if (SETTING.test(name) && (settings.get(name) ?? '0') === '0') settings.set(name, value.trim());
  }
  return isWhole(snapshot, 'system_controls') ? settings : new Map();
}

/**
 * `all`, `default` and `lo` are there as everywhere, and so are all interfaces that are known; none of them opens loopback.
 * A list of interfaces without `lo` was cut short by its query, and so may have left out the one that does.
 *
 * @param interfaces null: they were not logged, or not all of them
 */
function isShut(interfaces: readonly Interface[] | null, sysctls: ReadonlyMap<string, string>): boolean {
  const names = (interfaces ?? []).map(({ name }) => name);
  return (
    names.includes('lo') &&
    ['all', 'default', ...names].every((name) => sysctls.has(`net.ipv4.conf.${name}.route_localnet`)) &&
    [...sysctls.values()].every((value) => value === '0')
  );
}

/** On Windows loopback addresses are never spoken to from outside. */
const loopbackIsShut = (interfaces: readonly Interface[]): ReadonlyMap<string, string> =>
  new Map(['all', ...interfaces.map(({ name }) => name)].map((name) => [`net.ipv4.conf.${name}.route_localnet`, '0']));

/** It stands in the list of services, and does not run. */
function relayIsOff(snapshot: Snapshot): boolean {
  const rows = (rowsOf(snapshot, 'services') ?? []).filter(({ name = '' }) => name.toLowerCase() === 'iphlpsvc');
  return (
    isWhole(snapshot, 'services') &&
    rows.length > 0 &&
    rows.every(({ status = '' }) => status.toUpperCase() === 'STOPPED')
  );
}

/** There is a firewall; whether it is on, osquery does not tell. */
function stateOf(snapshot: Snapshot): FirewallState {
  const unknown = { active: null, defaults: { inbound: 'unknown', outbound: 'unknown' }, rules: null } as const;
  if (snapshot.platform === 'darwin') return { id: 'pf', ...unknown };
  if (snapshot.platform === 'linux')
    return { id: (rowsOf(snapshot, 'iptables') ?? []).length > 0 ? 'iptables' : 'nftables', ...unknown };
  const rules = rowsOf(snapshot, 'windows_firewall_rules');
  // Source: osquery, tables/networking/windows/windows_firewall_rules.cpp: direction `In`, enabled `1`.
  const inbound = rules?.filter((row) => row['enabled'] === '1' && row['direction']?.toLowerCase() === 'in');
  return { id: 'windows', ...unknown, rules: inbound?.length ?? null };
}
