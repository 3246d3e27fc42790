/**
 * What listens on a Windows computer, and who holds it.
 *
 * Sockets are `netstat -ano`'s, in the shape of node-netstat (netstat.ts), JSON lines. Two things must be said that its
 * parser leaves out: `protocol` is `tcp6` or `udp6` for a row whose local address stands in brackets, also for `[::]`; and
 * a row that it made nothing of is `{"unread":…}`. States are translated and not looked at: TCP that listens has the
 * foreign address 0.0.0.0:0 or [::]:0. A wildcard socket that takes both families is printed in two rows.
 *
 * Programs and services are the parts `processes` and `services` of `windows.firewall` (machine/windows.ts).
 */
import ipaddr from 'ipaddr.js';
import * as is from '../shape.ts';
import { type GapHow, type GapWhat, type GapWhy, gap } from '../gaps/index.ts';
import type { Connection, Family, Gap, Interface, Listener, Owner, Reading, Snapshot, Socket } from '../model.ts';
import { jsonLines } from '../machine/json-lines.ts';
import { windowsItems } from '../machine/windows.ts';
import { find, gapOf } from '../transcripts.ts';
import { isClient } from './clients.ts';
import { group } from './group.ts';

const LISTENING: GapWhat = { kind: 'listening' };
const AGAIN: GapHow = { kind: 'scan-again' };

const endSchema = is.object({ address: is.nullable(is.string), port: is.nullable(is.number) });
const rowSchema = is.object({
  protocol: is.oneOf('tcp', 'tcp6', 'udp', 'udp6'),
  local: endSchema,
  remote: endSchema,
  /** 0: not told. */
  pid: is.int(0),
});
const unreadSchema = is.object({ unread: is.string });

const processSchema = is.object({
  pid: is.int(0),
  name: is.optional(is.nullable(is.string)),
  path: is.optional(is.nullable(is.string)),
  commandLine: is.optional(is.nullable(is.string)),
  /** SessionId. In session 0 are services, and no apps. */
  session: is.optional(is.nullable(is.int(0))),
  /** Does it run in an app container? Absent: not gathered. */
  contained: is.optional(is.nullable(is.boolean)),
  /** The family name of its package; the word `none`: it was asked, and is of none. Absent or null: not told. */
  packageFamily: is.optional(is.nullable(is.filled)),
});
const serviceSchema = is.object({
  pid: is.int(0),
  name: is.filled,
  /** PathName: the command line that the service is started with. It is told to everybody. */
  command: is.optional(is.nullable(is.string)),
});

/** The kernel, which holds ports of http.sys, file sharing and others. */
const KERNEL = 4;

/** Who holds a port, as rules of Windows Firewall ask about it. */
export interface WindowsHolder {
  /** `System` for the kernel; null: not known. */
  readonly path: string | null;
  /** The file's name alone, which is told of every process: `lsass.exe`; null: not known. */
  readonly file: string | null;
  readonly services: readonly string[] | null;
  /** Is it in an app container? */
  readonly contained: boolean | null;
  /** The family name of its package, in a container or not; false: it is of none; null: not known. */
  readonly family: string | false | null;
}

export interface WindowsListeners {
  readonly listeners: readonly Listener[];
  readonly connections: readonly Connection[];
  readonly holderOf: (pid: number | null) => WindowsHolder;
  readonly gaps: readonly Gap[];
}

/** Ports that Windows gives to those who ask for none, since Vista. Source: Microsoft KB 929851. */
const EPHEMERAL = [49152, 65535] as const;

export function readWindowsListeners(snapshot: Snapshot, interfaces: readonly Interface[]): WindowsListeners {
  const { value: rows, gaps } = rowsOf(snapshot, interfaces);
  const holders = readHolders(snapshot);
  const sockets = rows.filter(({ listening }) => listening).map(({ socket }) => socket);
  const held = sockets.map((socket) => ({
    socket: { ...socket, v6only: takesSixAlone(socket, sockets) },
    owner: holders.ownerOf(socket.pid),
  }));
  const listeners = group(held.filter((entry) => !isClient(entry, held, EPHEMERAL)));
  const waiting = new Set(listeners.map(({ protocol, port }) => `${protocol}/${port}`));
  const connections = rows.flatMap(({ listening, socket, remote }): readonly Connection[] => {
    if (listening || remote === null) return [];
    const { protocol, address, port } = socket;
    const direction = waiting.has(`${protocol}/${port}`) ? 'inbound' : 'outbound';
    const { program } = holders.ownerOf(socket.pid);
    return [{ protocol, direction, local: { address, port }, remote, program }];
  });
  // Where only the path is not told, what that leaves open says so itself.
  const nameless = listeners.some(({ owner }) => owner.program === null);
  return { listeners, connections, holderOf: holders.holderOf, gaps: nameless ? [...gaps, ...holders.gaps] : gaps };
}

