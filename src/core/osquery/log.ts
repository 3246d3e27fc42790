/**
 * What osquery printed or logged -> the last state of each table, for each computer in it.
 *
 * Three formats, told apart by what is in them (docs/wiki/deployment/logging.md of osquery):
 *
 * - the daemon's log, a JSON object a line, with `name`, `hostIdentifier` (older: `hostname`), `unixTime`, `epoch`, `counter`
 *   and one of: `action` = `snapshot` with `snapshot`, a list of rows; `action` = `added` or `removed` with `columns`, one
 *   row; `diffResults` with the lists `added` and `removed`. The same objects in one list are read alike.
 * - `osqueryi --json`: a list of rows of one table.
 * - an object with such a list for each table, by the table's name.
 *
 * Changes are added up from the first result of an epoch, whose `counter` is 0. Where the log begins later, or takes away
 * what was never there, what results is not whole, and that is said.
 */
import { type Row, type Table, TABLES, numberIn, rowOf, tableOf } from './tables.ts';

interface Held {
  readonly rows: readonly Row[];
  /** False: the log does not go back to the first result, or the last one is of another time than what listens. */
  readonly whole: boolean;
}

export interface Logged {
  readonly host: string;
  /** Seconds since 1970, of the last result of what listens, else of the last one; null: not told. */
  readonly time: number | null;
  readonly tables: ReadonlyMap<Table, Held>;
}

export interface Reading {
  /** In the order in which they first appear. */
  readonly hosts: readonly Logged[];
  /** Lines that are none of osquery's. */
  readonly strange: number;
}

/** @param name what to call the computer where nothing tells. @returns null where nothing in it is of osquery. Never throws. */
export function readLog(text: string, name: string): Reading | null {
  const start = /\S/.exec(text)?.[0];
  if (start !== '[' && start !== '{') return null;
  const hosts = new Map<string, Host>();
  let strange = 0;
  let known = 0;
  const take = (value: unknown): void => {
    if (takeResult(value, hosts)) known++;
    else strange++;
  };
  const whole = tryJson(text);
  if (Array.isArray(whole)) {
    if (whole.every((one) => !isResult(one))) return fromTables([['', whole]], name);
    whole.forEach(take);
  } else if (whole !== undefined && !isResult(whole)) {
    return typeof whole === 'object' && whole !== null ? fromTables(Object.entries(whole), name) : null;
  } else if (whole === undefined) {
    for (const line of text.split('\n')) if (line.trim() !== '') take(tryJson(line));
  } else {
    take(whole);
  }
  if (known === 0) return null;
  return { hosts: [...hosts.entries()].map(([host, one]) => logged(host, one)), strange };
}

/** One query's results on one computer. */
interface Query {
  readonly rows: Map<string, Row>;
  whole: boolean;
  epoch: string;
  counter: number;
  time: number;
  table: Table | null;
}

type Host = Map<string, Query>;

/** Seconds. What was logged longer before or after what listens tells nothing about then. */
const DAY = 86_400;

/** Times beyond the year 2100 are none. */
const LATEST = 4_102_444_800;

interface Result {
  readonly name: string;
  readonly host: string;
  readonly time: number;
  readonly epoch: string;
  /** null: not told, as by old versions. */
  readonly counter: number | null;
  readonly snapshot: readonly unknown[] | null;
  readonly added: readonly unknown[];
  readonly removed: readonly unknown[];
}

const isResult = (value: unknown): boolean => resultOf(value) !== null;

function resultOf(value: unknown): Result | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const of = (key: string): unknown =>
    Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  const text = (key: string): string | null => {
    const held = of(key);
    return typeof held === 'string' || typeof held === 'number' ? String(held) : null;
  };
  const [name, host] = [text('name'), text('hostIdentifier') ?? text('hostname')];
  if (name === null || host === null || host === '') return null;
  const seconds = numberIn(text('unixTime') ?? undefined);
  const time = seconds !== null && seconds > 0 && seconds < LATEST ? seconds : 0;
  const counter = numberIn(text('counter') ?? undefined);
  const from = { name, host, time, epoch: text('epoch') ?? '', counter };
  const [action, snapshot, columns, diff] = [of('action'), of('snapshot'), of('columns'), of('diffResults')];
  if (action === 'snapshot' && Array.isArray(snapshot)) return { ...from, snapshot, added: [], removed: [] };
  if (action === 'added' && columns !== undefined) return { ...from, snapshot: null, added: [columns], removed: [] };
  if (action === 'removed' && columns !== undefined) return { ...from, snapshot: null, added: [], removed: [columns] };
  if (typeof diff !== 'object' || diff === null) return null;
  const { added, removed } = diff as { readonly added?: unknown; readonly removed?: unknown };
  return { ...from, snapshot: null, added: listOf(added), removed: listOf(removed) };
}

