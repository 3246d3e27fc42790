/**
 * Rows of `netstat -anv -p tcp` and `-p udp` of macOS: every socket, with the process that holds it, told to everybody.
 *
 * Its columns changed; the head says which these are. Up to macOS 13: `(state) rhiwat shiwat pid epid state options`; then
 * with `rxbytes txbytes` before them, and since macOS 14 or so with `process:pid` in place of the two. The kernel's name of a
 * process may hold spaces, so a row is read from both ends. `tcp46` is a socket of IPv6 that takes IPv4 as well. The port
 * stands behind the last dot. Source: Apple, network_cmds, netstat.tproj/inet.c; outputs of macOS 10.15 to 26.
 */
import { parseAddress } from '../address.ts';
import type { Family, Protocol } from '../model.ts';
import type { Place } from './lsof.ts';

export interface NetstatRow {
  readonly protocol: Protocol;
  readonly family: Family;
  /** Only for family 6. */
  readonly v6only: boolean | null;
  readonly local: Place;
  /** null: it waits for others. */
  readonly remote: Place | null;
  /** null: nobody's, or not told. */
  readonly pid: number | null;
  /** The kernel's name, perhaps cut off; null: this version does not tell. */
  readonly command: string | null;
}

export interface NetstatRead {
  readonly rows: readonly NetstatRow[];
  /** Rows that were not understood. */
  readonly bad: number;
  /** There was a head that is known, and something below it: what was printed is a list. Every Mac has sockets of both. */
  readonly known: boolean;
}

interface Columns {
  readonly bytes: boolean;
  readonly named: boolean;
}

const ROW = /^((?:tcp|udp)(?:4|6|46))\s+\d+\s+\d+\s+(\S+)\s+(\S+)(?:\s+([A-Z][A-Z0-9_]*))?\s+(\d.*)$/;

export function parseMacNetstat(text: string): NetstatRead {
  const rows: NetstatRow[] = [];
  let bad = 0;
  let columns: Columns | null = null;
  let seen = false;
  const lines = text.split('\n');
  // A last line without an end is half a line.
  if ((lines.pop() ?? '') !== '') bad++;
  for (const line of lines) {
    if (/^Proto\s/.test(line)) columns = columnsOf(line);
    else if (/^(tcp|udp)/.test(line)) {
      seen = true;
      const row = columns === null ? null : rowOf(line, columns);
      if (row === null) bad++;
      else if (row !== 'passing') rows.push(row);
    } else if (!/^(\s*$|Active )/.test(line)) bad++;
  }
  return { rows, bad, known: columns !== null && seen };
}

function columnsOf(head: string): Columns | null {
  const words = head.split(/\s+/);
  const named = words.includes('process:pid');
  return named || words.includes('pid') ? { bytes: words.includes('rxbytes'), named } : null;
}

/** `passing`: it neither waits nor is connected. */
function rowOf(line: string, { bytes, named }: Columns): NetstatRow | 'passing' | null {
  const match = ROW.exec(line);
  if (match === null) return null;
  const [, kind = '', here = '', there = '', state, rest = ''] = match;
  const protocol = kind.startsWith('tcp') ? 'tcp' : 'udp';
  const family = kind.endsWith('6') ? 6 : 4;
  const owner = ownerOf(rest, bytes ? 4 : 2, named);
  if (owner === null) return null;
  const waits = there === '*.*';
  if (protocol === 'tcp' ? waits !== (state === 'LISTEN') : here.endsWith('.*')) {
    // A socket that was made, and not yet bound or connected, or is closed.
    return protocol === 'tcp' && state === undefined ? null : 'passing';
  }
  const local = placeOf(here, family);
  const remote = waits ? null : placeOf(there, family);
  if (local === null || (!waits && remote === null)) return null;
  return { protocol, family, v6only: family === 4 ? null : !kind.endsWith('46'), local, remote, ...owner };
}

/** Behind so many numbers: `node:4242 00100`, or `4242 0 0x0100`. */
function ownerOf(rest: string, numbers: number, named: boolean): Pick<NetstatRow, 'pid' | 'command'> | null {
  const behind = new RegExp(`^(?:\\d+\\s+){${numbers}}(.*)$`).exec(rest)?.[1];
  if (behind === undefined) return null;
  const match = named
    ? /^(.*):(\d{1,9})\s+(?:0x)?[0-9a-f]+(?:\s|$)/.exec(behind)
    : /^()(\d{1,9})\s+\d+\s+(?:0x)?[0-9a-f]+(?:\s|$)/.exec(behind);
  if (match === null) return null;
  const [, command = '', pid = ''] = match;
  return { pid: pid === '0' ? null : Number(pid), command: command === '' ? null : command };
}

/** `*.5353`, `127.0.0.1.3000`, `fe80::1%lo0.123`. */
function placeOf(text: string, family: Family): Place | null {
  const dot = text.lastIndexOf('.');
  const [at, digits] = [text.slice(0, dot), text.slice(dot + 1)];
  const port = Number(digits);
  if (dot < 1 || !/^\d{1,5}$/.test(digits) || port < 1 || port > 65535) return null;
  if (at === '*') return { address: family === 4 ? '0.0.0.0' : '::', device: null, port };
  const [address = '', device = null] = at.split('%', 2);
  const read = parseAddress(address);
  if (read === null) return null;
  // A connection over IPv4 of a socket that takes both.
  return read.family === family || (family === 6 && read.family === 4) ? { address, device, port } : null;
}
