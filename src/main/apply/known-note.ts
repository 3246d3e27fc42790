/** What became of a change, as far as this version knows it: the journal and its copies outlive the program. */
import type { Change } from '../../core/model.ts';
import { note } from '../../core/problem/notes.ts';

/** The change with its note as text alone, where what that means is not exactly of a known kind. */
export function withKnownNote(change: Change): Change {
  if (change.says === undefined || note.safeParse(change.says).success) return change;
  const { says: _, ...bare } = change;
  return bare;
}
