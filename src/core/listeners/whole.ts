/** Is the list of what listens whole? Where it is not, "nothing listens" would be a guess. */
import type { Gap } from '../model.ts';

interface Read {
  readonly unread: readonly Pick<Gap, 'means'>[];
}

const lacks = ({ unread }: Read, kind: 'listening' | 'connections'): boolean =>
  unread.some(({ means }) => means.what.kind === kind);

export const isListWhole = (read: Read): boolean => !lacks(read, 'listening');
export const areConnectionsWhole = (read: Read): boolean => !lacks(read, 'connections');
