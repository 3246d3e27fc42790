/**
 * Docker's own list of its containers, for their names. It is asked over its socket, and only where the daemon runs
 * already: systemd starts it for the first word that is said to that socket, and reading must not start anything.
 */
import { accessSync, constants } from 'node:fs';
import type { Transcript } from '../../core/model.ts';
import { textOf } from './files.ts';
import { type RunOptions, runRead } from './run.ts';

const SOCKET = '/run/docker.sock';
const RUNS = '/run/docker.pid';
/** Milliseconds; a name is not worth waiting for. */
const PATIENCE = 2000;

/** Transcript `docker.ps`, one JSON object a line; nothing where the daemon does not run or may not be asked. */
export async function readContainers(options: RunOptions): Promise<readonly Transcript[]> {
  if (!mayAsk()) return [];
  const argv = ['docker', '-H', `unix://${SOCKET}`, 'ps', '--no-trunc', '--format', '{{json .}}'];
  const asked = await runRead('docker.ps', argv, { ...options, timeLimit: PATIENCE });
  return [{ ...asked, stdout: onlyNames(asked.stdout) }];
}

function mayAsk(): boolean {
  const pid = Number(textOf(RUNS)?.trim() ?? '');
  if (!Number.isInteger(pid) || pid <= 0 || textOf(`/proc/${pid}/comm`)?.trim() !== 'dockerd') return false;
  try {
    accessSync(SOCKET, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Of all that Docker prints (command lines and labels, which may hold secrets) only what is needed is kept. */
const onlyNames = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      try {
        const { ID, Names, Ports } = JSON.parse(line) as Record<string, unknown>;
        return `${JSON.stringify({ ID, Names, Ports })}\n`;
      } catch {
        return '?\n';
      }
    })
    .join('');
