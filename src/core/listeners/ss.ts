/**
 * Rows of `ss -H -tuneO`, as iproute2 5.4 to 6.x print them (misc/ss.c, `inet_show_sock`).
 *
 * The process that ss names (`users:(("…",pid=…))`) is never asked for and never read: a process chooses its own name,
 * so a name can hold anything, another pid too. A cgroup's path is chosen by whoever may make cgroups: it stands last,
 * nothing that comes after it is taken from inside it.
 */
import ipaddr from 'ipaddr.js';
import type { Family, Protocol, Socket } from '../model.ts';
import { wholeLines } from '../machine/json-lines.ts';

export interface SsRow {
  readonly protocol: Protocol;
  readonly state: 'listening' | 'established';
  readonly local: Endpoint;
  readonly peer: Endpoint;
  readonly v6only: boolean | null;
  readonly inode: number | null;
  readonly uid: number | null;
  readonly cgroup: string | null;
}

interface Endpoint {
  readonly family: Family;
  readonly address: string;
  readonly device: string | null;
  /** null for `*`. */
  readonly port: number | null;
}

const ROW = /^(tcp|udp)\s+(LISTEN|UNCONN|ESTAB)\s+\d+\s+\d+\s+(\S+)\s+(\S+)(?:\s+(.*))?$/;

/** The rows, and how many lines are none: an unfinished last line is one of those. */
export function parseSs(text: string): { readonly rows: readonly SsRow[]; readonly bad: number } {
  const rows: SsRow[] = [];
  let bad = text === '' || text.endsWith('\n') ? 0 : 1;
  for (const line of wholeLines(text)) {
    const row = parseRow(line);
    if (row === null) bad++;
    else rows.push(row);
  }
  return { rows, bad };
}

function parseRow(line: string): SsRow | null {
  const match = ROW.exec(line);
  if (match === null) return null;
  const [, protocol, state, localText = '', peerText = '', rest = ''] = match;
  const local = parseEndpoint(localText);
  const peer = parseEndpoint(peerText);
  if (local === null || local.port === null || peer === null) return null;
  const cut = rest.indexOf('cgroup:');
  const before = cut < 0 ? rest : rest.slice(0, cut);
  const inode = numberAfter('ino:', before);
  // Without -e there is no inode, and then no uid would mean "unknown", not "root".
  const details = inode !== null;
  const { cgroup, v6only } = tail(cut < 0 ? rest : rest.slice(cut), cut >= 0, local.family);
  return {
    protocol: protocol === 'tcp' ? 'tcp' : 'udp',
    state: state === 'ESTAB' ? 'established' : 'listening',
    local,
    peer,
    // `*` is what ss prints for a wildcard that takes both families.
    v6only: local.family === 4 ? null : (v6only ?? (localText.startsWith('*') ? false : null)),
    inode: inode === 0 ? null : inode,
    uid: details ? (numberAfter('uid:', before) ?? 0) : null,
    cgroup,
  };
}

/** `cgroup:/a v6only:1 <->`: what ss appends is cut from the end, so that a path cannot pass for it. */
function tail(
  text: string,
  hasCgroup: boolean,
  family: Family,
): { readonly cgroup: string | null; readonly v6only: boolean | null } {
  let left = text.trimEnd().replace(/ ?[<-]-[->]$/, '');
  let v6only: boolean | null = null;
  const flag = family === 6 ? / ?v6only:([01])$/.exec(left) : null;
  if (flag !== null) {
    v6only = flag[1] === '1';
    left = left.slice(0, flag.index);
  }
  const path = hasCgroup ? left.slice('cgroup:'.length) : '';
  // `unreachable:…` is a cgroup outside of what can be seen from here.
  return { cgroup: path.startsWith('/') ? path : null, v6only };
}

function numberAfter(word: string, text: string): number | null {
  for (const token of text.split(' ')) {
    if (token.startsWith(word)) {
      const value = token.slice(word.length);
      return /^\d{1,15}$/.test(value) ? Number(value) : null;
    }
  }
  return null;
}

/** `0.0.0.0%wlan0:3000`, `[fe80::1]%wlan0:3000`, `*:3000`, `[::]:*`. An IPv4 address in IPv6 clothes is IPv4. */
function parseEndpoint(text: string): Endpoint | null {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^[\]%:]+))(?:%([^%\]]+))?:(\d{1,5}|\*)$/.exec(text);
  if (match === null) return null;
  const [, six, other = '', device = null, portText = ''] = match;
  const port = portText === '*' ? null : Number(portText);
  if (port !== null && port > 65535) return null;
  if (other === '*') return { family: 6, address: '::', device, port };
  if (six === undefined) {
    return ipaddr.IPv4.isValidFourPartDecimal(other) ? { family: 4, address: other, device, port } : null;
  }
  if (!ipaddr.IPv6.isValid(six)) return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(six)?.[1];
  return mapped === undefined
    ? { family: 6, address: six.toLowerCase(), device, port }
    : { family: 4, address: mapped, device, port };
}

/** The socket that waits, as a row shows it. */
export const socketOf = (row: SsRow): Socket => ({
  protocol: row.protocol,
  family: row.local.family,
  address: row.local.address,
  port: row.local.port ?? 0,
  v6only: row.v6only,
  device: row.local.device,
  inode: row.inode,
  uid: row.uid,
  cgroup: row.cgroup,
  pid: null,
});
