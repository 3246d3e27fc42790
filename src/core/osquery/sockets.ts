/** The rows of listening_ports -> listeners with their owners, as far as processes and services tell. */
import { formatAddress, parseAddress } from '../address.ts';
import { group } from '../listeners/group.ts';
import type { Listener, Owner, Snapshot, Socket } from '../model.ts';
import { isWhole, rowsOf } from './snapshot.ts';
import { type Row, numberIn } from './tables.ts';

export interface Listening {
  readonly listeners: readonly Listener[];
  /** What may be missing: the table itself, its beginning; `query`: what its query left out, which nothing tells. */
  readonly lacks: 'table' | 'start' | 'query';
  /** Rows that could not be understood. */
  readonly bad: number;
  /** Some are of containers, and nothing tells which. */
  readonly mixed: boolean;
  /** The programs behind them were logged. */
  readonly owners: boolean;
}

export function readListening(snapshot: Snapshot): Listening {
  const rows = rowsOf(snapshot, 'listening_ports');
  const inner = (rows ?? []).filter((row) => row['family'] !== '1' && (row['port'] ?? '') !== '0');
  const { here, mixed } = ownNamespace(inner, snapshot);
  const ownerOf = owners(snapshot);
  const held = here.map((row) => {
    const socket = socketOf(row);
    return socket === null ? null : { socket, owner: ownerOf(row) };
  });
  const good = held.filter((one) => one !== null);
  return {
    listeners: group(good),
    lacks: rows === null ? 'table' : isWhole(snapshot, 'listening_ports') ? 'query' : 'start',
    bad: held.length - good.length,
    mixed,
    owners: rowsOf(snapshot, 'processes') !== null,
  };
}

/**
 * osquery looks into every network namespace, and so lists what listens inside of containers, too. Those are not this
 * computer's ports. Which namespace is its own, process 1 tells.
 * Source: osquery, tables/networking/linux/process_open_sockets.cpp.
 */
function ownNamespace(
  rows: readonly Row[],
  snapshot: Snapshot,
): { readonly here: readonly Row[]; readonly mixed: boolean } {
  const of = (row: Row): string => /[1-9]\d*/.exec(row['net_namespace'] ?? '')?.[0] ?? '';
  const told = isWhole(snapshot, 'process_namespaces') ? (rowsOf(snapshot, 'process_namespaces') ?? []) : [];
  const first = [...told, ...rows].find((row) => row['pid'] === '1' && of(row) !== '');
  if (first === undefined) {
    const all = new Set(rows.map(of).filter((one) => one !== ''));
    return { here: rows, mixed: all.size > 1 };
  }
  const own = of(first);
  return { here: rows.filter((row) => of(row) === own || of(row) === ''), mixed: false };
}

/** IPPROTO_TCP and IPPROTO_UDP. Others (raw sockets, UDP-Lite) have no ports that are judged here. */
const PROTOCOLS: Readonly<Record<string, Socket['protocol']>> = { '6': 'tcp', '17': 'udp' };

/** null: not understood. An empty address is the wildcard. */
function socketOf(row: Row): Socket | null {
  const protocol = PROTOCOLS[row['protocol'] ?? ''];
  const port = numberIn(row['port']);
  const [bare = '', zone] = (row['address'] ?? '').split('%', 2);
  const six = /^(10|23|28|30)$/.test(row['family'] ?? '') || bare.includes(':');
  const read = parseAddress(bare === '' ? (six ? '::' : '0.0.0.0') : bare);
  if (protocol === undefined || port === null || port < 1 || port > 65_535 || read === null) return null;
  // IPv4 within IPv6: only IPv4 comes in there.
  const mapped = read.family === 6 && read.value >> 32n === 0xffffn;
  const address = mapped ? { family: 4 as const, value: read.value & 0xffffffffn } : read;
  const pid = numberIn(row['pid']);
  return {
    protocol,
    family: address.family,
    address: formatAddress(address),
    port,
    v6only: null,
    device: zone === undefined || zone === '' ? null : zone,
    inode: null,
    uid: null,
    cgroup: null,
    pid: pid !== null && pid > 0 ? pid : null,
  };
}

function owners(snapshot: Snapshot): (row: Row) => Owner {
  const programs = new Map((rowsOf(snapshot, 'processes') ?? []).map((row) => [row['pid'] ?? '', row]));
  const services = new Map<string, string[]>();
  for (const { pid = '', name = '' } of rowsOf(snapshot, 'services') ?? []) {
    if (pid !== '' && pid !== '0' && name !== '') services.set(pid, [...(services.get(pid) ?? []), name]);
  }
  return (row) => {
    const { pid = '' } = row;
    const known = programs.get(pid) ?? row;
    // A row of ports that was joined with its program has the program's name, and `path` is a socket's.
    const path = known === row ? null : filled(known['path']);
    const program = filled(known['name']) ?? filled(row['process_name']) ?? lastPart(path);
    const [service, ...others] = services.get(pid) ?? [];
    const number = numberIn(pid);
    return {
      pid: number !== null && number > 0 ? number : null,
      program: program === null ? null : program.replace(/\.exe$/i, ''),
      path,
      commandLine: filled(known['cmdline']),
      unit: service !== undefined && others.length === 0 ? service : null,
      container: null,
      user: known === row ? null : filled(known['uid']),
      complete: path !== null,
    };
  };
}

const filled = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

const lastPart = (path: string | null): string | null => (path === null ? null : filled(path.split(/[\\/]/).at(-1)));
