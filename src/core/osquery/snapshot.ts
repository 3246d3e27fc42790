/**
 * What osquery told of one computer, as a snapshot like any other: it can be kept, explained and judged again. Each table is
 * a transcript of the kind `collected`, a row a line: `osquery.listening_ports`. `osquery.partial` names, a line each, the
 * tables of which the log does not go back to the first result, or is of another day than what listens.
 */
import type { Platform, Snapshot, Transcript } from '../model.ts';
import { jsonLines } from '../machine/json-lines.ts';
import * as is from '../shape.ts';
import { find } from '../transcripts.ts';
import type { Logged } from './log.ts';
import { type Row, type Table, rowOf } from './tables.ts';

/** @param at ISO 8601, UTC, where osquery tells no time. @returns null where nothing tells of which system it is */
export function snapshotOf(logged: Logged, at: string): Snapshot | null {
  const platform = platformOf(logged);
  if (platform === null) return null;
  const takenAt = logged.time === null ? at : new Date(logged.time * 1000).toISOString();
  const transcript = (id: string, lines: readonly unknown[]): Transcript => ({
    id: `osquery.${id}`,
    kind: 'collected',
    argv: ['osquery', id],
    exit: 0,
    signal: null,
    stdout: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    stderr: '',
    startedAt: takenAt,
    ms: 0,
    failure: null,
  });
  const partial = [...logged.tables].filter(([, { whole }]) => !whole).map(([table]) => table);
  return {
    schema: 1,
    takenAt,
    platform,
    host: logged.host,
    uid: -1,
    redacted: false,
    transcripts: [
      ...[...logged.tables].map(([table, { rows }]) => transcript(table, rows)),
      transcript('partial', partial),
    ],
  };
}

/** Every snapshot that is made of osquery has this transcript. */
export const isOfOsquery = (snapshot: Snapshot): boolean => find(snapshot, 'osquery.partial') !== undefined;

/** The rows of a table; null: it was not logged. */
export function rowsOf(snapshot: Snapshot, table: Table): readonly Row[] | null {
  const transcript = find(snapshot, `osquery.${table}`);
  if (transcript === undefined) return null;
  return jsonLines(transcript.stdout, is.unknown)
    .items.map(rowOf)
    .filter((row) => row !== null);
}

/** Does what was logged of it go back to the first result, and is it of the same time as what listens? */
export const isWhole = (snapshot: Snapshot, table: Table): boolean =>
  !jsonLines(find(snapshot, 'osquery.partial')?.stdout ?? '', is.string).items.includes(table);

/** How a socket's family 6 is numbered: AF_INET6 is another number on each system. */
const FAMILY_6: Readonly<Record<string, Platform>> = { '10': 'linux', '23': 'win32', '30': 'darwin' };

/** By the system's own word, else by what only one system has. */
function platformOf({ tables }: Logged): Platform | null {
  const rows = (table: Table): readonly Row[] => tables.get(table)?.rows ?? [];
  for (const row of rows('os_version')) {
    const told = (row['platform'] ?? '').toLowerCase();
    if (told === 'windows') return 'win32';
    if (told === 'darwin' || told === 'macos') return 'darwin';
    if (told !== '' && told !== 'freebsd') return 'linux';
  }
  const signs = new Set<Platform>([
    ...rows('listening_ports').flatMap(({ family = '' }) => FAMILY_6[family] ?? []),
    ...rows('listening_ports').flatMap((row) =>
      /^[1-9]\d*$/.test(row['net_namespace'] ?? '') ? ['linux' as const] : [],
    ),
    ...(rows('windows_firewall_rules').length > 0 || rows('services').length > 0 ? ['win32' as const] : []),
    ...(rows('iptables').length > 0 || rows('process_namespaces').length > 0 ? ['linux' as const] : []),
  ]);
  const [only] = signs;
  return signs.size === 1 && only !== undefined ? only : null;
}
