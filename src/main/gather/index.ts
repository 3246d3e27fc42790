/**
 * Machine -> Snapshot. The only place that runs commands for reading; nothing here changes anything.
 *
 *   run.ts          the one runner of commands      transcript.ts   files, and what our own code collects
 *   reads.ts        what is read, as tables         privileged.ts   the part that needs root
 *   sockets.ts      ss and netstat                  owners.ts       which process holds which socket
 *   containers.ts   names of Docker's containers
 *   together.ts     several programs for one start
 *   windows/        all of it on Windows
 *   macos.ts        a Mac, with commands of its own
 *   links.ts        interfaces, routes, settings    cgroups.ts, files.ts, users.ts, netstat.ts   their helpers
 */
import { hostname } from 'node:os';
import type { Platform, Snapshot, Transcript } from '../../core/model.ts';
import { readContainers } from './containers.ts';
import { LINKS, collectKinds, collectSysctls, readLinks } from './links.ts';
import { readMac } from './macos.ts';
import { alwaysRun, readPrivileged } from './privileged.ts';
import { openFiles } from './reads.ts';
import { listUnits, UNITS } from '../../core/services/index.ts';
import { type RunOptions, SIZE_LIMIT, TIME_LIMIT, environment, runRead } from './run.ts';
import { SOCKETS, readSockets } from './sockets.ts';
import { type Together, startTogether } from './together.ts';
import { notTried, readFileTranscript } from './transcript.ts';

export { readPrivileged } from './privileged.ts';

/** What systemd runs, and these: asked only where something is to be stopped or started. */
export const readServices = (named: readonly string[]): Promise<Transcript> =>
  process.platform === 'darwin'
    ? Promise.resolve(notTried(UNITS, [], 'missing', 'macOS has no systemd'))
    : runRead(UNITS, listUnits(named), { timeLimit: UNITS_LIMIT });

/** Milliseconds. */
const UNITS_LIMIT = 10_000;

interface GatherOptions {
  readonly onProgress?: ((step: GatherStep) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where programs are looked for, in place of the system's folders. */
  readonly searchPath?: string | undefined;
}

export interface GatherStep {
  readonly phase: string;
  readonly text: string;
  readonly done: number;
  readonly of: number;
}

/** Everything that a report needs. Never throws: what could not be read is in the transcripts with its reason. */
export async function gather(options: GatherOptions = {}): Promise<Snapshot> {
  const takenAt = new Date().toISOString();
  const uid = process.geteuid?.() ?? -1;
  const platform: Platform = process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
  const transcripts =
    platform === 'linux'
      ? await onLinux(uid, options)
      : platform === 'win32'
        ? await (await import('./windows/index.ts')).readWindowsComputer(options)
        : platform === 'darwin'
          ? await onMac(options)
          : elsewhere(platform);
  return { schema: 1, takenAt, platform, host: hostname(), uid, redacted: false, transcripts };
}

async function onLinux(uid: number, { onProgress, signal, searchPath }: GatherOptions): Promise<readonly Transcript[]> {
  const isRoot = uid === 0;
  const together = takeStarted(isRoot, searchPath);
  const run: RunOptions = { signal, searchPath, early: together.printed };
  if (signal?.aborted === true) together.kill();
  else signal?.addEventListener('abort', together.kill, { once: true });
  let done = 0;
  const step = async (phase: string, text: string, work: Promise<readonly Transcript[]>) => {
    const transcripts = await work;
    done++;
    onProgress?.({ phase, text, done, of: 3 });
    return transcripts;
  };
  const sockets = step('sockets', 'Reading what listens', readSockets(uid, run));
  const links = step('links', 'Reading networks', readLinks(run));
  const rules = step('rules', 'Reading firewall rules', readPrivileged(isRoot, run));
  const containers = readContainers(run);
  const files = [...openFiles.map(readFileTranscript), collectKinds(), collectSysctls()];
  const transcripts = once([...(await sockets), ...(await links), ...files, ...(await rules), ...(await containers)]);
  signal?.removeEventListener('abort', together.kill);
  // A process that has scanned twice will do it once more: what takes longest of it is got ready.
  if (scans++ > 0) setImmediate(() => getReady(isRoot, searchPath));
  return transcripts;
}

function onMac({ onProgress, signal, searchPath }: GatherOptions): Promise<readonly Transcript[]> {
  let done = 0;
  return readMac({ signal, searchPath }, async (phase, text, work) => {
    const transcripts = await work;
    done++;
    onProgress?.({ phase, text, done, of: 3 });
    return transcripts;
  });
}

let scans = 0;
let ready: { readonly key: string; readonly together: Together } | null = null;

const keyOf = (isRoot: boolean, searchPath: string | undefined): string => JSON.stringify([isRoot, searchPath]);

const start = (isRoot: boolean, searchPath: string | undefined, wait: boolean): Together =>
  startTogether([SOCKETS, LINKS, ...alwaysRun(isRoot)], {
    env: environment(searchPath),
    wait,
    timeLimit: TIME_LIMIT,
    sizeLimit: SIZE_LIMIT,
  });

function getReady(isRoot: boolean, searchPath: string | undefined): void {
  const key = keyOf(isRoot, searchPath);
  if (ready?.key === key && ready.together.alive()) return;
  ready?.together.kill();
  ready = { key, together: start(isRoot, searchPath, true) };
}

/** The programs that every scan runs, started now, or ahead by the last scan. */
function takeStarted(isRoot: boolean, searchPath: string | undefined): Together {
  const taken = ready;
  if (taken === null || taken.key !== keyOf(isRoot, searchPath) || !taken.together.alive())
    return start(isRoot, searchPath, false);
  ready = null;
  taken.together.go();
  return taken.together;
}

/** Each id once: a file that anybody may read stands in both tables. */
const once = (transcripts: readonly Transcript[]): readonly Transcript[] => [
  ...new Map(transcripts.map((transcript) => [transcript.id, transcript])).values(),
];

/** This version gathers on Linux and Windows. The report says so instead of showing an empty machine. */
const elsewhere = (platform: Platform): readonly Transcript[] =>
  ['ss.listening', 'ip.address', 'ip.route4', 'ip.route6'].map((id) =>
    notTried(id, [], 'missing', `reading ${platform} is not supported by this version`),
  );
