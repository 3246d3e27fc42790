/**
 * Somebody to ask for the password in a terminal, where no desktop does. pkexec's own way of asking there does not work
 * with Debian 12's polkit ("No session for cookie", also after the right password); an agent of the caller's own does.
 */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Let `pkttyagent` answer for this process. Gives what ends it, or null where it could not be started. */
export function startTerminalAgent(program: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    const child = spawn(program, ['--process', String(process.pid), '--notify-fd', '3'], {
      // It speaks to the terminal itself; it closes descriptor 3 once it is ready.
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    child.on('error', () => resolve(null));
    child.on('exit', () => resolve(null));
    const ready = child.stdio[3] as Readable | null;
    ready?.on('close', () => resolve(child.exitCode === null && child.signalCode === null ? () => child.kill() : null));
    ready?.resume();
  });
}
