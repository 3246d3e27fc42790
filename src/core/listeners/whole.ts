/** Is the list of what listens whole? Where it is not, "nothing listens" would be a guess. */
import type { Gap } from '../model.ts';

/** What the gap is called that leaves the list incomplete. */
export const LISTENING = 'listening ports';

/** The same of the live connections. */
export const CONNECTIONS = 'live connections';

interface Read {
  readonly unread: readonly Pick<Gap, 'what'>[];
}

export const isListWhole = ({ unread }: Read): boolean => !unread.some(({ what }) => what === LISTENING);
export const areConnectionsWhole = ({ unread }: Read): boolean => !unread.some(({ what }) => what === CONNECTIONS);
