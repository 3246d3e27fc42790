/** Sockets by `ss`, their owners, and netstat where ss is missing. */
import { parseSs } from '../../core/listeners/index.ts';
import type { Transcript } from '../../core/model.ts';
import { collectOwners, collectProcesses } from './owners.ts';
import { type RunOptions, runRead } from './run.ts';
import type { Part } from './together.ts';
import { collectUsers } from './users.ts';

/** What is waiting, and what is connected: one process prints both, since starting it costs most. */
const OPTIONS = ['ss', '-H', '-tuneO'];
const WAITING = ['state', 'listening', 'state', 'unconnected'];
const BOTH = [...WAITING, 'state', 'established'];
export const SOCKETS: Part = {
  argv: [...OPTIONS, ...BOTH],
  // It asks for a filter, of which none comes, before it asks the kernel for anything (misc/ss.c, `-F`).
  ahead: [...OPTIONS, '-F', '-', ...BOTH],
};

/** Transcripts `ss.listening`, `ss.connections`, `owners`, `users`, and `netstat` where ss is missing. */
export async function readSockets(euid: number, options: RunOptions): Promise<readonly Transcript[]> {
  const both = await runRead('ss.listening', SOCKETS.argv, options);
  if (both.failure === 'missing') return withoutSs(both, options);
  if (both.failure !== null) return apart(both, euid, options);
  const rows = quiet(both);
  const lines = rows.stdout.split(/(?<=\n)/);
  const listening = { ...rows, stdout: lines.filter((line) => !isConnected(line)).join('') };
  const connections = { ...rows, id: 'ss.connections', stdout: lines.filter(isConnected).join('') };
  return [listening, connections, ...ownersOf([listening, connections], euid)];
}

const isConnected = (line: string): boolean => /^(tcp|udp)\s+ESTAB\s/.test(line);

/** Too many connections, or no time for them: what listens matters more, and is few. */
async function apart(both: Transcript, euid: number, options: RunOptions): Promise<readonly Transcript[]> {
  const listening = quiet(await runRead('ss.listening', [...OPTIONS, ...WAITING], options));
  const connections: Transcript = { ...both, id: 'ss.connections', stdout: '' };
  return [listening, connections, ...ownersOf([listening], euid)];
}

async function withoutSs(missing: Transcript, options: RunOptions): Promise<readonly Transcript[]> {
  // Loaded only here: hardly any machine needs it.
  const { readNetstat } = await import('./netstat.ts');
  const { transcript, pids } = await readNetstat(options);
  return [missing, { ...missing, id: 'ss.connections' }, transcript, collectProcesses(pids)];
}

function ownersOf(transcripts: readonly Transcript[], euid: number): readonly Transcript[] {
  const { rows } = parseSs(transcripts.map(({ stdout }) => stdout).join(''));
  const uids = new Set(rows.flatMap(({ uid }) => (uid === null ? [] : [uid])));
  return [collectOwners(rows, euid), collectUsers(uids)];
}

/** ss complains about each cgroup that it cannot resolve and goes on; whatever else it says is kept. */
const quiet = (transcript: Transcript): Transcript =>
  transcript.failure !== null || !transcript.stderr.includes('cgroup')
    ? transcript
    : { ...transcript, stderr: transcript.stderr.replace(/^.*cgroup.*\n?/gm, '') };
