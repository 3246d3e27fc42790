/** What Portcullis's own table holds: the doors of its file, unless the kernel's table holds something else. */
import type { Gap, Reading, Snapshot } from '../../model.ts';
import { find, gapOf } from '../../transcripts.ts';
import { type Door, parseTable, TABLE_PATH } from './door.ts';
import { entriesOf, holdsOnly } from './listing.ts';

export interface TableState {
  readonly doors: readonly Door[];
  /** The kernel has the table; without it nothing of the file holds, and the next change loads all of it. */
  readonly loaded: boolean;
}

export const TABLE_FILE = `file:${TABLE_PATH}`;
const EXACT = 'portcullis scan --exact';

/** Gaps: what must be known before the table may be changed, and is not. */
export function readTable(snapshot: Snapshot): Reading<TableState> {
  const nft = find(snapshot, 'nft');
  const file = find(snapshot, TABLE_FILE);
  const gaps: Gap[] = [];
  const unread = gapOf(nft, 'nftables’ rules', EXACT);
  const entries = unread === null ? entriesOf(nft?.stdout ?? '') : null;
  if (unread !== null) gaps.push(unread);
  else if (entries === null) gaps.push({ what: 'nftables’ rules', why: 'they make no sense', how: 'nft list ruleset' });
  const missing = file === undefined || file.failure === 'missing';
  const hidden = missing ? null : gapOf(file, TABLE_PATH, EXACT);
  if (hidden !== null) gaps.push(hidden);
  const doors = missing || hidden !== null ? [] : parseTable(file?.stdout ?? '');
  if (doors === null) {
    gaps.push({ what: TABLE_PATH, why: 'it holds what Portcullis did not write', how: `Look at ${TABLE_PATH}` });
  }
  // A flushed table comes back with the next change; one that holds something else is somebody's.
  const only = holdsOnly(entries ?? [], doors ?? []);
  if (only === false) {
    gaps.push({
      what: 'the kernel’s table inet portcullis',
      why: 'it is not what Portcullis’s file says, so it would be lost with a change',
      how: 'If a change was interrupted: portcullis undo. A rule that you added there belongs in a table of your own: sudo nft list table inet portcullis',
    });
  }
  return { value: { doors: doors ?? [], loaded: only !== null }, gaps };
}
