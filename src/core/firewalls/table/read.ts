/** What Portcullis's own table holds: the doors of its file, and whether the kernel has the table. */
import type { Gap, Reading, Snapshot } from '../../model.ts';
import { find, gapOf } from '../../transcripts.ts';
import { type Door, parseTable, TABLE_PATH } from './door.ts';
import { entriesOf, isOurs } from './listing.ts';

export interface TableState {
  readonly doors: readonly Door[];
  /** The kernel has a table of that name. */
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
  const loaded = entries?.some(isOurs) ?? false;
  const missing = file === undefined || file.failure === 'missing';
  const hidden = missing ? null : gapOf(file, TABLE_PATH, EXACT);
  if (hidden !== null) gaps.push(hidden);
  const doors = missing || hidden !== null ? [] : parseTable(file?.stdout ?? '');
  if (doors === null) {
    gaps.push({ what: TABLE_PATH, why: 'it holds what Portcullis did not write', how: `Look at ${TABLE_PATH}` });
  }
  return { value: { doors: doors ?? [], loaded }, gaps };
}
