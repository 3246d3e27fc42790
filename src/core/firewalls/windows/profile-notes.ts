/** What is noteworthy about the firewall in each kind of network. */
import type { Adapter } from '../../machine/index.ts';
import type { IsSet } from './by-policy.ts';
import { interfacesIn, isHere, possibleProfiles, usedProfiles } from './in-use.ts';
import { PROFILES, type AnyRule, type Profile } from './model.ts';
import { nameOf } from './name.ts';
import { isIgnored, profilesOf } from './force.ts';
import { isAllow } from './overridden.ts';
import { type RuleGroups, ownerOf } from './owner.ts';
import type { AllSettings } from './profiles.ts';
import { setProfile } from './shown-command.ts';

export interface ProfileNote {
  readonly profile: Profile;
  /** `off`: nothing is filtered. `allows`: it lets in whatever no rule blocks. */
  readonly fault: 'off' | 'allows';
  /** Interfaces that are in such a network now. */
  readonly interfaces: readonly string[];
  /** What ends it; null: policy has set it so, and stands over what is set here. */
  readonly command: string | null;
}

/** Interfaces that the firewall leaves alone, though it is on for their network. */
export interface UnfilteredNote {
  readonly profile: Profile;
  readonly interfaces: readonly string[];
  /** The same. */
  readonly command: string | null;
}

/** Rules made here that let nobody in. `shielded`: all incoming connections are blocked. `policy`: group policy ignores them. */
export interface InertNote {
  readonly because: 'shielded' | 'policy';
  /** Profiles of networks that this computer is in now. */
  readonly profiles: readonly Profile[];
  readonly rules: readonly string[];
}

/** Source: Set-NetFirewallProfile. */
const SETTINGS = { off: '-Enabled True', allows: '-DefaultInboundAction Block' } as const;
/** The same in the registry. Source: [MS-GPFAS] 2.2.2. */
const VALUES = { off: ['enablefirewall'], allows: ['defaultinboundaction'] } as const;
const LEFT_OUT = ['disabledinterfaces', 'disabledinterfacealiases'];
const NONE_LEFT_OUT = '-DisabledInterfaceAliases NotConfigured';

export const profileNotes = (
  settings: AllSettings,
  adapters: readonly Adapter[],
  isSet: IsSet,
): readonly ProfileNote[] =>
  PROFILES.flatMap((profile): readonly ProfileNote[] => {
    const { enabled, inbound } = settings[profile];
    const interfaces = interfacesIn(profile, adapters);
    const fault = enabled === false ? 'off' : enabled === true && inbound === 'allow' ? 'allows' : null;
    if (fault === null) return [];
    const command = isSet(profile, VALUES[fault]) ? null : setProfile(profile, SETTINGS[fault]);
    return [{ profile, fault, interfaces, command }];
  });

const bare = (name: string): string => name.toLowerCase().replace(/^\{(.*)\}$/, '$1');

export const unfilteredNotes = (
  settings: AllSettings,
  adapters: readonly Adapter[],
  isSet: IsSet,
): readonly UnfilteredNote[] =>
  PROFILES.flatMap((profile): readonly UnfilteredNote[] => {
    const { enabled, unfiltered } = settings[profile];
    const named = new Set((unfiltered ?? []).map(bare));
    const interfaces = adapters
      .filter((one) => isHere(one) && one.category === profile)
      .filter(({ name, guid }) => named.has(bare(name)) || (guid !== null && named.has(bare(guid))))
      .map(({ name }) => name);
    return enabled === true && interfaces.length > 0
      ? [{ profile, interfaces, command: isSet(profile, LEFT_OUT) ? null : setProfile(profile, NONE_LEFT_OUT) }]
      : [];
  });

/** Where it is on and policy is known to leave no force to rules of this computer, or policy has turned it off. */
export const managedInterfaces = (
  settings: AllSettings,
  adapters: readonly Adapter[],
  isSet: IsSet,
): readonly string[] =>
  PROFILES.filter((profile) => {
    const { enabled, localRules } = settings[profile];
    return enabled === true ? localRules === false : enabled === false && isSet(profile, VALUES.off);
  }).flatMap((profile) => interfacesIn(profile, adapters));

/** Only in networks that this computer is in now, and only rules that would otherwise count there. */
export function inertNotes(
  rules: readonly AnyRule[],
  settings: AllSettings,
  groups: RuleGroups,
  adapters: readonly Adapter[],
): readonly InertNote[] {
  const used = usedProfiles(adapters);
  const possible = possibleProfiles(adapters);
  const own = rules.filter(isAllow).filter((rule) => ownerOf(rule, groups).owner === 'you');
  return (['policy', 'shielded'] as const).flatMap((because): readonly InertNote[] => {
    const profiles = used.filter((profile) => {
      const { enabled, inbound, shielded, localRules } = settings[profile];
      if (enabled !== true) return false;
      return because === 'policy'
        ? localRules === false
        : shielded === true && inbound === 'block' && localRules !== false;
    });
    const inert = own.filter((rule) =>
      profilesOf(rule).some(
        (profile) => profiles.includes(profile) && (because === 'shielded' || isIgnored(rule, profile, settings)),
      ),
    );
    // A rule that counts in another network that this computer is in, or may be in, is of use there.
    const idle = inert.filter((rule) =>
      profilesOf(rule).every((profile) => !possible.includes(profile) || profiles.includes(profile)),
    );
    return idle.length === 0 ? [] : [{ because, profiles, rules: [...new Set(idle.map(nameOf))] }];
  });
}