/** A list of nothing is written as an empty text. */
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function takeResult(value: unknown, hosts: Map<string, Host>): boolean {
  const result = resultOf(value);
  if (result === null) return false;
  const host: Host = hosts.get(result.host) ?? new Map<string, Query>();
  hosts.set(result.host, host);
  const query = host.get(result.name) ?? newQuery(result);
  host.set(result.name, query);
  if (result.snapshot === null) takeChanges(result, query);
  else if (result.time >= query.time) takeSnapshot(result, result.snapshot, query);
  return true;
}

const newQuery = ({ epoch, counter }: Result): Query => ({
  rows: new Map(),
  // The first result of all holds everything.
  whole: counter === 0,
  epoch,
  counter: counter ?? -1,
  time: 0,
  table: null,
});

function takeSnapshot({ name, time }: Result, rows: readonly unknown[], query: Query): void {
  query.rows.clear();
  query.whole = addRows(rows, query);
  query.time = time;
  query.table = tableOf(name, query.rows.values().next().value);
}

function takeChanges({ name, time, epoch, counter, added, removed }: Result, query: Query): void {
  const anew = epoch !== query.epoch || (counter === 0 && query.counter > 0);
  if (anew) {
    query.rows.clear();
    query.whole = counter === 0;
    query.epoch = epoch;
  } else if (counter === null || counter < query.counter) {
    query.whole = false;
  }
  query.counter = counter ?? -1;
  for (const one of removed) {
    const row = rowOf(one);
    if (row === null || !query.rows.delete(keyOf(row))) query.whole = false;
  }
  if (!addRows(added, query)) query.whole = false;
  query.time = Math.max(query.time, time);
  query.table ??= tableOf(name, query.rows.values().next().value ?? rowOf(removed[0]) ?? undefined);
}

/** @returns whether all of them were rows */
function addRows(rows: readonly unknown[], query: Query): boolean {
  let all = true;
  for (const one of rows) {
    const row = rowOf(one);
    if (row === null) all = false;
    else query.rows.set(keyOf(row), row);
  }
  return all;
}

/** The same for the same row, in whatever order its columns are written. */
const keyOf = (row: Row): string => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

function logged(host: string, queries: Host): Logged {
  const tables = new Map<Table, Held>();
  const all = [...queries.values()];
  const newest = (some: readonly Query[]): number => some.reduce((last, { time }) => Math.max(last, time), 0);
  const listening = newest(all.filter(({ table }) => table === 'listening_ports'));
  const last = newest(all);
  for (const { table, rows, whole, time } of all) {
    if (table === null) continue;
    const fresh = table === 'listening_ports' || Math.abs(listening - time) <= DAY;
    const known = tables.get(table);
    // Several queries of one table may each leave something out.
    const unique = new Map([...(known?.rows ?? []), ...rows.values()].map((row) => [keyOf(row), row]));
    tables.set(table, { rows: [...unique.values()], whole: whole && fresh && (known?.whole ?? true) });
  }
  const time = listening > 0 ? listening : last;
  return { host, time: time > 0 ? time : null, tables };
}

/** Lists of rows without a log around them: one computer. */
function fromTables(lists: readonly (readonly [string, unknown])[], name: string): Reading | null {
  const tables = new Map<Table, Held>();
  for (const [called, list] of lists) {
    if (!Array.isArray(list)) continue;
    const rows = list.map(rowOf);
    const good = rows.filter((row) => row !== null);
    const table = tableOf(called, good[0]);
    if (table !== null) tables.set(table, { rows: good, whole: good.length === rows.length });
  }
  const told = tables.get('system_info')?.rows[0]?.['hostname'];
  return tables.size === 0
    ? null
    : { hosts: [{ host: told === undefined || told === '' ? name : told, time: null, tables }], strange: 0 };
}

/** Lists of rows from several files, each the output of one `osqueryi --json`: one text that `readLog` reads. */
export const joinTables = (lists: readonly (readonly [file: string, text: string])[]): string =>
  JSON.stringify(
    Object.fromEntries(
      lists.map(([file, text]) => [TABLES.find((table) => file === `${table}.json`) ?? file, tryJson(text)]),
    ),
  );

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
