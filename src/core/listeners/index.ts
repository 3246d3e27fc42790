/**
 * Transcripts -> what listens, who holds it, and what is connected.
 *
 *   ss.ts        rows of ss                     netstat.ts   rows of node-netstat, where ss is missing
 *   owners.ts    sockets -> processes           units.ts     cgroup -> systemd unit, container
 *   clients.ts   UDP that only awaits answers   group.ts     sockets -> listeners with their ids
 *   whole.ts     is anything missing            targets.ts   ports as people name them, each once
 */
import { type GapHow, type GapWhat, type GapWhy, gap } from '../gaps/index.ts';
import type { Connection, Gap, Listener, Reading, Snapshot, Socket, Transcript } from '../model.ts';
import { readSysctls } from '../machine/index.ts';
import { find, gapOf } from '../transcripts.ts';
import { ephemeralRange, isClient } from './clients.ts';
import { group } from './group.ts';
import { parseNetstat } from './netstat.ts';
import { readOwners } from './owners.ts';
import { parseSs, socketOf } from './ss.ts';

export { type Process, readProcesses } from './owners.ts';
export { parseSs } from './ss.ts';

const LISTENING: GapWhat = { kind: 'listening' };
const CONNECTIONS: GapWhat = { kind: 'connections' };
const HOW: GapHow = { kind: 'install-iproute2' };

interface Row {
  readonly listening: boolean;
  readonly socket: Socket;
  readonly remote: Connection['remote'] | null;
}

interface Rows {
  readonly rows: readonly Row[];
  readonly gaps: readonly Gap[];
}

/** Everything that waits for others, with its owner. Ephemeral UDP clients are left out: see `clients.ts`. */
export function readListeners(snapshot: Snapshot): Reading<readonly Listener[]> {
  const { rows, gaps } = rowsOf(snapshot, 'ss.listening', LISTENING);
  const owners = readOwners(snapshot);
  const held = rows
    .filter(({ listening }) => listening)
    .map(({ socket }) => ({ socket, owner: owners.ownerOf(socket) }));
  const range = ephemeralRange(readSysctls(snapshot).value.get('net.ipv4.ip_local_port_range'));
  const value = group(held.filter((entry) => !isClient(entry, held, range)));
  // Who it is matters only where somebody is left to be found.
  const nameless = value.some(({ owner }) => owner.program === null && owner.unit === null);
  return { value, gaps: nameless ? [...gaps, ...owners.gaps] : gaps };
}

/** Live connections. Inbound: the local port is one that listens here. */
export function readConnections(snapshot: Snapshot, listeners: readonly Listener[]): Reading<readonly Connection[]> {
  const { rows, gaps } = rowsOf(snapshot, 'ss.connections', CONNECTIONS);
  const { ownerOf } = readOwners(snapshot);
  const waiting = new Set(listeners.map(({ protocol, port }) => `${protocol}/${port}`));
  const value = rows.flatMap(({ listening, socket, remote }): readonly Connection[] => {
    if (listening || remote === null) return [];
    const { protocol, address, port } = socket;
    const direction = waiting.has(`${protocol}/${port}`) ? 'inbound' : 'outbound';
    return [{ protocol, direction, local: { address, port }, remote, program: ownerOf(socket).program }];
  });
  return { value, gaps };
}

/** From `ss`; where that program is missing, from netstat, which knows less. */
function rowsOf(snapshot: Snapshot, id: 'ss.listening' | 'ss.connections', what: GapWhat): Rows {
  const transcript = find(snapshot, id);
  const netstat = find(snapshot, 'netstat');
  if (transcript?.failure === 'missing' && netstat !== undefined) return fromNetstat(snapshot, what);
  const failed = gapOf(transcript, what, HOW);
  const { rows, bad } = parseSs(transcript?.stdout ?? '');
  return {
    rows: rows.map((row) => ({
      listening: row.state === 'listening',
      socket: socketOf(row),
      remote: row.state === 'listening' ? null : { address: row.peer.address, port: row.peer.port ?? 0 },
    })),
    gaps: [...(failed === null ? [] : [failed]), ...garbled(bad, what, 'ss'), ...complaint(transcript, what)],
  };
}

/** ss ends with 0 even when the kernel refused it a part of its answer; then it says so, and rows may be missing. */
function complaint(transcript: Transcript | undefined, what: GapWhat): readonly Gap[] {
  const said = transcript?.failure === null ? transcript.stderr.trim() : '';
  return said === '' ? [] : [again(what, { kind: 'complained', program: 'ss', said: said.split('\n', 1)[0] ?? '' })];
}

const again = (what: GapWhat, why: GapWhy): Gap => gap({ what, why, how: { kind: 'scan-again' } });

function fromNetstat(snapshot: Snapshot, what: GapWhat): Rows {
  const transcript = find(snapshot, 'netstat');
  const failed = gapOf(transcript, what, HOW);
  if (failed !== null || transcript === undefined) return { rows: [], gaps: failed === null ? [] : [failed] };
  const { rows, bad } = parseNetstat(transcript.stdout);
  const gaps = [...garbled(bad, what, 'netstat')];
  const vague = rows.some(({ listening, socket }) => listening && socket.family === 6 && socket.address === '::');
  if (vague && what === LISTENING)
    gaps.push(gap({ what: { kind: 'dual-stack' }, why: { kind: 'netstat-blind' }, how: HOW }));
  return { rows, gaps };
}

const garbled = (bad: number, what: GapWhat, of: 'ss' | 'netstat'): readonly Gap[] =>
  bad === 0 ? [] : [again(what, { kind: 'lines-garbled', count: bad, of })];
