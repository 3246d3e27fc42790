/**
 * Windows -> transcripts: `netstat` and `windows.firewall`, as core/listeners/windows.ts and core/machine/windows.ts say
 * what is in them. Both as the person who asks: nothing here needs an administrator, and nothing changes anything.
 *
 *   programs   where Windows' own programs are    encode   a script on a command line
 *   netstat    the sockets                        script   the one script of PowerShell; parts, what it prints
 */
import type { Transcript } from '../../../core/model.ts';
import { type RunOptions, runRead } from '../run.ts';
import { powershellArguments } from './encode.ts';
import { readWindowsNetstat } from './netstat.ts';
import { assembleParts } from './parts.ts';
import { type WindowsPrograms, windowsPrograms } from './programs.ts';
import { READ_WINDOWS } from './script.ts';

interface Options {
  readonly onProgress?: ((step: Step) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Step {
  readonly phase: string;
  readonly text: string;
  readonly done: number;
  readonly of: number;
}

/** What a test gives in place of the system's own. */
interface System {
  readonly programs: WindowsPrograms;
  /** Milliseconds for PowerShell: it takes one or two to start, and the slow parts as many each. */
  readonly timeLimit: number;
}

const TIME_LIMIT = 40_000;

const thisSystem = (): System => ({ programs: windowsPrograms(), timeLimit: TIME_LIMIT });

/** Never throws: what could not be read is in the transcripts with its reason. */
export async function readWindowsComputer(
  { onProgress, signal }: Options,
  { programs, timeLimit }: System = thisSystem(),
): Promise<readonly Transcript[]> {
  const { netstat, powershell, place } = programs;
  const run: RunOptions = { signal, place };
  let done = 0;
  const step = async (phase: string, text: string, work: Promise<Transcript>): Promise<Transcript> => {
    const transcript = await work;
    done++;
    onProgress?.({ phase, text, done, of: 2 });
    return transcript;
  };
  return Promise.all([
    step('rules', 'Reading networks and firewall rules', readRules(powershell, { ...run, timeLimit })),
    step('sockets', 'Reading what listens', readWindowsNetstat(netstat, run)),
  ]);
}

async function readRules(powershell: string, options: RunOptions): Promise<Transcript> {
  const argv = [powershell, ...powershellArguments(READ_WINDOWS)];
  const printed = await runRead('windows.firewall', argv, options);
  // The script is always the same, and twenty times as long as all else that is known of a command.
  return assembleParts({ ...printed, argv: [...argv.slice(0, -1), '…'] });
}
