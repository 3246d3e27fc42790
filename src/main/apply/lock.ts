/**
 * One change at a time. The kernel keeps the lock for an open file, which the programs that make the change inherit: it
 * is free once this process and the last of them have ended, however they ended.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { problem } from '../../core/problem.ts';
import { CLEAN_ENV, pathOf } from './run.ts';

export interface Lock {
  /** To be handed on to every program that must have ended before the next change. */
  readonly fd: number;
  readonly release: () => Promise<void>;
}

/** Take the lock file `path`. Throws a ProblemError `busy` while another process has it. */
export async function takeLock(path: string): Promise<Lock> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  const exit = await new Promise<number | string>((resolve) => {
    // flock(1) locks the open file that it shares with us and ends; the lock stays.
    const child = spawn(pathOf('flock'), ['-n', '-E', '75', '3'], {
      env: CLEAN_ENV,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'ignore', file.fd],
    });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(code ?? `signal ${signal}`));
  });
  if (exit === 0) return { fd: file.fd, release: () => file.close() };
  await file.close();
  if (exit === 75) {
    throw problem(
      'busy',
      'Another change of the firewall is being made right now.',
      'Wait until it is finished, then try again.',
    );
  }
  throw problem('failed', `The lock could not be taken: ${exit}.`, 'Try again.');
}
