/** The real built program as a child process. `build.ts` has built it before any test runs. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

export const program = resolve(import.meta.dirname, '../../../bin/portcullis.cjs');
export const snapshots = join(import.meta.dirname, 'snapshots');
export const snapshot = (name: string): string => join(snapshots, `${name}.json`);

interface Options {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Run it to its end, without a terminal. Its state folder is one that does not exist, unless `env` names one. */
export function run(args: readonly string[], { input = '', env = {}, cwd }: Options = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', XDG_STATE_HOME: '/nonexistent/state', ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
}
