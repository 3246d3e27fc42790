/**
 * The tables of osquery that are read, and how a result is told to be one of them. A result carries the name that a person
 * gave to its query, not its table; the columns tell more.
 *
 * Columns: osquery's specs/*.table (listening_ports, processes, interface_addresses, os_version, system_info,
 * posix/system_controls, windows/services, windows/windows_firewall_rules, linux/iptables, linux/process_namespaces). All
 * values are text; with `--logger_numerics` numbers are numbers.
 */
import * as is from '../shape.ts';

export type Row = Readonly<Record<string, string>>;

/** With the columns that no other table has together. In this order: a join of ports with programs is one of ports. */
const COLUMNS = {
  listening_ports: ['port', 'protocol', 'address'],
  interface_addresses: ['interface', 'address', 'mask'],
  process_namespaces: ['pid', 'net_namespace', 'mnt_namespace'],
  services: ['name', 'start_type', 'status', 'pid'],
  windows_firewall_rules: ['app_name', 'action', 'direction'],
  iptables: ['filter_name', 'chain', 'target'],
  system_controls: ['name', 'current_value'],
  os_version: ['name', 'version', 'platform'],
  system_info: ['hostname', 'uuid'],
  processes: ['pid', 'name', 'path'],
} as const;

export type Table = keyof typeof COLUMNS;

export const TABLES = Object.keys(COLUMNS) as readonly Table[];

const NAMED = new RegExp(`(?:^|[^a-z])(${TABLES.join('|')})$`);

/** @param name of the query: `pack_portcullis_listening_ports`; @param row one of its rows, if it has any */
export function tableOf(name: string, row: Row | undefined): Table | null {
  const named = NAMED.exec(name.toLowerCase())?.[1] as Table | undefined;
  if (row === undefined) return named ?? null;
  const fits = (table: Table): boolean => COLUMNS[table].every((column) => Object.hasOwn(row, column));
  return named !== undefined && fits(named) ? named : (TABLES.find(fits) ?? null);
}

const cell = is.either(is.string, is.number);

/** null: it is no row. Columns that hold neither text nor a number are left out. */
export function rowOf(value: unknown): Row | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const row: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [column, held] of Object.entries(value)) {
    const parsed = cell.safeParse(held);
    if (parsed.success) row[column] = String(parsed.data);
  }
  return row;
}

/** A whole number as osquery writes it; null: it is none. */
export const numberIn = (text: string | undefined): number | null =>
  text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : null;
