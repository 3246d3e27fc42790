/** What Portcullis's own table holds: the doors of its file, unless the kernel's table holds something else. */
import { type GapHow, type GapWhat, gap } from '../../gaps/index.ts';
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
const EXACT: GapHow = { kind: 'exact' };
const LIST: GapWhat = { kind: 'nftables-list' };
const OWN_FILE: GapWhat = { kind: 'file', path: TABLE_PATH };

/** Gaps: what must be known before the table may be changed, and is not. */
export function readTable(snapshot: Snapshot): Reading<TableState> {
  const nft = find(snapshot, 'nft');
  const file = find(snapshot, TABLE_FILE);
  const gaps: Gap[] = [];
  const unread = gapOf(nft, LIST, EXACT);
  const entries = unread === null ? entriesOf(nft?.stdout ?? '') : null;
  if (unread !== null) gaps.push(unread);
  else if (entries === null)
    gaps.push(
      gap({ what: LIST, why: { kind: 'nonsense' }, how: { kind: 'command', command: 'sudo nft list ruleset' } }),
    );
  const missing = file === undefined || file.failure === 'missing';
  const hidden = missing ? null : gapOf(file, OWN_FILE, EXACT);
  if (hidden !== null) gaps.push(hidden);
  const doors = missing || hidden !== null ? [] : parseTable(file?.stdout ?? '');
  if (doors === null) {
    gaps.push(
      gap({ what: OWN_FILE, why: { kind: 'written-by-others' }, how: { kind: 'look-into', path: TABLE_PATH } }),
    );
  }
  // A flushed table comes back with the next change; one that holds something else is somebody's.
  const only = holdsOnly(entries ?? [], doors ?? []);
  if (only === false) {
    gaps.push(gap({ what: { kind: 'own-table' }, why: { kind: 'would-be-lost' }, how: { kind: 'own-table' } }));
  }
  return { value: { doors: doors ?? [], loaded: only !== null }, gaps };
}
