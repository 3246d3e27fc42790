/** Which kinds of networks a Windows computer is in now, and by which adapters. */
import type { Adapter } from '../../machine/index.ts';
import { PROFILES, type Profile } from './model.ts';

/** Does anything come in through it? */
export const isHere = ({ up, kind }: Adapter): boolean => up && kind !== 'loopback';

/** Names of the adapters that are in a network of that kind now. */
export const interfacesIn = (profile: Profile, adapters: readonly Adapter[]): readonly string[] =>
  adapters.filter((one) => isHere(one) && one.category === profile).map(({ name }) => name);

/** Profiles of networks that this computer is in, as far as the system tells. */
export const usedProfiles = (adapters: readonly Adapter[]): readonly Profile[] =>
  PROFILES.filter((profile) => interfacesIn(profile, adapters).length > 0);

/** Profiles of networks that it may be in: where the system does not tell, any. */
export const possibleProfiles = (adapters: readonly Adapter[]): readonly Profile[] => {
  const here = adapters.filter(isHere).map(({ category }) => category);
  return PROFILES.filter((profile) => here.includes(profile) || here.includes(null));
};
