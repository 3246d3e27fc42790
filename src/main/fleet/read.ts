/** Files -> snapshots -> what each machine adds to a fleet. A file that is damaged or hostile is told of, never fatal. */
import { promises as fs } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Machine, type Unread, machineOf } from '../../core/fleet/index.ts';
import type { Snapshot } from '../../core/model.ts';
import { joinTables, readLog, snapshotOf } from '../../core/osquery/index.ts';
import { ProblemError } from '../../core/problem.ts';
import { inEnglish } from '../../core/problem-words/index.ts';
import { makeReport } from '../../core/report.ts';
import { parseSnapshot } from '../../core/snapshot.ts';
import { visible } from '../../core/visible.ts';
import { type Unit, nameAfter } from './files.ts';

/** More than any machine prints, and any log of a day; a larger file is something else. Bytes, also of what is unpacked. */
const LARGEST = 256 * 1024 * 1024;

/** Why a file gave nothing, in English, to stand after its name and a colon. */
class Unreadable extends Error {}

const REFUSED: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link that leads nowhere',
};

interface Found {
  readonly snapshot: Snapshot;
  /** As a machine of a fleet is told by. */
  readonly from: string;
}

export interface Snapshots {
  readonly found: readonly Found[];
  readonly unread: readonly Unread[];
}

/** All machines in one file, or in the tables of one folder. Never throws for what is in them. */
export async function snapshotsIn(unit: Unit, largest = LARGEST): Promise<Snapshots> {
  const failed = (why: string): Snapshots => ({ found: [], unread: [{ from: unit.from, why }] });
  if (unit.leftOut !== undefined) return failed(unit.leftOut);
  try {
    const texts = [];
    for (const file of unit.files) texts.push([basename(file), await textOf(file, largest, unit.named)] as const);
    const [first] = texts;
    if (first === undefined) return failed('it is empty');
    const text = texts.length === 1 ? first[1] : joinTables(texts);
    return isSnapshot(text) ? whole(text, unit) : await ofOsquery(text, unit);
  } catch (error) {
    if (error instanceof Unreadable) return failed(error.message);
    if (error instanceof ProblemError) return failed(withoutName(inEnglish(error).message, unit));
    throw error;
  }
}

/** What the machines of one file add to a fleet. @param kept as in `ReportOptions` */
export async function machinesIn(
  unit: Unit,
  kept: ReadonlySet<string>,
  largest = LARGEST,
): Promise<{ readonly machines: readonly Machine[]; readonly unread: readonly Unread[] }> {
  const { found, unread } = await snapshotsIn(unit, largest);
  const machines = found.map(({ snapshot, from }) =>
    machineOf(makeReport(snapshot, { kept }), { host: snapshot.host, from }),
  );
  return { machines, unread };
}

/** What `portcullis snapshot` wrote has this near its beginning, and osquery's output has not. */
const isSnapshot = (text: string): boolean => /"(?:schema|transcripts)"\s*:/.test(text.slice(0, 500));

const whole = (text: string, { from }: Unit): Snapshots => ({
  found: [{ snapshot: parseSnapshot(text, visible(from)), from }],
  unread: [],
});

async function ofOsquery(text: string, unit: Unit): Promise<Snapshots> {
  const read = readLog(text, nameAfter(unit));
  // Perhaps a snapshot that somebody wrote anew, with its fields in another order.
  if (read === null) return whole(text, unit);
  const at = (await fs.stat(unit.files[0] ?? unit.from)).mtime.toISOString();
  const several = read.hosts.length > 1;
  const found: Found[] = [];
  const unread: Unread[] = [];
  for (const logged of read.hosts) {
    const from = several ? `${unit.from}#${logged.host}` : unit.from;
    const snapshot = snapshotOf(logged, at);
    if (snapshot === null)
      unread.push({ from, why: 'osquery does not say of which system it is: add the table os_version' });
    else if (!logged.tables.has('listening_ports'))
      unread.push({ from, why: 'what listens is not in it: add the table listening_ports' });
    else found.push({ snapshot, from });
  }
  if (read.strange > 0)
    unread.push({ from: unit.from, why: `${read.strange} of its lines are not osquery’s, or only a part of one` });
  return { found, unread };
}

/** @param named a person named it, so it may be a pipe */
async function textOf(file: string, largest: number, named: boolean): Promise<string> {
  let bytes: Buffer;
  try {
    const stat = await fs.stat(file);
    // A pipe may never end, and has no size that would say so.
    if (stat.isDirectory()) throw new Unreadable('it is a folder');
    if (!stat.isFile() && !named) throw new Unreadable('it is not a file');
    if (stat.size > largest) throw new Unreadable('it is larger than any snapshot');
    bytes = await fs.readFile(file);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new Unreadable(REFUSED[code] ?? message);
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return (await promisify(gunzip)(bytes, { maxOutputLength: largest })).toString('utf8');
  } catch (error) {
    const large = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new Unreadable(large ? 'unpacked it is larger than any snapshot' : 'it is packed, and damaged');
  }
}

/** `x.json is not JSON, or only a part of it.` -> `it is not JSON, or only a part of it`. */
function withoutName(message: string, { from }: Unit): string {
  const name = visible(from);
  return (message.startsWith(`${name} `) ? `it ${message.slice(name.length + 1)}` : message).replace(/\.$/, '');
}
