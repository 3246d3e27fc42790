/** What the machine will print after a service was stopped: its units, and what listens no more. */
import { readListeners } from '../listeners/index.ts';
import type { Operation, Snapshot } from '../model.ts';
import { problem, type Unforeseen, unread } from '../problem.ts';
import { find, withOutput } from '../transcripts.ts';
import { printAs, readUnits, type Unit, UNITS } from './units.ts';

type ServiceOperation = Operation & { readonly kind: 'service-stop' | 'service-start' };

const unclear = (why: Unforeseen) => problem('unsupported', { kind: 'unforeseen', of: 'services', why });

/** What stops when this unit stops, itself first: what needs it, and what needs that. */
export function stopsWith(units: ReadonlyMap<string, Unit>, id: string): readonly string[] {
  const found = new Set([id]);
  // A set may grow while it is walked.
  for (const one of found) {
    for (const other of units.get(one)?.neededBy ?? []) if (units.get(other)?.active === true) found.add(other);
  }
  return [...found];
}

/** One operation further. Throws a ProblemError where its effect cannot be foreseen. */
export function predictServices(snapshot: Snapshot, operation: ServiceOperation): Snapshot {
  const { value: units, gaps } = readUnits(snapshot);
  const unit = units.get(operation.unit);
  if (gaps[0] !== undefined) throw unclear(unread(gaps[0]));
  if (unit === undefined) throw unclear({ is: 'no-unit', unit: operation.unit });
  const stops = operation.kind === 'service-stop';
  const file = operation.boot ? (stops ? 'disabled' : 'enabled') : unit.file;
  const changed = stops ? stopsWith(units, unit.id) : [unit.id];
  const listed = find(snapshot, UNITS);
  const text = changed.reduce(
    (stdout, id) => printAs(stdout, id, { active: !stops, file: id === unit.id ? file : (units.get(id)?.file ?? '') }),
    listed?.stdout ?? '',
  );
  const printed = withOutput(snapshot, UNITS, listed?.argv ?? [], text);
  // What a service will listen on once it runs is known to nobody before.
  return stops ? withoutSockets(printed, new Set(changed)) : printed;
}

function withoutSockets(snapshot: Snapshot, stopped: ReadonlySet<string>): Snapshot {
  const gone = readListeners(snapshot)
    .value.filter(({ owner }) => owner.unit !== null && stopped.has(owner.unit))
    .flatMap(({ sockets }) => sockets.map(({ inode }) => inode));
  return withoutInodes(snapshot, gone);
}

/** The sockets with these inodes listen no more. */
function withoutInodes(snapshot: Snapshot, gone: readonly (number | null)[]): Snapshot {
  if (gone.length === 0) return snapshot;
  const inodes = new Set(gone);
  const listening = find(snapshot, 'ss.listening');
  if (inodes.has(null) || listening === undefined || listening.failure !== null) {
    throw unclear({ is: 'sockets' });
  }
  const kept = listening.stdout.split(/(?<=\n)/).filter((line) => !inodes.has(inodeOf(line)));
  return withOutput(snapshot, 'ss.listening', listening.argv, kept.join(''));
}

const inodeOf = (line: string): number => Number(/ ino:(\d+) /.exec(line)?.[1] ?? Number.NaN);

/** A program was ended. */
export const predictEnd = (snapshot: Snapshot, { inodes }: Operation & { readonly kind: 'program-end' }): Snapshot =>
  withoutInodes(snapshot, inodes);
