/**
 * The facts about a Mac: its listeners, and for each of them the rules of pf and of the application firewall. Both must let
 * a packet in; what either blocks is blocked, whatever is not known of the other.
 */
import type { MacNotes } from '../advice/index.ts';
import type { Facts } from '../facts.ts';
import { alf, firewallStates, pf } from '../firewalls/registry.ts';
import type { Netfilter } from '../firewalls/netfilter/model.ts';
import { type MacHolder, readMacListeners } from '../listeners/macos.ts';
import { readMacInterfaces, readMacRoutes, readMacSettings } from '../machine/macos.ts';
import { parseAddress } from '../address.ts';
import type { Interface, Listener, Snapshot, Socket } from '../model.ts';
import { withLeadingOut } from '../reach/internet.ts';
import { isLoopback } from '../reach/space.ts';
import { find, whyNot } from '../transcripts.ts';
import { once } from './once.ts';

/** Nobody is known. */
const NOBODY: MacHolder = { path: null, name: null, launchd: false };

export function readMacFacts(snapshot: Snapshot): Facts {
  const routes = readMacRoutes(snapshot);
  const { value: links, gaps: unreadLinks } = readMacInterfaces(snapshot);
  const interfaces = { value: withLeadingOut(links, routes.value), gaps: unreadLinks };
  const settings = readMacSettings(snapshot);
  const { listeners, connections, holderOf, gaps: ofListeners } = readMacListeners(snapshot);
  const application = alf.readAlf(snapshot);
  const filter = pf.readPf(snapshot);
  const blind = interfaces.gaps;
  const unread = { 4: blind, 6: blind };
  const rulesOf = heldRules((holder) => ({
    chains: [...filter.chains, alf.alfChain(application.value, application.gaps, holder, interfaces.value)],
    beside: [],
    unread,
  }));
  const rulesFor = (all: readonly Listener[]): Netfilter => {
    const pids = new Set(all.flatMap(({ sockets }) => sockets.map(({ pid }) => pid)));
    const holders = new Map([...pids].map(holderOf).map((one) => [JSON.stringify(one), one]));
    // Several programs at one port: which of them gets a packet cannot be told.
    const [only = NOBODY] = holders.size === 1 ? holders.values() : [];
    return rulesOf(only);
  };
  const states = firewallStates(snapshot);
  const missing = once([...ofListeners, ...blind, ...application.gaps, ...filter.gaps]);
  return {
    interfaces: interfaces.value,
    interfacesUnread: interfaces.gaps.length > 0,
    routes: routes.value,
    routing: { entries: [], rules: { 4: [], 6: [] } },
    sysctls: sysctlsOf(interfaces.value, settings.value, filter.reachesLoopback),
    groups: { 4: null, 6: null },
    listeners,
    connections,
    netfilter: { chains: [], beside: [], unread },
    held: {
      rulesFor: (listener) => rulesFor([listener]),
      rulesAt: ({ protocol, port }) =>
        rulesFor(listeners.filter((one) => one.protocol === protocol && one.port === port)),
      relays: [],
      relaysUnread: false,
      unseen: (listener) => filter.redirectsUnknown && listener.sockets.every(isLocal) && !isShut(rulesFor([listener])),
      common: { chains: filter.chains, beside: [], unread },
    },
    firewalls: states.value,
    openings: [],
    containers: new Map(),
    tunnels: [],
    firewalld: null,
    ownedRules: [],
    outsiders: [],
    windows: null,
    mac: macNotes(snapshot),
    gaps: once([...missing, ...routes.gaps, ...settings.gaps, ...states.gaps]),
    missing,
  };
}

/** One set of rules for each holder, always the same object. */
function heldRules(make: (holder: MacHolder) => Netfilter): (holder: MacHolder) => Netfilter {
  const made = new Map<string, Netfilter>();
  return (holder) => {
    const key = JSON.stringify(holder);
    const rules = made.get(key) ?? make(holder);
    made.set(key, rules);
    return rules;
  };
}

const isLocal = ({ address, family }: Socket): boolean => isLoopback(parseAddress(address)?.value ?? 0n, family);

/** Does the application firewall block it for certain? */
const isShut = ({ chains }: Netfilter): boolean => chains.some(alf.blocksAll);

/** What the engine asks of Linux's kernel, as macOS has it. */
function sysctlsOf(
  interfaces: readonly Interface[],
  settings: ReadonlyMap<string, string>,
  reachesLoopback: boolean,
): ReadonlyMap<string, string> {
  const all = ['all', ...interfaces.map(({ name }) => name)];
  const local = reachesLoopback ? '1' : '0';
  const [four, six] = [settings.get('net.inet.ip.forwarding'), settings.get('net.inet6.ip6.forwarding')];
  return new Map<string, string>([
    ...all.map((name) => [`net.ipv4.conf.${name}.route_localnet`, local] as const),
    ...(four === undefined ? [] : all.map((name) => [`net.ipv4.conf.${name}.forwarding`, four] as const)),
    ...(six === undefined ? [] : [['net.ipv6.conf.all.forwarding', six] as const]),
  ]);
}

function macNotes(snapshot: Snapshot): MacNotes {
  const { value } = alf.readAlf(snapshot);
  const { active } = pf.readPf(snapshot);
  return {
    alf: value.on,
    stealth: value.stealth,
    signed: value.signed,
    pf:
      active === true
        ? { anchors: pf.anchorRules(snapshot).map(({ anchor }) => anchor), askers: askersOf(snapshot) }
        : null,
  };
}

/** Programs that hold a reference to pf, so that it stays on: `pfctl -s References`. Source: pfctl(8) of macOS, -E. */
function askersOf(snapshot: Snapshot): readonly string[] {
  const transcript = find(snapshot, 'pf.references');
  const text = whyNot(transcript) === null ? (transcript?.stdout ?? '') : '';
  return [...new Set([...text.matchAll(/^\s*\d+\s+(\S.*?)\s{2,}\d+/gm)].map(([, name = '']) => name))];
}
