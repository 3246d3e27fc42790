/** What the machine will print after operations on Portcullis's own table: its file, and `nft -j list ruleset`. */
import type { Operation, Snapshot } from '../../model.ts';
import { problem, type Unforeseen, unread } from '../../problem.ts';
import { find, withOutput } from '../../transcripts.ts';
import { type Door, printTable, TABLE_PATH } from './door.ts';
import { entriesOf, isOurs, tableEntries } from './listing.ts';
import { readTable, TABLE_FILE } from './read.ts';

type TableOperation = Operation & { readonly kind: 'table-close' | 'table-open' };

const unclear = (why: Unforeseen) => problem('unsupported', { kind: 'unforeseen', of: 'own-table', why });

export const sameDoor = (a: Door, b: Door): boolean =>
  a.protocol === b.protocol && a.port === b.port && a.except.join(' ') === b.except.join(' ');

const doorOf = ({ protocol, port, except }: TableOperation): Door => ({ protocol, port, except });

/** The doors after an operation; null where it would do nothing. */
function editDoors(doors: readonly Door[], operation: TableOperation): readonly Door[] | null {
  const door = doorOf(operation);
  const held = doors.some((one) => sameDoor(one, door));
  if (operation.kind === 'table-close') return held ? null : [...doors, door];
  return held ? doors.filter((one) => !sameDoor(one, door)) : null;
}

function withDoors(snapshot: Snapshot, doors: readonly Door[]): Snapshot {
  const others = entriesOf(find(snapshot, 'nft')?.stdout ?? '')?.filter((entry) => !isOurs(entry)) ?? [];
  const entries = [...others, ...(doors.length === 0 ? [] : tableEntries(doors))];
  const printed = withOutput(snapshot, 'nft', ['nft', '-j', 'list', 'ruleset'], JSON.stringify({ nftables: entries }));
  const text = printTable(doors);
  if (text !== null) return withOutput(printed, TABLE_FILE, ['read', TABLE_PATH], text);
  return { ...printed, transcripts: printed.transcripts.filter(({ id }) => id !== TABLE_FILE) };
}

/** One operation further. Throws a ProblemError where it would do nothing, or its effect cannot be foreseen. */
export function predictTable(snapshot: Snapshot, operation: TableOperation): Snapshot {
  const { value, gaps } = readTable(snapshot);
  if (gaps[0] !== undefined) throw unclear(unread(gaps[0]));
  const doors = editDoors(value.doors, operation);
  if (doors === null) throw unclear({ is: 'no-effect' });
  return withDoors(snapshot, doors);
}
