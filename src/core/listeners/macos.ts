/**
 * What listens on a Mac, and who holds it: netstat lists every socket with its process, lsof adds the files that processes
 * run, as far as this account may see them, ps their owners and command lines. What netstat lists and nobody else knows is
 * a listener with an unknown owner. node-netstat is not used: on macOS it runs netstat without -a, which leaves out what
 * listens.
 */
import { parseAddress } from '../address.ts';
import { type GapHow, type GapWhat, type GapWhy, gap } from '../gaps/index.ts';
import { readMacSettings } from '../machine/macos.ts';
import type { Connection, Gap, Listener, Owner, Protocol, Snapshot, Socket } from '../model.ts';
import { find, whyNot } from '../transcripts.ts';
import { isClient } from './clients.ts';
import { group } from './group.ts';
import { type LsofProcess, type Place, lsofPlace, parseLsof } from './lsof.ts';
import { type NetstatRow, parseMacNetstat } from './mac-netstat.ts';

const LISTENING: GapWhat = { kind: 'listening' };
const CONNECTIONS: GapWhat = { kind: 'connections' };
const AGAIN: GapHow = { kind: 'scan-again' };
const ROOT: GapHow = { kind: 'as-root' };

/** launchd holds the sockets of services that it starts for each connection. */
const LAUNCHD = 1;

/** Who holds a port, as the application firewall asks about it. */
export interface MacHolder {
  /** The file that runs, where the kernel told it. */
  readonly path: string | null;
  /** What it is called, or calls itself: no proof. */
  readonly name: string | null;
  /** launchd holds it for a service. */
  readonly launchd: boolean;
}

export interface MacListeners {
  readonly listeners: readonly Listener[];
  readonly connections: readonly Connection[];
  readonly holderOf: (pid: number | null) => MacHolder;
  readonly gaps: readonly Gap[];
}

/** Ports that macOS gives to those who ask for none. Source: sysctl net.inet.ip.portrange of macOS; RFC 6335, section 6. */
const EPHEMERAL = [49152, 65535] as const;

export function readMacListeners(snapshot: Snapshot): MacListeners {
  const { rows, gaps } = rowsOf(snapshot);
  const holders = readHolders(snapshot, rows);
  const held = rows
    .filter(({ remote }) => remote === null)
    .map((row) => ({ socket: socketOf(row), owner: holders.ownerOf(row.pid) }));
  const { value: settings } = readMacSettings(snapshot);
  const [low, high] = ['first', 'last'].map((end) => Number(settings.get(`net.inet.ip.portrange.${end}`)));
  const range = [low || EPHEMERAL[0], high || EPHEMERAL[1]] as const;
  const listeners = group(held.filter((entry) => !isClient(entry, held, range)));
  const waiting = new Set(listeners.map(({ protocol, port }) => `${protocol}/${port}`));
  const connections = rows.flatMap(({ protocol, local, remote, pid }): readonly Connection[] => {
    if (remote === null) return [];
    const direction = waiting.has(`${protocol}/${local.port}`) ? 'inbound' : 'outbound';
    const end = ({ address, port }: Place): Connection['local'] => ({ address, port });
    return [{ protocol, direction, local: end(local), remote: end(remote), program: holders.ownerOf(pid).program }];
  });
  const nameless = listeners.some(({ owner }) => owner.program === null);
  const unseen = gap({ what: { kind: 'owners' }, why: { kind: 'refused' }, how: ROOT });
  return { listeners, connections, holderOf: holders.holderOf, gaps: nameless ? [...gaps, unseen] : gaps };
}

/** A connection over IPv4 of a socket of IPv6 has addresses of IPv4. */
function socketOf({ protocol, family, v6only, local, pid }: NetstatRow): Socket {
  const mapped = family === 6 && parseAddress(local.address)?.family === 4;
  return {
    protocol,
    family: mapped ? 4 : family,
    address: local.address,
    port: local.port,
    v6only: mapped ? null : v6only,
    device: local.device,
    inode: null,
    uid: null,
    cgroup: null,
    pid,
  };
}

// ---------------------------------------------------------------- sockets

interface Rows {
  readonly rows: readonly NetstatRow[];
  readonly gaps: readonly Gap[];
}

function rowsOf(snapshot: Snapshot): Rows {
  const lists = (['tcp', 'udp'] as const).map((protocol) => listOf(snapshot, protocol));
  const rows = lists.flatMap((list) => list.rows);
  const seen = new Set(rows.filter(({ remote }) => remote === null).map(keyOf));
  const shown = lsofRows(snapshot);
  // What was made while netstat ran, or is left out by it.
  const more = shown.rows.filter((row) => row.remote === null && !seen.has(keyOf(row)));
  const whys = lists.flatMap(({ why }) => (why === null ? [] : [why]));
  // As root lsof lists every process, and stands in.
  const covered = snapshot.uid === 0 && shown.why === null;
  const lost = whys.some(({ kind }) => kind !== 'lines-garbled');
  const added = lost && covered ? shown.rows.filter(({ remote }) => remote !== null) : [];
  const [why] = lost && covered ? [] : whys;
  const gaps = why === undefined ? [] : [LISTENING, CONNECTIONS].map((what) => gap({ what, why, how: AGAIN }));
  return { rows: [...rows, ...more, ...added], gaps };
}

