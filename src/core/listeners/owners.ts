/** Who holds a socket, from what `gather` collected of the processes that it was permitted to look at. */
import * as is from '../shape.ts';
import { type GapHow, type GapWhat, gap } from '../gaps/index.ts';
import type { Gap, Owner, Snapshot, Socket } from '../model.ts';
import { readLines } from '../machine/json-lines.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { find } from '../transcripts.ts';
import { containerOf, unitOf } from './units.ts';

const WHAT: GapWhat = { kind: 'owners' };
const HOW: GapHow = { kind: 'as-root' };

const processSchema = is.object({
  pid: is.int(1),
  /** Short name, as the process set it. */
  comm: is.nullable(is.string),
  exe: is.nullable(is.string),
  cmdline: is.nullable(is.string),
  cgroup: is.nullable(is.string),
  /** Sockets that this process holds, seen by reading its descriptors. Empty: only its cgroup speaks for it. */
  inodes: is.array(is.int()),
});
export type Process = is.Output<typeof processSchema>;

/** The collector gave up before it had looked everywhere. */
const cutSchema = is.object({ cut: is.string });
const lineSchema = is.either(processSchema, cutSchema);

const userSchema = is.object({ uid: is.int(), name: is.string });

export interface Owners {
  readonly ownerOf: (socket: Socket) => Owner;
  /** Every process that holds a socket, or shares a cgroup with one that does. */
  readonly processes: readonly Process[];
  readonly gaps: readonly Gap[];
}

export const readOwners = perSnapshot((snapshot): Owners => {
  const { items, gaps } = readLines(find(snapshot, 'owners'), lineSchema, WHAT, HOW);
  const byInode = new Map<number, Process>();
  const byPid = new Map<number, Process>();
  const byCgroup = new Map<string, Process[]>();
  const cuts: Gap[] = [];
  for (const item of items) {
    if ('cut' in item) {
      cuts.push(gap({ what: WHAT, why: { kind: 'gave-up', said: item.cut }, how: HOW }));
      continue;
    }
    byPid.set(item.pid, item);
    // Of several that hold one socket the first counts: the collector lists the oldest first.
    for (const inode of item.inodes) if (!byInode.has(inode)) byInode.set(inode, item);
    if (item.cgroup === null) continue;
    const group = byCgroup.get(item.cgroup);
    if (group === undefined) byCgroup.set(item.cgroup, [item]);
    else group.push(item);
  }
  const users = new Map(
    readLines(find(snapshot, 'users'), userSchema, WHAT, HOW).items.map(({ uid, name }) => [uid, name]),
  );
  const ownerOf = (socket: Socket): Owner => {
    const held = socket.inode === null ? undefined : byInode.get(socket.inode);
    const known = held ?? (socket.pid === null ? undefined : byPid.get(socket.pid));
    // A socket in the root cgroup says nothing; where its process is says more.
    const cgroup = (socket.cgroup === '/' ? null : socket.cgroup) ?? known?.cgroup ?? null;
    const user = socket.uid === null ? null : (users.get(socket.uid) ?? String(socket.uid));
    const place = { unit: unitOf(cgroup), container: containerOf(cgroup), user };
    if (known !== undefined) return { ...ofProcess(known), ...place, complete: true };
    const likely = cgroup === null || place.unit === null ? undefined : soleProgram(byCgroup.get(cgroup) ?? []);
    if (likely !== undefined) return { ...ofProcess(likely.process), pid: likely.pid, ...place, complete: false };
    return { pid: socket.pid, program: null, path: null, commandLine: null, ...place, complete: false };
  };
  const forbidden: Gap[] = snapshot.uid > 0 ? [gap({ what: WHAT, why: { kind: 'refused' }, how: HOW })] : [];
  const processes = items.filter((item): item is Process => !('cut' in item));
  return { ownerOf, processes, gaps: [...gaps, ...cuts, ...forbidden] };
});

/** See `Owners`. */
export const readProcesses = (snapshot: Snapshot): readonly Process[] => readOwners(snapshot).processes;

const ofProcess = ({ pid, comm, exe, cmdline }: Process): Pick<Owner, 'pid' | 'program' | 'path' | 'commandLine'> => ({
  pid,
  program: comm,
  path: exe,
  commandLine: cmdline,
});

/** The program of a service whose descriptors must not be seen: named only when all its processes are the same program. */
function soleProgram(group: readonly Process[]): { process: Process; pid: number | null } | undefined {
  const [first] = group;
  if (first?.comm === null || first === undefined) return undefined;
  if (group.some((other) => other.comm !== first.comm)) return undefined;
  return { process: first, pid: group.length === 1 ? first.pid : null };
}
