/** One step of a plan for ufw: run it, then read ufw's rules again, because its exit status proves nothing. */
import { readFile } from 'node:fs/promises';
import { ufw } from '../../../core/firewalls/registry.ts';
import type { Snapshot, Transcript, UfwTuple } from '../../../core/model.ts';
import type { Output } from '../../../core/problem.ts';
import { UFW_FILES } from '../files.ts';
import { run } from '../run.ts';
import { outputOf, outputOrStopped, SHORT, StepError } from '../step-error.ts';

const lines = (tuples: readonly UfwTuple[]): string => tuples.map(({ family, line }) => `${family} ${line}`).join('\n');

/** ufw's rules as its files say them now. */
async function rulesNow(): Promise<{ tuples: readonly UfwTuple[]; enabled: boolean }> {
  const startedAt = new Date().toISOString();
  const transcripts = UFW_FILES.map(
    async (path): Promise<Transcript> => ({
      id: ufw.fileId(path),
      kind: 'file',
      argv: ['read', path],
      exit: 0,
      signal: null,
      stdout: await readFile(path, 'utf8'),
      stderr: '',
      startedAt,
      ms: 0,
      failure: null,
    }),
  );
  const state = ufw.readUfw({
    schema: 1,
    takenAt: startedAt,
    platform: 'linux',
    host: '',
    uid: 0,
    redacted: false,
    transcripts: await Promise.all(transcripts),
  }).value;
  return { tuples: state?.tuples ?? [], enabled: state?.enabled === true };
}

/** Carry out step number `at` (from 0). Throws where ufw's rules are then not those of `expected`. `hold`: see `lock.ts`. */
export async function carryOutUfw(
  operation: ufw.UfwOperation,
  at: number,
  expected: Snapshot,
  hold: number,
): Promise<void> {
  let output: Output | null = null;
  for (const [, ...args] of ufw.commandsOf(operation)) {
    const ran = await run('ufw', args, { hold });
    if (ran.exit === null) throw new StepError({ kind: 'unfinished', program: 'ufw', output: outputOrStopped(ran) });
    if (ran.exit !== 0) output ??= outputOf({ ...ran, stderr: ran.stderr.replace(/^WARN.*$/gm, '') }, SHORT);
  }
  const step = at + 1;
  const now = await rulesNow();
  const wanted = ufw.readUfw(expected).value;
  if (lines(now.tuples) !== lines(wanted?.tuples ?? [])) {
    throw new StepError({ kind: 'ufw-other-rules', step, output });
  }
  if (now.enabled !== (wanted?.enabled === true)) {
    throw new StepError({ kind: now.enabled ? 'ufw-on' : 'ufw-off', step, output });
  }
}
