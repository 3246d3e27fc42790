/**
 * What `gather` collected through node-netstat where `ss` is missing.
 *
 * node-netstat gives null for the wildcard address (its README calls it loopback: it is the most exposed of all), so the
 * family comes from the protocol. It says nothing about v6-only, devices, inodes and cgroups.
 */
import ipaddr from 'ipaddr.js';
import * as is from '../shape.ts';
import type { Family, Protocol, Socket } from '../model.ts';
import { jsonLines } from '../machine/json-lines.ts';

const endSchema = is.object({ address: is.nullable(is.string), port: is.nullable(is.number) });
const rowSchema = is.object({
  protocol: is.oneOf('tcp', 'tcp6', 'udp', 'udp6'),
  local: endSchema,
  remote: endSchema,
  state: is.nullable(is.string),
  /** 0: not told. */
  pid: is.int(0),
});
/** A line of netstat's that node-netstat made nothing of. */
const unreadSchema = is.object({ unread: is.string });

interface NetstatRow {
  readonly listening: boolean;
  readonly socket: Socket;
  readonly remote: { readonly address: string; readonly port: number } | null;
}

export function parseNetstat(text: string): { readonly rows: readonly NetstatRow[]; readonly bad: number } {
  const { items, bad } = jsonLines(text, is.either(rowSchema, unreadSchema));
  const rows: NetstatRow[] = [];
  let unread = bad;
  for (const item of items) {
    const row = 'unread' in item ? null : rowOf(item);
    if (row === null) unread++;
    else if (row !== 'passing') rows.push(row);
  }
  return { rows, bad: unread };
}

/** Any other word is one that was garbled or translated, and might have been LISTEN. net-tools, netstat.c `tcp_state`. */
const PASSING: ReadonlySet<string> = new Set([
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'CLOSING',
]);

/** null: not understood. `passing`: a connection that is being made or ended. */
function rowOf(item: is.Output<typeof rowSchema>): NetstatRow | 'passing' | null {
  const family: Family = item.protocol.endsWith('6') ? 6 : 4;
  const protocol: Protocol = item.protocol.startsWith('tcp') ? 'tcp' : 'udp';
  const local = plain(item.local.address, family);
  const { port } = item.local;
  if (local === null || port === null || !Number.isInteger(port) || port < 1 || port > 65535) return null;
  const remote = plain(item.remote.address, family);
  // Connected UDP has a peer; TCP in LISTEN has none.
  const listening = protocol === 'tcp' ? item.state === 'LISTEN' : item.remote.port === null;
  if (protocol === 'tcp' && !listening && item.state !== 'ESTABLISHED')
    return PASSING.has(item.state ?? '') ? 'passing' : null;
  const socket: Socket = {
    protocol,
    family: local.family,
    address: local.address,
    port,
    v6only: null,
    device: null,
    inode: null,
    uid: null,
    cgroup: null,
    pid: item.pid === 0 ? null : item.pid,
  };
  const peer =
    remote === null || item.remote.port === null ? null : { address: remote.address, port: item.remote.port };
  return { listening, socket, remote: listening ? null : peer };
}

function plain(address: string | null, family: Family): { readonly address: string; readonly family: Family } | null {
  if (address === null) return { address: family === 4 ? '0.0.0.0' : '::', family };
  // netstat prints IPv4 in IPv6 clothes without its clothes: `tcp6  127.0.0.1:3001`.
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return { address, family: 4 };
  return family === 6 && ipaddr.IPv6.isValid(address) ? { address: address.toLowerCase(), family: 6 } : null;
}
