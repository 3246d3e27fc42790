/** Commands as a person may copy them into PowerShell, run as administrator. They are shown and never run from here. */
import { literal } from './quote.ts';

/** What a name may not hold: what `literal` changes or refuses (halves of characters), and what -Name takes for a pattern. */
const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029|*?[\]`]/u;

/** The rule of exactly that name, deleted; null: its name cannot be written safely. Source: Remove-NetFirewallRule. */
export const removeRule = (id: string): string | null =>
  UNFIT.test(id) ? null : `Remove-NetFirewallRule -Name ${literal(id)}`;

/** Source: Set-NetConnectionProfile, -NetworkCategory; a network of a domain cannot be set. */
export const makePublic = (alias: string): string | null =>
  UNFIT.test(alias) ? null : `Set-NetConnectionProfile -InterfaceAlias ${literal(alias)} -NetworkCategory Public`;

/** Source: Set-NetFirewallProfile. */
export const setProfile = (profile: string, setting: string): string =>
  `Set-NetFirewallProfile -Profile ${profile.charAt(0).toUpperCase()}${profile.slice(1)} ${setting}`;
