/**
 * One change at a time. The kernel keeps the lock for an open file, which the programs that make the change inherit: it
 * is free once this process and the last of them have ended, however they ended.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { ProblemError, problem } from '../../core/problem.ts';
import { CLEAN_ENV, pathOf } from './run.ts';

/** Milliseconds; flock(1) never waits here. */
const TIME_LIMIT = 10_000;

export interface Lock {
  /** To be handed on to every program that must have ended before the next change. */
  readonly fd: number;
  readonly release: () => Promise<void>;
}

/** The same, as often as another process has it, for so many seconds. */
export async function awaitLock(path: string, seconds: number): Promise<Lock> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const lock = await tryLock(path);
    if (lock !== null) return lock;
    if (performance.now() >= end) throw busy();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Take the lock file `path`; null while another process has it. */
export const tryLock = (path: string): Promise<Lock | null> =>
  takeLock(path).catch((error: unknown) => {
    if (error instanceof ProblemError && error.problem.code === 'busy') return null;
    throw error;
  });

const busy = () =>
  problem(
    'busy',
    'Another change of the firewall is being made right now.',
    'Wait until it is finished, then try again.',
  );

/** Take the lock file `path`. Throws a ProblemError `busy` while another process has it. */
export async function takeLock(path: string): Promise<Lock> {
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
  if (exit === 0) return { fd: file.fd, release: () => file.close() };
  await file.close();
  if (exit === 75) throw busy();
  throw problem('failed', `The lock could not be taken: ${exit}.`, 'Try again.');
}
