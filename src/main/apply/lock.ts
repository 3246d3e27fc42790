/**
 * One change at a time. The kernel keeps the lock for an open file, which the programs that make the change inherit: it
 * is free once this process and the last of them have ended, however they ended. Who has it, and for what, stands in its
 * file, so that others can be told; only root reads it.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { doing } from '../../core/problem/fields.ts';
import { ProblemError, problem } from '../../core/problem.ts';
import { CLEAN_ENV, pathOf } from './run.ts';

/** Bytes that are read of what stands in its file. */
const LONGEST_HOLDER = 64 * 1024;

/** Milliseconds; flock(1) never waits here. */
const TIME_LIMIT = 10_000;

const holderSchema = z.strictObject({
  pid: z.int().positive(),
  /** The account that asked for it. */
  who: z.string().min(1).max(64),
  /** What is done: `Close port 3000 (TCP) for everyone`. */
  what: z.string().max(400),
  /** The same in no language. */
  doing: doing.optional(),
  /** ISO 8601, UTC. */
  since: z.iso.datetime(),
});
export type Holder = z.output<typeof holderSchema>;

export interface Lock {
  /** To be handed on to every program that must have ended before the next change. */
  readonly fd: number;
  readonly release: () => Promise<void>;
}

/** The same, as often as another process has it, for so many seconds. */
export async function awaitLock(path: string, seconds: number, holder: Holder): Promise<Lock> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const lock = await tryLock(path, holder);
    if (lock !== null) return lock;
    if (performance.now() >= end) return takeLock(path, holder);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Take the lock file `path`; null while another process has it. */
export const tryLock = (path: string, holder: Holder | null = null): Promise<Lock | null> =>
  takeLock(path, holder).catch((error: unknown) => {
    if (error instanceof ProblemError && error.problem.code === 'busy') return null;
    throw error;
  });

/** What the file says of whoever has the lock; where that process has ended, or never wrote it, nothing is said of it. */
async function busy(file: FileHandle): Promise<ProblemError> {
  const holder = await readHolder(file).catch(() => null);
  if (holder === null || !isAlive(holder.pid)) return problem('busy', { kind: 'busy', holder: null, retry: true });
  const { who, what, since, doing: does } = holder;
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000));
  return problem('busy', {
    kind: 'busy',
    holder: { who, seconds, what, ...(does === undefined ? {} : { doing: does }) },
    retry: true,
  });
}

async function readHolder(file: FileHandle): Promise<Holder> {
  const buffer = Buffer.alloc(LONGEST_HOLDER);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  return holderSchema.parse(JSON.parse(buffer.toString('utf8', 0, bytesRead)));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** That nobody can be told of it is no reason to leave the change undone. */
async function write(file: FileHandle, holder: Holder | null): Promise<void> {
  await file.truncate(0);
  if (holder !== null) await file.write(JSON.stringify(holder), 0);
}

/** Take the lock file `path`, for somebody who may be named; null: only to see whether it is free. Throws a ProblemError `busy` while another process has it. */
export async function takeLock(path: string, holder: Holder | null): Promise<Lock> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  const exit = await new Promise<number | string>((resolve) => {
    // flock(1) locks the open file that it shares with us and ends; the lock stays.
    const child = spawn(pathOf('flock'), ['-n', '-E', '75', '3'], {
      env: CLEAN_ENV,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'ignore', file.fd],
      timeout: TIME_LIMIT,
    });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(code ?? `signal ${signal}`));
  });
  if (exit === 0) {
    if (holder !== null) await write(file, holder).catch(() => {});
    const release = async (): Promise<void> => {
      if (holder !== null) await write(file, null).catch(() => {});
      await file.close();
    };
    return { fd: file.fd, release };
  }
  const taken = exit === 75 ? await busy(file) : null;
  await file.close();
  if (taken !== null) throw taken;
  throw problem('failed', { kind: 'lock-failed', exit });
}
