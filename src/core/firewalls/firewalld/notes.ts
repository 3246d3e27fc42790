/** What about firewalld is worth a person's attention: differences to the next start, wide openings, panic mode. */
import type { FirewalldState } from './read.ts';
import { parseRich } from './rich.ts';
import { type Settings, type PortSpec } from './settings.ts';
import { shown } from './entries.ts';

/** Zone or policy and entry: `zone public: port 8080/tcp`. */
export interface FirewalldNotes {
  readonly panic: boolean;
  /** What lets somebody in now, and will not after the next start or reload. */
  readonly openUntilRestart: readonly string[];
  /** What will let somebody in then, and does not now. */
  readonly openAfterRestart: readonly string[];
  /** What forbids now, and will not then. */
  readonly closedUntilRestart: readonly string[];
  /** What will forbid then, and does not now. */
  readonly closedAfterRestart: readonly string[];
  /** Zones in use that open a thousand ports or more in one go. */
  readonly wide: readonly { readonly zone: string; readonly ports: readonly string[] }[];
  /** Zones in use that let everything in, with the interfaces bound to them; no interface: it is the default zone. */
  readonly trusting: readonly {
    readonly zone: string;
    readonly interfaces: readonly string[];
    readonly isDefault: boolean;
  }[];
}

const WIDE = 1000;

export function notesOf(state: FirewalldState): FirewalldNotes {
  const open: Difference = { now: [], later: [] };
  const closed: Difference = { now: [], later: [] };
  for (const [kind, now, kept] of [
    ['zone', state.zones, state.keptZones],
    ['policy', state.policies, state.keptPolicies],
  ] as const) {
    for (const [name, settings] of now) {
      const other = kept.get(name);
      if (other === undefined) continue;
      compare(`${kind} ${name}`, opening(settings), opening(other), open);
      compare(`${kind} ${name}`, forbidding(settings), forbidding(other), closed);
    }
  }
  const used = [...state.zones].map(([zone, settings]) => ({
    zone,
    settings,
    interfaces: state.active?.get(zone)?.interfaces ?? [],
    isDefault: zone === state.defaultZone,
  }));
  return {
    panic: state.panic === true,
    openUntilRestart: open.now,
    openAfterRestart: open.later,
    closedUntilRestart: closed.now,
    closedAfterRestart: closed.later,
    wide: used.flatMap(({ zone, settings }) => {
      const ports = settings.ports.filter(isWide).map(shown);
      return ports.length === 0 ? [] : [{ zone, ports }];
    }),
    trusting: used
      .filter(({ settings }) => settings.target === 'ACCEPT' && !settings.richRules.some(forbids))
      .map(({ zone, interfaces, isDefault }) => ({ zone, interfaces, isDefault })),
  };
}

const isWide = ({ ports }: PortSpec): boolean => {
  const [first = '', last = first] = ports.split('-');
  return Number(last) - Number(first) >= WIDE;
};

const forbids = (rule: string): boolean => ['reject', 'drop'].includes(parseRich(rule).action ?? '');

/** Entries that let somebody in. Interfaces are left out: NetworkManager binds them anew at every connection. */
function opening(settings: Settings): ReadonlySet<string> {
  return new Set([
    ...(settings.target === 'ACCEPT' ? ['target ACCEPT'] : []),
    ...settings.services.map((name) => `service ${name}`),
    ...settings.ports.map((spec) => `port ${shown(spec)}`),
    ...settings.sourcePorts.map((spec) => `source-port ${shown(spec)}`),
    ...settings.protocols.map((name) => `protocol ${name}`),
    ...settings.forwardPorts.map(
      ({ toPort, toAddress, ...spec }) =>
        `forward-port ${shown(spec)} to ${[toAddress, toPort].filter((text) => text !== '').join(':')}`,
    ),
    ...settings.richRules.filter((rule) => !forbids(rule)).map((rule) => `rich ${rule}`),
    ...settings.sources.map((source) => `source ${source}`),
  ]);
}

const forbidding = (settings: Settings): ReadonlySet<string> =>
  new Set(settings.richRules.filter(forbids).map((rule) => `rich ${rule}`));

/** Will the zone do otherwise after the next start than it does now? */
export function differs({ zones, keptZones }: FirewalldState, zone: string): boolean {
  const [now, kept] = [zones.get(zone), keptZones.get(zone)];
  const text = (settings: Settings | undefined) =>
    settings === undefined
      ? ''
      : JSON.stringify([settings.target, [...opening(settings)].sort(), [...forbidding(settings)].sort()]);
  return text(now) !== text(kept);
}

interface Difference {
  readonly now: string[];
  readonly later: string[];
}

function compare(title: string, now: ReadonlySet<string>, later: ReadonlySet<string>, into: Difference): void {
  for (const entry of now) if (!later.has(entry)) into.now.push(`${title}: ${entry}`);
  for (const entry of later) if (!now.has(entry)) into.later.push(`${title}: ${entry}`);
}
