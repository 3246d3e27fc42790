/**
 * One script, run as administrator after Windows has asked for it; its exit status comes back, and nothing else can.
 * Where the launcher cannot start anything (constrained language mode, no PowerShell for this person), sudo-prompt tries:
 * it writes a batch file into the person's own folder that is run elevated (docs/THREAT-MODEL.md).
 */
import { spawn } from 'node:child_process';
import { encodedCommand, powershellArguments } from '../../gather/windows/encode.ts';
import { systemRoot, type WindowsPrograms, windowsPrograms } from '../../gather/windows/programs.ts';
import { COMMAND, ELEVATED_ARGUMENTS, LAUNCHER } from './launcher.ts';

/** How it went. */
export type Elevated =
  /** The script's own exit status. */
  | { readonly is: 'ended'; readonly status: number }
  /** The person said no, as Windows itself says. */
  | { readonly is: 'refused' }
  /** sudo-prompt says that the person said no, which it says of other failures too: whether anything was done is to be seen. */
  | { readonly is: 'taken-for-refused' }
  /** Nothing was started. said: a number of Windows, or a word; it is shown as it is. */
  | { readonly is: 'unable'; readonly said: string }
  /** Nothing was started: it would be longer than a command line may be. */
  | { readonly is: 'too-long'; readonly characters: number; readonly most: number }
  /** Something was started, and how it ended was not heard. late: it may still run. */
  | { readonly is: 'unheard'; readonly late: boolean };

/** What a program printed, and how it ended; `error`: it never started. */
interface Launched {
  readonly stdout: string;
  readonly late: boolean;
  readonly error: string | null;
}

/** What elevation needs of the system; a test gives its own. */
export interface ElevateSystem {
  readonly programs: WindowsPrograms;
  /** Run to the end, or to the limit. Never throws. */
  readonly launch: (argv: readonly string[], place: WindowsPrograms['place']) => Promise<Launched>;
  /**
   * sudo-prompt's one call: the exit status; `refused` for all that it takes for a refusal; `unheard`: it failed somewhere,
   * perhaps after it had started something. Never throws.
   */
  readonly prompt: (command: string) => Promise<number | 'refused' | 'unheard'>;
}

/** Milliseconds for the person to answer (Windows itself waits two minutes) and for the script. */
const PATIENCE = 10 * 60_000;
/**
 * Characters of a program's path and its arguments together, as .NET promises them for `runas` too since Windows 7 (before,
 * what ShellExecute takes was 2080). Source: Microsoft Learn, ProcessStartInfo.Arguments.
 */
export const LONGEST_ELEVATED = 32_698;
/** Characters of a line that cmd takes, which sudo-prompt's batch file is read by. Source: Microsoft Learn, KB 830473. */
const LONGEST_BATCH_LINE = 8191;
/** ERROR_CANCELLED. */
const CANCELLED = '1223';
const MOST_PRINTED = 4096;

/** Ended here where it takes longer than `patience`, milliseconds; what it has started as administrator goes on. */
export function launch(
  argv: readonly string[],
  { cwd, env }: WindowsPrograms['place'],
  patience = PATIENCE,
): Promise<Launched> {
  const [program = '', ...args] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, windowsHide: true, stdio: ['ignore', 'pipe', 'ignore'] });
    let stdout = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill();
      child.stdout.destroy();
    }, patience);
    child.stdout.on('data', (data: Buffer) => {
      if (stdout.length < MOST_PRINTED) stdout += data.toString('latin1');
    });
    const end = (error: string | null): void => {
      clearTimeout(timer);
      resolve({ stdout, late, error });
    };
    let started = false;
    child.once('spawn', () => {
      started = true;
    });
    // Also told where ending it fails, and then it goes on.
    child.on('error', ({ message }) => {
      if (!started) end(message);
      else if (late) end(null);
    });
    child.once('close', () => end(null));
  });
}

const PATH_OF = 'System32\\WindowsPowerShell\\v1.0\\powershell.exe';

async function prompt(command: string): Promise<number | 'refused' | 'unheard'> {
  const { promptExec } = await import('../elevate.ts');
  const back = process.cwd();
  try {
    // It looks for PowerShell in the working folder first, and writes that folder's name into its batch file.
    process.chdir(`${systemRoot()}\\System32`);
    return await new Promise((resolve) => {
      promptExec(command, { name: 'Portcullis' }, (error) => {
        const code: unknown = error !== undefined && 'code' in error ? error.code : 0;
        if (typeof code === 'number') resolve(code);
        else resolve(/did not grant/i.test(error?.message ?? '') ? 'refused' : 'unheard');
      });
    });
  } catch {
    return 'unheard';
  } finally {
    process.chdir(back);
  }
}

const thisSystem = (): ElevateSystem => ({ programs: windowsPrograms(), launch, prompt });

/** Run it. Never throws. */
export async function elevateScript(script: string, system: ElevateSystem = thisSystem()): Promise<Elevated> {
  const { programs } = system;
  const encoded = encodedCommand(script);
  // As the launcher will start it: its path, a space, and the longest root folder that is taken for one.
  const characters = programs.powershell.length + 3 + ELEVATED_ARGUMENTS.length + encoded.length;
  if (characters > LONGEST_ELEVATED) return { is: 'too-long', characters, most: LONGEST_ELEVATED };
  const place = { ...programs.place, env: { ...programs.place.env, [COMMAND]: encoded } };
  const { stdout, late, error } = await system.launch([programs.powershell, ...powershellArguments(LAUNCHER)], place);
  // One that could not be stopped was started: asking once more would have it done twice.
  if (error !== null && !late && stdout === '') return prompted(encoded, system);
  const heard = said(stdout, late);
  return heard.is === 'unable' && !BY_WINDOWS.test(heard.said) ? prompted(encoded, system) : heard;
}

/** An error of Windows itself, which whoever asks is given: a policy, or an account that may never become administrator. */
const BY_WINDOWS = /^error \d+$/;

/** What the launcher printed. Without a word of it nothing shows that nothing was started. */
function said(stdout: string, late: boolean): Elevated {
  const lines = stdout.split(/\r?\n/).map((line) => line.trim());
  const status = lines.flatMap((line) => /^ended (-?\d{1,10})$/.exec(line)?.[1] ?? [])[0];
  if (status !== undefined) return { is: 'ended', status: Number(status) };
  const unable = lines.flatMap((line) => /^unable ([\w-]{1,20})$/.exec(line)?.[1] ?? [])[0];
  if (unable === undefined || lines.includes('started')) return { is: 'unheard', late };
  return unable === CANCELLED ? { is: 'refused' } : { is: 'unable', said: reason(unable) };
}

const reason = (word: string): string => (/^-?\d+$/.test(word) ? `error ${word}` : word);

async function prompted(encoded: string, { prompt: ask }: ElevateSystem): Promise<Elevated> {
  const command = `"${systemRoot()}\\${PATH_OF}" ${ELEVATED_ARGUMENTS}${encoded}`;
  if (command.length > LONGEST_BATCH_LINE)
    return { is: 'too-long', characters: command.length, most: LONGEST_BATCH_LINE };
  const answer = await ask(command);
  if (typeof answer === 'number') return { is: 'ended', status: answer };
  return answer === 'refused' ? { is: 'taken-for-refused' } : { is: 'unheard', late: false };
}
