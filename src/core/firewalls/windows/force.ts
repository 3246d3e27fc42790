/** In which networks a rule counts. */
import { type Profile, PROFILES, type WindowsRule } from './model.ts';
import type { AllSettings } from './profiles.ts';

type Placed = Pick<WindowsRule, 'profiles' | 'store'>;

export const profilesOf = ({ profiles }: Pick<WindowsRule, 'profiles'>): readonly Profile[] => profiles ?? PROFILES;

/** Where group policy takes the force from rules of this computer, they stand there and do nothing. */
export const isIgnored = ({ store }: Placed, profile: Profile, settings: AllSettings): boolean =>
  store === 'local' && settings[profile].localRules === false;

/** The profiles in which it is known to count. */
export const countsIn = (rule: Placed, settings: AllSettings): readonly Profile[] =>
  profilesOf(rule).filter(
    (profile) =>
      settings[profile].enabled === true && (rule.store !== 'local' || settings[profile].localRules === true),
  );
