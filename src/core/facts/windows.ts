/** The facts about a Windows computer: its listeners, and the rules of Windows Firewall for each of them. */
import type { Facts } from '../facts.ts';
import { windows } from '../firewalls/registry.ts';
import type { Netfilter } from '../firewalls/netfilter/model.ts';
import { readWindowsListeners } from '../listeners/windows.ts';
import { readAdapters } from '../machine/index.ts';
import { type Address, parseAddress } from '../address.ts';
import { gap, unreadDoubt } from '../gaps/index.ts';
import type { Connection, Gap, Interface, Listener, Snapshot } from '../model.ts';
import { isLinkLocal, isLoopback } from '../reach/space.ts';
import { once } from './once.ts';

/** @param read the rules and settings; those of the snapshot, but for what would be with others */
export function readWindowsFacts(snapshot: Snapshot, read: windows.WindowsRead = windows.readWindows(snapshot)): Facts {
  const adapters = readAdapters(snapshot);
  const { policy, gaps } = read;
  const { listeners, connections, holderOf, gaps: ofListeners } = readWindowsListeners(snapshot, adapters.value);
  const interfaces = { ...adapters, gaps: [...adapters.gaps, ...unlisted(adapters.value, listeners, connections)] };
  // What was not read of the rules, or of where packets come from, may change any answer.
  const blind = [...gaps, ...interfaces.gaps];
  const netfilter: Netfilter = { chains: [], beside: [], unread: { 4: blind, 6: blind } };
  const rulesFor = windows.heldRules(policy, holderOf, netfilter.unread);
  const proxy = windows.readPortProxy(
    snapshot,
    interfaces.value,
    listeners,
    ({ owner }) => holderOf(owner.pid).services,
  );
  const state = windows.stateOf(snapshot);
  const { notes, openings } = windows.windowsNotes({
    snapshot,
    policy,
    interfaces: interfaces.value,
    listeners,
    holderOf,
    gaps,
  });
  const within = withinWsl(notes.guests);
  // A port that is passed on may lead to anything that listens here.
  const missing = once([...ofListeners, ...within, ...blind, ...proxy.gaps]);
  return {
    interfaces: interfaces.value,
    interfacesUnread: interfaces.gaps.length > 0,
    routes: [],
    routing: { entries: [], rules: { 4: [], 6: [] } },
    sysctls: sysctlsOf(interfaces.value),
    groups: { 4: null, 6: null },
    listeners,
    connections,
    netfilter,
    held: {
      rulesFor: (listener, index) => rulesFor({ ...listener, listeners: [listener] }, index),
      rulesAt: ({ protocol, port }, index) => {
        const there = listeners.filter((one) => one.protocol === protocol && one.port === port);
        return rulesFor({ protocol, port, listeners: there }, index);
      },
      relays: proxy.value,
      relaysUnread: proxy.gaps.length > 0,
      hidden: ({ protocol, port, destination }) =>
        listeners.some((one) => one.protocol === protocol && one.port === port && takes(one, destination))
          ? null
          : (within.map(unreadDoubt)[0] ?? null),
    },
    firewalls: state.value,
    openings,
    containers: new Map(),
    tunnels: [],
    firewalld: null,
    windows: {
      ...notes,
      written: () => windows.writtenWindows({ snapshot, policy, listeners, holderOf }),
      asPublic: () => readWindowsFacts(snapshot, { policy: windows.asPublic(policy), gaps }),
    },
    mac: null,
    ownedRules: [],
    outsiders: [],
    gaps: once([...missing, ...state.gaps]),
    missing,
  };
}

/** Does it listen at that address? Absent: at any. */
const takes = ({ sockets }: Listener, destination: string | undefined): boolean =>
  destination === undefined ||
  sockets.some(({ address }) => {
    const own = parseAddress(address);
    return own === null || own.value === 0n || keyOf(own) === keyOf(parseAddress(destination));
  });

/** What listens within WSL at this computer's own addresses is in no list of Windows. */
function withinWsl(guests: windows.WindowsNotes['guests']): readonly Gap[] {
  if (guests === null || guests.unlisted === null) return [];
  const why = { kind: 'within-wsl', sure: guests.unlisted.sure, filter: guests.wsl.filter } as const;
  return [gap({ what: { kind: 'listening' }, why, how: { kind: 'run', command: 'wsl ss -tuln' } })];
}

/** An address that is in use and that no adapter has is that of an adapter that was not listed, such as a VPN's. */
function unlisted(
  interfaces: readonly Interface[],
  listeners: readonly Listener[],
  connections: readonly Connection[],
): readonly Gap[] {
  const own = new Set(
    interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => keyOf(parseAddress(address)))),
  );
  const used = [
    ...listeners.flatMap(({ sockets }) => sockets.map(({ address }) => address)),
    ...connections.map(({ local }) => local.address),
  ];
  const strange = used.some((text) => {
    const read = parseAddress(text);
    if (read === null || read.value === 0n || isLoopback(read.value, read.family)) return false;
    return !isLinkLocal(read.value, read.family) && !own.has(keyOf(read));
  });
  const why = { kind: 'address-of-none' } as const;
  return strange ? [gap({ what: { kind: 'addresses' }, why, how: { kind: 'scan-again' } })] : [];
}

const keyOf = (address: Address | null): string => (address === null ? '' : `${address.family}/${address.value}`);

/** What the engine asks of Linux's kernel, as Windows has it: loopback addresses are never spoken to from outside. */
const sysctlsOf = (interfaces: readonly Interface[]): ReadonlyMap<string, string> =>
  new Map(['all', ...interfaces.map(({ name }) => name)].map((name) => [`net.ipv4.conf.${name}.route_localnet`, '0']));
