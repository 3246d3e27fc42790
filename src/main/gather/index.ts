/**
 * Machine -> Snapshot. The only place that runs commands for reading; nothing here changes anything.
 *
 *   run.ts          the one runner of commands      transcript.ts   files, and what our own code collects
 *   reads.ts        what is read, as tables         privileged.ts   the part that needs root
 *   sockets.ts      ss and netstat                  owners.ts       which process holds which socket
 *   links.ts        interfaces, routes, settings    cgroups.ts, files.ts, users.ts, netstat.ts   their helpers
 */
import { hostname } from 'node:os';
import type { Platform, Snapshot, Transcript } from '../../core/model.ts';
import { LINKS, collectKinds, collectSysctls, readLinks } from './links.ts';
import { aheadOf, readPrivileged } from './privileged.ts';
import { openFiles } from './reads.ts';
import { type RunOptions, keepReady } from './run.ts';
import { SOCKETS_AHEAD, readSockets } from './sockets.ts';
import { notTried, readFileTranscript } from './transcript.ts';

export { readPrivileged } from './privileged.ts';

interface GatherOptions {
  readonly onProgress?: ((step: GatherStep) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where programs are looked for, in place of the system's folders. */
  readonly searchPath?: string | undefined;
}

interface GatherStep {
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
  const transcripts = platform === 'linux' ? await onLinux(uid, options) : elsewhere(platform);
  return { schema: 1, takenAt, platform, host: hostname(), uid, redacted: false, transcripts };
}

async function onLinux(uid: number, { onProgress, signal, searchPath }: GatherOptions): Promise<readonly Transcript[]> {
  const run: RunOptions = { signal, searchPath };
  let done = 0;
  const step = async (phase: string, text: string, work: Promise<readonly Transcript[]>) => {
    const transcripts = await work;
    done++;
    onProgress?.({ phase, text, done, of: 3 });
    return transcripts;
  };
  const again = scans++ > 0;
  const sockets = step('sockets', 'Reading what listens', readSockets(uid, run));
  const links = step('links', 'Reading networks', readLinks(run));
  const rules = step('rules', 'Reading firewall rules', readPrivileged(uid === 0, run));
  const files = [...openFiles.map(readFileTranscript), collectKinds(), collectSysctls()];
  const transcripts = once([...(await sockets), ...(await links), ...files, ...(await rules)]);
  if (again)
    setImmediate(() => [SOCKETS_AHEAD, LINKS, ...aheadOf(uid === 0)].forEach((argv) => keepReady(argv, searchPath)));
  return transcripts;
}

/** How often this process has scanned. One that does it again will do it once more, and gets its programs ready. */
let scans = 0;

/** Each id once: a file that anybody may read stands in both tables. */
const once = (transcripts: readonly Transcript[]): readonly Transcript[] => [
  ...new Map(transcripts.map((transcript) => [transcript.id, transcript])).values(),
];

/** This version reads Linux alone. The report says so instead of showing an empty machine. */
const elsewhere = (platform: Platform): readonly Transcript[] =>
  ['ss.listening', 'ip.address', 'ip.route4', 'ip.route6'].map((id) =>
    notTried(id, [], 'missing', `reading ${platform} is not supported by this version`),
  );