function listOf(snapshot: Snapshot, protocol: Protocol): { rows: readonly NetstatRow[]; why: GapWhy | null } {
  const transcript = find(snapshot, `mac.netstat.${protocol}`);
  const failed = whyNot(transcript);
  if (failed !== null) return { rows: [], why: failed };
  const { rows, bad, known } = parseMacNetstat(transcript?.stdout ?? '');
  if (!known) return { rows, why: { kind: 'failed', said: '' } };
  return { rows, why: bad === 0 ? null : { kind: 'lines-garbled', count: bad, of: 'netstat' } };
}

const keyOf = ({ protocol, family, local }: NetstatRow): string =>
  `${protocol}${family} ${parseAddress(local.address)?.value ?? local.address}%${local.device ?? ''} ${local.port}`;

/** lsof ends with 1 where it could not show all that was asked for. What it printed is true. */
function lsofProcesses(snapshot: Snapshot, id: 'mac.lsof' | 'mac.lsof.text'): readonly LsofProcess[] | null {
  const transcript = find(snapshot, id);
  const why = whyNot(transcript);
  const usable = why === null || (why.kind === 'failed' && transcript?.stdout !== '');
  return usable ? parseLsof(transcript?.stdout ?? '').processes : null;
}

function lsofRows(snapshot: Snapshot): { rows: readonly NetstatRow[]; why: GapWhy | null } {
  const transcript = find(snapshot, 'mac.lsof');
  const processes = lsofProcesses(snapshot, 'mac.lsof');
  if (processes === null) return { rows: [], why: whyNot(transcript) };
  const { bad } = parseLsof(transcript?.stdout ?? '');
  const rows = processes.flatMap(({ pid, command, files }) =>
    files.flatMap(({ family, protocol, name, state }): readonly NetstatRow[] => {
      if (family === null || protocol === null) return [];
      const [here = '', there] = name.split('->', 2);
      if (protocol === 'tcp' && there === undefined && state !== 'LISTEN') return [];
      const local = lsofPlace(here, family);
      const remote = there === undefined ? null : lsofPlace(there, family);
      if (local === null || (there !== undefined && remote === null)) return [];
      // Which of them take IPv4 as well, lsof does not tell.
      return [{ protocol, family, v6only: null, local, remote, pid, command }];
    }),
  );
  return { rows, why: bad === 0 ? null : { kind: 'lines-garbled', count: bad, of: 'lsof' } };
}

// ---------------------------------------------------------------- holders

interface Holders {
  readonly ownerOf: (pid: number | null) => Owner;
  readonly holderOf: (pid: number | null) => MacHolder;
}

function readHolders(snapshot: Snapshot, rows: readonly NetstatRow[]): Holders {
  const texts = new Map((lsofProcesses(snapshot, 'mac.lsof.text') ?? []).map((one) => [one.pid, one]));
  const shown = new Map((lsofProcesses(snapshot, 'mac.lsof') ?? []).map((one) => [one.pid, one]));
  const named = new Map(rows.flatMap(({ pid, command }) => (pid === null ? [] : [[pid, command] as const])));
  const calls = linesOf(snapshot, 'mac.ps', /^\s*(\d{1,9})\s+(\d{1,9})\s(.*)$/);
  const lines = linesOf(snapshot, 'mac.ps.args', /^\s*(\d{1,9})()\s(.*)$/);
  const commandOf = (pid: number): string | null =>
    texts.get(pid)?.command ?? shown.get(pid)?.command ?? named.get(pid) ?? null;
  const pathOf = (pid: number): string | null => {
    // The file that runs is the first that is mapped; another in its place would have another name.
    const first = texts.get(pid)?.files.find(({ descriptor }) => descriptor === 'txt')?.name ?? '';
    const command = commandOf(pid);
    return first.startsWith('/') && command !== null && lastOf(first).startsWith(command) ? first : null;
  };
  /** What it calls itself, where that is a path to a file with the name that the kernel knows. */
  const claimOf = (pid: number): string | null => {
    const claim = calls.get(pid)?.text ?? '';
    const command = commandOf(pid);
    return claim.startsWith('/') && command !== null && lastOf(claim).startsWith(command) ? claim : null;
  };
  return {
    holderOf: (pid) => {
      if (pid === null) return { path: null, name: null, launchd: false };
      const path = pathOf(pid);
      return { path, name: path ?? claimOf(pid) ?? commandOf(pid), launchd: pid === LAUNCHD };
    },
    ownerOf: (pid) => {
      const path = pid === null ? null : (pathOf(pid) ?? claimOf(pid));
      const uid = pid === null ? undefined : (shown.get(pid)?.uid ?? calls.get(pid)?.uid);
      return {
        pid,
        program: path !== null ? lastOf(path) : pid === null ? null : commandOf(pid),
        path,
        commandLine: pid === null ? null : (lines.get(pid)?.text ?? null),
        unit: null,
        container: null,
        user: uid === undefined ? null : String(uid),
        complete: pid !== null && pathOf(pid) !== null,
      };
    },
  };
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function linesOf(
  snapshot: Snapshot,
  id: 'mac.ps' | 'mac.ps.args',
  line: RegExp,
): ReadonlyMap<number, { readonly uid: number; readonly text: string }> {
  const transcript = find(snapshot, id);
  const text = whyNot(transcript) === null ? (transcript?.stdout ?? '') : '';
  return new Map(
    text.split('\n').flatMap((one) => {
      const [, pid, uid, rest] = line.exec(one) ?? [];
      return pid === undefined || rest === undefined ? [] : [[Number(pid), { uid: Number(uid), text: rest }] as const];
    }),
  );
}
