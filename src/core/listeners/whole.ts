/** Is the list of what listens whole? Where it is not, "nothing listens" would be a guess. */
import type { Gap } from '../model.ts';

/** What the gap is called that leaves the list incomplete. */
export const LISTENING = 'listening ports';

export const isListWhole = ({ unread }: { readonly unread: readonly Pick<Gap, 'what'>[] }): boolean =>
  !unread.some(({ what }) => what === LISTENING);
