/** The quick program and Node's, each run to its end in the same surroundings. `build.ts` has built both. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { quickProgram } from '../../../scripts/quick.mjs';
import { program } from './program.ts';

export const QUICK: readonly string[] = [quickProgram];
export const ON_NODE: readonly string[] = [process.execPath, program];

interface Options {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Run it without a terminal. Its state folder is one that does not exist, unless `env` names one. */
export function runOn(
  which: readonly string[],
  args: readonly string[],
  { input = '', env = {}, cwd }: Options = {},
): SpawnSyncReturns<string> {
  const [file = '', ...before] = which;
  return spawnSync(file, [...before, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 256 * 1024 * 1024,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/nonexistent', XDG_STATE_HOME: '/nonexistent/state', ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
}
