/** In which kinds of networks Windows Firewall is on, as far as a change of it is concerned. */
import type { Snapshot } from '../../model.ts';
import { setByPolicy } from './by-policy.ts';
import { possibleProfiles } from './in-use.ts';
import { PROFILES, type Profile } from './model.ts';
import { managedInterfaces } from './profile-notes.ts';
import { readWindows } from './read.ts';

const thatAre = (snapshot: Snapshot, enabled: boolean | null): readonly Profile[] => {
  const { settings } = readWindows(snapshot).policy;
  return PROFILES.filter((profile) => settings[profile].enabled === enabled);
};

export const offIn = (snapshot: Snapshot): readonly Profile[] => thatAre(snapshot, false);

/** Where it cannot be told. */
export const unsureIn = (snapshot: Snapshot): readonly Profile[] => thatAre(snapshot, null);

/** In which this computer is now; where the system does not tell, it may be any. */
export const usedIn = (snapshot: Snapshot): readonly Profile[] =>
  possibleProfiles(readWindows(snapshot).policy.adapters);

/** Where policy is known to leave no force to rules of this computer: `here` of those in which it is now. */
export function managedIn(snapshot: Snapshot): { readonly all: readonly Profile[]; readonly here: readonly Profile[] } {
  const { settings, adapters } = readWindows(snapshot).policy;
  const all = PROFILES.filter((profile) => settings[profile].localRules === false);
  const used = possibleProfiles(adapters);
  return { all, here: all.filter((profile) => used.includes(profile)) };
}

/** Where it is off, and policy says whether it is on: what is set here does nothing. */
export function offByPolicy(snapshot: Snapshot): readonly Profile[] {
  const isSet = setByPolicy(snapshot);
  return offIn(snapshot).filter((profile) => isSet(profile, ['enablefirewall']));
}

/** Interfaces at which nothing that is set on this computer counts. */
export function fixedInterfaces(snapshot: Snapshot): readonly string[] {
  const { settings, adapters } = readWindows(snapshot).policy;
  return managedInterfaces(settings, adapters, setByPolicy(snapshot));
}
