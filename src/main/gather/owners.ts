/**
 * Which process holds which socket.
 *
 * A socket's row names its cgroup; only the processes of that cgroup are looked at, and of those only as many
 * descriptors as it takes to find the sockets that are sought. Where the cgroup leads nowhere, a bounded walk over all
 * processes follows. The proof is always the link of a descriptor, `socket:[inode]`, read here.
 */
import type { Transcript } from '../../core/model.ts';
import { cgroupOf, likelyCgroups, pidsIn, readCgroupMount } from './cgroups.ts';
import { linkOf, listOf, textOf } from './files.ts';
import { collect } from './transcript.ts';

interface Sought {
  readonly inode: number | null;
  readonly uid: number | null;
  readonly cgroup: string | null;
}

/** Bytes of a command line that are kept; some are megabytes. */
const LONGEST = 4096;
/** Descriptors that the walk over all processes may look at: about 0.2 s. */
const MOST_LINKS = 50_000;
const MOST_NEIGHBOURS = 20;

/** Where sockets were found last time. Hints only: the link is read again before it counts. */
let hints: ReadonlyMap<number, Hint> = new Map();
/** Sockets that no process held when all were looked at: the kernel's own. */
let unheld: ReadonlySet<number> = new Set();

interface Hint {
  readonly pid: number;
  readonly descriptor: number;
}

interface Search {
  /** Inodes that are still sought, with the cgroup in which their socket was made. */
  readonly missing: Map<number, Sought>;
  readonly found: Map<number, Hint>;
  readonly seen: Set<number>;
  linksLeft: number;
}

/** Transcript `owners`: JSON lines of the processes that hold the sockets, or that share a cgroup with them. */
export function collectOwners(sockets: readonly Sought[], euid: number): Transcript {
  return collect('owners', ['collect', 'owners'], () => findOwners(sockets, euid));
}

/** The same for pids that are known already. */
export function collectProcesses(pids: readonly number[]): Transcript {
  return collect('owners', ['collect', 'owners'], () => pids.flatMap((pid) => look(pid, cgroupOf(pid), [])));
}

function findOwners(sockets: readonly Sought[], euid: number): readonly unknown[] {
  const search: Search = { missing: new Map(), found: new Map(), seen: new Set(), linksLeft: MOST_LINKS };
  for (const socket of sockets) if (socket.inode !== null) search.missing.set(socket.inode, socket);
  const origin = new Map(search.missing);
  tryHints(search);
  const members = lookInCgroups(search);
  const mine = ({ inode, uid }: Sought): boolean =>
    (euid === 0 || uid === null || uid === euid) && (inode === null || !unheld.has(inode));
  if ([...search.missing.values()].some(mine)) walk(search);
  hints = search.found;
  const cut = search.linksLeft <= 0 ? [{ cut: 'there are more open files than could be looked through' }] : [];
  return [...holders(search, origin), ...neighbours(search, members), ...cut];
}

function tryHints(search: Search): void {
  for (const inode of search.missing.keys()) {
    const hint = hints.get(inode);
    if (hint !== undefined && linkOf(`/proc/${hint.pid}/fd/${hint.descriptor}`) === `socket:[${inode}]`) {
      search.found.set(inode, hint);
    }
  }
  for (const inode of search.found.keys()) search.missing.delete(inode);
}

/** Looks through the cgroups of the sockets. Gives the members of those in which some are still missing. */
function lookInCgroups(search: Search): ReadonlyMap<string, readonly number[]> {
  const madeIn = new Map<string, number[]>();
  for (const [inode, { cgroup }] of search.missing)
    if (cgroup !== null) madeIn.set(cgroup, [...(madeIn.get(cgroup) ?? []), inode]);
  const members = new Map<string, readonly number[]>();
  const mount = madeIn.size === 0 ? null : readCgroupMount();
  if (mount === null) return members;
  for (const [cgroup, inodes] of madeIn) {
    const isFound = (): boolean => !inodes.some((inode) => search.missing.has(inode));
    for (const candidate of likelyCgroups(cgroup)) {
      if (isFound()) break;
      const pids = pidsIn(mount, candidate);
      for (const pid of pids) if (!isFound()) lookInto(pid, search, isFound);
      if (candidate === cgroup) members.set(cgroup, pids);
    }
  }
  return members;
}

/** All processes, newest first: what a cgroup did not tell is mostly new, or was moved. */
function walk(search: Search): void {
  const pids = listOf('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 0);
  for (const pid of pids.sort((a, b) => b - a)) {
    if (search.missing.size === 0 || search.linksLeft <= 0) break;
    lookInto(pid, search, () => search.missing.size === 0);
  }
  if (search.linksLeft > 0) unheld = new Set(search.missing.keys());
}

/** Reads the links of one process until enough was found. Finds nothing where it may not be seen, or is gone. */
function lookInto(pid: number, search: Search, isEnough: () => boolean): void {
  if (search.seen.has(pid)) return;
  // In the order in which they were opened, mostly: who serves others opens that socket early.
  for (const descriptor of Int32Array.from(listOf(`/proc/${pid}/fd`), Number).sort()) {
    if (search.linksLeft-- <= 0) return;
    const link = linkOf(`/proc/${pid}/fd/${descriptor}`);
    if (link === null || !link.startsWith('socket:[')) continue;
    const inode = Number(link.slice(8, -1));
    if (!search.missing.delete(inode)) continue;
    search.found.set(inode, { pid, descriptor });
    if (isEnough()) return;
  }
  // Only who was looked at to the end need not be looked at again.
  search.seen.add(pid);
}

function holders(search: Search, origin: ReadonlyMap<number, Sought>): readonly unknown[] {
  const inodesOf = new Map<number, number[]>();
  for (const [inode, { pid }] of search.found) inodesOf.set(pid, [...(inodesOf.get(pid) ?? []), inode]);
  return [...inodesOf].flatMap(([pid, inodes]) => {
    // Where the socket tells its own cgroup, that of the process (which may have moved since) is not needed.
    const told = inodes.every((inode) => (origin.get(inode)?.cgroup ?? '/') !== '/');
    return look(pid, told ? null : cgroupOf(pid), inodes);
  });
}

/** Of services whose descriptors must not be seen, the names of their processes still say who it is. */
function neighbours(search: Search, members: ReadonlyMap<string, readonly number[]>): readonly unknown[] {
  const open = new Set([...search.missing.values()].map(({ cgroup }) => cgroup));
  return [...members].flatMap(([cgroup, pids]) =>
    cgroup === '/' || !open.has(cgroup) ? [] : pids.slice(0, MOST_NEIGHBOURS).flatMap((pid) => look(pid, cgroup, [])),
  );
}

/** What the world may know of a process: no entry when it is gone. */
function look(pid: number, cgroup: string | null, inodes: readonly number[]): readonly unknown[] {
  const comm = textOf(`/proc/${pid}/comm`);
  if (comm === null) return [];
  const cmdline = textOf(`/proc/${pid}/cmdline`, LONGEST)?.replaceAll('\0', ' ').trim() ?? null;
  const exe = linkOf(`/proc/${pid}/exe`)?.replace(/ \(deleted\)$/, '') ?? null;
  return [{ pid, comm: comm.replace(/\n$/, ''), exe, cmdline: cmdline === '' ? null : cmdline, cgroup, inodes }];
}