/**
 * Where both rows are there the one of IPv6 stands for that alone. Null: there is no other row, and whether it takes IPv4
 * is not told.
 */
function takesSixAlone(socket: Socket, all: readonly Socket[]): boolean | null {
  if (socket.family !== 6) return null;
  if (socket.address !== '::') return true;
  const { protocol, port, pid } = socket;
  const twin = all.some(
    (one) => one.address === '0.0.0.0' && one.protocol === protocol && one.port === port && one.pid === pid,
  );
  return twin ? true : null;
}

// ---------------------------------------------------------------- sockets

interface Row {
  readonly listening: boolean;
  readonly socket: Socket;
  readonly remote: Connection['remote'] | null;
}

function rowsOf(snapshot: Snapshot, interfaces: readonly Interface[]): Reading<readonly Row[]> {
  const transcript = find(snapshot, 'netstat');
  const failed = gapOf(transcript, LISTENING, AGAIN);
  if (failed !== null) return { value: [], gaps: [failed] };
  const { items, bad } = jsonLines(transcript?.stdout ?? '', is.either(rowSchema, unreadSchema));
  const read = items.map((item) => ('unread' in item ? null : rowOf(item, interfaces)));
  const value = read.filter((row) => row !== null && row !== 'passing');
  const count = bad + read.filter((row) => row === null).length;
  const why: GapWhy | null =
    count > 0
      ? { kind: 'lines-garbled', count, of: 'netstat' }
      : // Windows always has some: none means that none was printed.
        value.length === 0
        ? { kind: 'failed', said: '' }
        : null;
  return { value, gaps: why === null ? [] : [gap({ what: LISTENING, why, how: AGAIN })] };
}

/** null: not understood. `passing`: a connection that is ending, which nobody holds any more. */
function rowOf(item: is.Output<typeof rowSchema>, interfaces: readonly Interface[]): Row | 'passing' | null {
  const protocol = item.protocol.startsWith('tcp') ? 'tcp' : 'udp';
  const local = placeOf(item.local.address, item.protocol.endsWith('6') ? 6 : 4, interfaces);
  const { port } = item.local;
  if (local === null || port === null || !Number.isInteger(port) || port < 1 || port > 65535) return null;
  const peer = item.remote.port === null || item.remote.port === 0 ? null : item.remote;
  // A peer that is the wildcard, at a port: no such row is known.
  if (peer !== null && (peer.address === null || peer.address === '*')) return null;
  if (peer !== null && item.pid === 0) return 'passing';
  const socket: Socket = {
    protocol,
    ...local,
    port,
    v6only: null,
    inode: null,
    uid: null,
    cgroup: null,
    pid: item.pid === 0 ? null : item.pid,
  };
  const remote = peer === null ? null : { address: peer.address ?? '', port: peer.port ?? 0 };
  return { listening: peer === null, socket, remote };
}

/** `fe80::1%12` is bound to the interface with that index. */
function placeOf(
  text: string | null,
  family: Family,
  interfaces: readonly Interface[],
): Pick<Socket, 'address' | 'family' | 'device'> | null {
  if (text === null) return { address: family === 4 ? '0.0.0.0' : '::', family, device: null };
  const [address = '', zone] = text.split('%', 2);
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return { address, family: 4, device: null };
  if (!address.includes(':') || !ipaddr.IPv6.isValid(address)) return null;
  const device = zone === undefined || zone === '0' ? null : nameOf(zone, interfaces);
  return { address: address.toLowerCase(), family: 6, device };
}

const nameOf = (zone: string, interfaces: readonly Interface[]): string =>
  interfaces.find(({ index, name }) => String(index) === zone || name === zone)?.name ?? zone;

// ---------------------------------------------------------------- holders

interface Holders {
  readonly ownerOf: (pid: number | null) => Owner;
  readonly holderOf: (pid: number | null) => WindowsHolder;
  readonly gaps: readonly Gap[];
}

