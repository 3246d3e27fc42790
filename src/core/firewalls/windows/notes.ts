/** What there is to say about a Windows computer beside who reaches what. Facts for the advice; nothing is judged here. */
import type { WindowsHolder } from '../../listeners/windows.ts';
import type { Adapter } from '../../machine/index.ts';
import type { Gap, Interface, Listener, Snapshot } from '../../model.ts';
import { setByPolicy } from './by-policy.ts';
import type { Policy } from './compile.ts';
import { type GuestNotes, guestsOf } from './guests.ts';
import { isHere, usedProfiles } from './in-use.ts';
import { groupsOf } from './owner.ts';
import { type WindowsOpening, windowsOpenings } from './openings.ts';
import { type ProxyEntry, proxyEntries } from './passes.ts';
import {
  type InertNote,
  type ProfileNote,
  type UnfilteredNote,
  inertNotes,
  managedInterfaces,
  profileNotes,
  unfilteredNotes,
} from './profile-notes.ts';
import { type RefusedProgram, refusedPrograms } from './refused.ts';
import { type Reservation, reservationsOf } from './reservations.ts';
import { makePublic } from './shown-command.ts';

/** A network that this computer is in and that is set as private by a person. */
interface PrivateNetwork {
  readonly interface: string;
  /** What makes it public; null: its name cannot be written safely. */
  readonly command: string | null;
}

export interface WindowsNotes {
  readonly refused: readonly RefusedProgram[];
  readonly passes: readonly ProxyEntry[];
  /** null: they were not gathered. */
  readonly reservations: readonly Reservation[] | null;
  readonly guests: GuestNotes | null;
  readonly profiles: readonly ProfileNote[];
  readonly unfiltered: readonly UnfilteredNote[];
  readonly inert: readonly InertNote[];
  /** Another firewall that has registered itself in the place of this one, or null where the service does not run. */
  readonly replaced: readonly { readonly by: string | null }[];
  readonly private: readonly PrivateNetwork[];
  /** Interfaces at which only rules of policy count, or policy has turned it off: what is set here does nothing there. */
  readonly managed: readonly string[];
}

interface NotesFrom {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly interfaces: readonly Interface[];
  readonly listeners: readonly Listener[];
  readonly holderOf: (pid: number | null) => WindowsHolder;
  /** What was not read of the rules and their settings. */
  readonly gaps: readonly Gap[];
}

/** What says whether the settings are in force. */
const OF_SETTINGS: ReadonlySet<string> = new Set(['settings', 'services', 'products']);

export function windowsNotes({ snapshot, policy, interfaces, listeners, holderOf, gaps }: NotesFrom): {
  readonly notes: WindowsNotes;
  readonly openings: readonly WindowsOpening[];
} {
  const { rules, settings, adapters, environment } = policy;
  const groups = groupsOf(snapshot);
  const used = usedProfiles(adapters);
  const isSet = setByPolicy(snapshot);
  // Where the settings in force were not read, or have none, nothing rests on them.
  const sure = gaps.every(({ means: { what } }) => what.kind !== 'windows' || !OF_SETTINGS.has(what.part));
  return {
    notes: {
      refused: sure ? refusedPrograms({ rules, settings, environment, listeners, holderOf, used }) : [],
      passes: proxyEntries(snapshot),
      reservations: reservationsOf(snapshot),
      guests: guestsOf(snapshot, interfaces, listeners),
      profiles: sure ? profileNotes(settings, adapters, isSet) : [],
      unfiltered: sure ? unfilteredNotes(settings, adapters, isSet) : [],
      inert: sure ? inertNotes(rules, settings, groups, adapters) : [],
      replaced: gaps.flatMap(({ means: { why } }) => (why.kind === 'no-force' ? [{ by: why.other }] : [])),
      managed: sure ? managedInterfaces(settings, adapters, isSet) : [],
      private: adapters.filter(isPrivate).map(({ name }) => ({ interface: name, command: makePublic(name) })),
    },
    openings: sure ? windowsOpenings(rules, settings, groups, used) : [],
  };
}

const isPrivate = (adapter: Adapter): boolean => isHere(adapter) && adapter.category === 'private';

/** The same computer in networks of strangers: what would be open then, the engine tells. */
export const asPublic = (policy: Policy): Policy => ({
  ...policy,
  adapters: policy.adapters.map((adapter) => (isPrivate(adapter) ? { ...adapter, category: 'public' } : adapter)),
});
