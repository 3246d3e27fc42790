/** How many ports others can reach, for the rules about the firewall as a whole. */
import { isListWhole } from '../listeners/whole.ts';
import { isReached } from './audience.ts';
import { isHarmless } from './harmless.ts';
import type { AdviceFacts } from './rule.ts';

export const WHAT_CLOSES =
  'Other devices can no longer reach ports of this computer, except those that you keep and remote sessions that are open now. What you open from here still works.';

/** `unneeded`: ports that others reach and that the user did not say they need. */
export function open(facts: AdviceFacts): { readonly unneeded: number; readonly sentence: string } {
  const ports = facts.listeners
    .filter((listener) => isReached(listener) && !listener.kept && !isHarmless(listener))
    .map(({ protocol, port }) => `${protocol}/${port}`);
  const unneeded = new Set(ports).size;
  const unknown =
    facts.listeners.some(({ exposure }) => exposure === 'unknown') || !isListWhole({ unread: facts.gaps });
  if (unneeded === 1) return { unneeded, sentence: 'One port that you may not need is open to others.' };
  if (unneeded > 1) {
    return {
      unneeded,
      sentence: `${unneeded} ports that you may not need are open to others.`,
    };
  }
  return {
    unneeded,
    sentence: unknown
      ? 'Whether anything is open to others could not be told.'
      : 'Nothing that you may want to close is open to others now, but the next program that listens will be.',
  };
}
