/** What group policy says of a profile itself: what is set on this computer does nothing there. */
import { listed, windowsPart } from '../../machine/windows.ts';
import type { Snapshot } from '../../model.ts';
import { fieldOf } from './json-values.ts';
import type { Profile } from './model.ts';

/** Does policy hold a value of one of these names for that profile? Names as [MS-GPFAS] 2.2.2 has them, in lower case. */
export type IsSet = (profile: Profile, names: readonly string[]) => boolean;

/** Where policy's values were not gathered, none is known of. */
export function setByPolicy(snapshot: Snapshot): IsSet {
  const read = windowsPart(snapshot, 'policySettings');
  const all = 'why' in read ? null : read.value;
  return (profile, names) =>
    listed(fieldOf(all, profile)).some((pair) => {
      const name = fieldOf(pair, 'name');
      return typeof name === 'string' && names.includes(name.toLowerCase());
    });
}