function readHolders(snapshot: Snapshot): Holders {
  const processes = windowsItems(snapshot, 'processes', processSchema);
  const services = windowsItems(snapshot, 'services', serviceSchema);
  const byPid = new Map(processes.items.map((one) => [one.pid, one]));
  const hosted = new Map<number, is.Output<typeof serviceSchema>[]>();
  for (const one of services.items) hosted.set(one.pid, [...(hosted.get(one.pid) ?? []), one]);
  // A list with holes says nothing about those that are not in it, and neither does any list about a process that began
  // after it: one that is in none.
  const servicesOf = (pid: number): readonly string[] | null =>
    services.why === null && (byPid.has(pid) || hosted.has(pid))
      ? (hosted.get(pid) ?? []).map(({ name }) => name)
      : null;
  // The system does not run without one of each: the only process of that name is the system's.
  const alone = new Set(
    ALWAYS.flatMap((name) => {
      const [one, ...others] = processes.items.filter((process) => process.name?.toLowerCase() === name);
      const only = one?.session === 0 && others.length === 0 && processes.why === null;
      return only ? [one.pid] : [];
    }),
  );
  const placeOfPid = (pid: number): Pick<WindowsHolder, 'path' | 'file'> => {
    const { path = null, name = null } = byPid.get(pid) ?? {};
    if (path !== null) return { path, file: fileOf(path) };
    const started = (hosted.get(pid) ?? []).map(({ command }) => programIn(command ?? ''));
    const [first = null] = started;
    const agreed = first !== null && started.every((one) => one === first);
    const same = agreed && (name === null || fileOf(first).toLowerCase() === name.toLowerCase());
    return same ? { path: first, file: fileOf(first) } : { path: null, file: name };
  };
  const holderOf = (pid: number | null): WindowsHolder => {
    if (pid === null) return { path: null, file: null, services: null, contained: null, family: null };
    if (pid === KERNEL) return { path: 'System', file: 'System', services: [], contained: false, family: false };
    const { path, file } = placeOfPid(pid);
    const { session, contained: told, packageFamily } = byPid.get(pid) ?? {};
    const service = hosted.has(pid);
    const contained = told ?? isContained(path, session === 0 || service);
    const untold = alone.has(pid) ? false : familyOf(path, service);
    const family = packageFamily == null ? untold : packageFamily === 'none' ? false : packageFamily;
    return { path, file, services: servicesOf(pid), contained, family };
  };
  const ownerOf = (pid: number | null): Owner => {
    const { path, file, services: names } = holderOf(pid);
    const [service, ...others] = names ?? [];
    return {
      pid,
      program: file === null ? null : file.replace(/\.exe$/i, ''),
      path: pid === KERNEL ? null : path,
      commandLine: (pid === null ? null : byPid.get(pid)?.commandLine) ?? null,
      unit: service !== undefined && others.length === 0 ? service : null,
      ...(names !== null && others.length > 0 ? { services: names } : {}),
      container: null,
      user: null,
      complete: path !== null,
    };
  };
  const why = processes.why ?? services.why ?? REFUSED;
  return { ownerOf, holderOf, gaps: [gap({ what: { kind: 'owners' }, why, how: { kind: 'as-administrator' } })] };
}

/** Paths of other accounts' processes are told to administrators alone. */
const REFUSED: GapWhy = { kind: 'refused' };

/**
 * Critical processes, one of each, of which the path is told to nobody. Source: Windows Internals, 7th edition, System
 * processes; CRITICAL_PROCESS_DIED (0xEF) on Microsoft Learn.
 */
const ALWAYS = ['wininit.exe', 'services.exe', 'lsass.exe'];

const fileOf = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);

/** The program in a command line of a service: quoted, or as far as its `.exe`. */
const programIn = (command: string): string | null =>
  /^"([^"]+)"/.exec(command)?.[1] ?? /^([a-z]:\\.*?\.exe)(?=\s|$)/i.exec(command)?.[1] ?? null;

/** Folders of packages, those of packages that are being developed (`AppX`), and programs of the system that carry packages: what runs from there may be in an app container. */
const PACKAGES =
  /\\(windowsapps|systemapps|immersivecontrolpanel|appx)\\|\\(wwahost|backgroundtaskhost|runtimebroker|applicationframehost)\.exe$/i;

/** What the system itself starts is in none. */
function isContained(path: string | null, service: boolean): boolean | null {
  if (service) return false;
  return path === null || PACKAGES.test(path) ? null : false;
}

/**
 * Where a file lies says little: a package may name programs outside its folder, and what a packaged program starts is of
 * its package too. A service of the system's own folder is of none. Null: not told.
 */
function familyOf(path: string | null, service: boolean): false | null {
  return service && path !== null && SYSTEM.test(path) && !PACKAGES.test(path) ? false : null;
}

const SYSTEM = /^[a-z]:\\windows\\system32\\/i;
