/** Is the list of what listens whole? Where it is not, "nothing listens" would be a guess. */
import type { Gap } from '../model.ts';

interface Read {
  readonly unread: readonly Pick<Gap, 'means'>[];
}

const lacks = ({ unread }: Read, kind: 'listening' | 'connections'): boolean =>
  unread.some(({ means }) => means.what.kind === kind);

export const isListWhole = (read: Read): boolean => !lacks(read, 'listening');

/** The same of what the system itself lists: a guest that listens at its addresses is no program of it. */
export const isOwnListWhole = ({ unread }: Read): boolean =>
  unread.every(({ means: { what, why } }) => what.kind !== 'listening' || why.kind === 'within-wsl');

export const areConnectionsWhole = (read: Read): boolean => !lacks(read, 'connections');
