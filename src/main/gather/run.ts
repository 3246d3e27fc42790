/** The one runner of commands for reading. Nothing throws: what went wrong is in the transcript. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Failure, Transcript } from '../../core/model.ts';
import { stopwatch } from './stopwatch.ts';
import type { Printed } from './together.ts';

/** Programs that read the machine live here; `/run/current-system/sw/bin` is where NixOS keeps them. */
const SEARCH_PATH = '/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin';
/** No folder, and none can be made of it: nothing that is run here keeps a history or settings. */
const NOWHERE = '/dev/null';
export const TIME_LIMIT = 10_000;
export const SIZE_LIMIT = 32 * 1024 * 1024;
const MOST_STDERR = 64 * 1024;

export interface RunOptions {
  /** Milliseconds; default `TIME_LIMIT`. A command that takes longer is killed. */
  readonly timeLimit?: number;
  /** Bytes of stdout; default `SIZE_LIMIT`. A command that prints more is killed. */
  readonly sizeLimit?: number;
  /** What the command reads from its standard input; nothing by default. */
  readonly input?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where programs are looked for, in place of the system's folders. */
  readonly searchPath?: string | undefined;
  /** Where it runs and with which variables, in place of the root folder and of `environment`. */
  readonly place?: { readonly cwd: string; readonly env: NodeJS.ProcessEnv } | undefined;
  /** What some commands print that were started before, together; asked first. */
  readonly early?: ((argv: readonly string[]) => Promise<Printed | null>) | undefined;
}

/** The environment of everything that is run for reading. */
export const environment = (searchPath = SEARCH_PATH): NodeJS.ProcessEnv => ({
  PATH: searchPath,
  LC_ALL: 'C',
  HOME: NOWHERE,
});

/**
 * Runs `argv` without a shell, in an environment of three variables, and keeps what it printed.
 *
 * `failure`: `missing` there is no such program; `refused` it may not be run, or said that rights are missing;
 * `timeout`, `too-large` it was killed here; `killed` a signal from elsewhere, or the caller's own; `failed` it ended
 * with another status than 0. What was printed until then is kept.
 */
export async function runRead(id: string, argv: readonly string[], options: RunOptions = {}): Promise<Transcript> {
  const { timeLimit = TIME_LIMIT, sizeLimit = SIZE_LIMIT, input, signal, searchPath } = options;
  const { place = { cwd: '/', env: environment(searchPath) } } = options;
  const startedAt = new Date().toISOString();
  const passed = stopwatch();
  const printed = (await options.early?.(argv)) ?? null;
  if (printed !== null) {
    const ended = { exit: 0, signal: null, ms: passed(), failure: null };
    return { id, kind: 'command', argv, ...printed, startedAt, ...ended };
  }
  const running = launch(argv, input !== undefined, place);
  const { child } = running;
  let broken: Failure | null = null;
  const stop = (why: Failure): void => {
    broken ??= why;
    child.kill('SIGKILL');
    // A grandchild may hold the pipes open.
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  const abort = (): void => stop('killed');
  running.limitOutput(sizeLimit, () => stop('too-large'));
  const timer = setTimeout(() => stop('timeout'), timeLimit);
  if (signal?.aborted === true) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  if (input !== undefined) child.stdin?.end(input);
  const { exit, killedBy, error } = await running.ended;
  clearTimeout(timer);
  signal?.removeEventListener('abort', abort);
  const stderr = error?.message ?? running.stderr();
  return {
    id,
    kind: 'command',
    argv,
    exit: error === null ? exit : null,
    signal: killedBy,
    stdout: running.stdout(),
    stderr,
    startedAt,
    ms: passed(),
    failure: broken ?? failureOf(exit, killedBy, error, stderr),
  };
}

interface Ended {
  readonly exit: number | null;
  readonly killedBy: string | null;
  /** It never started. */
  readonly error: NodeJS.ErrnoException | null;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly limitOutput: (bytes: number, over: () => void) => void;
}

function launch(
  argv: readonly string[],
  withInput: boolean,
  place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Running {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, {
    ...place,
    stdio: [withInput ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let [outSize, errSize, most] = [0, 0, Number.POSITIVE_INFINITY];
  let over = (): void => undefined;
  child.stdout?.on('data', (data: Buffer) => {
    outSize += data.length;
    if (outSize <= most) out.push(data);
    else over();
  });
  child.stderr?.on('data', (data: Buffer) => {
    errSize += data.length;
    if (errSize <= MOST_STDERR) err.push(data);
  });
  // A command that ends before it has read everything is judged by its status, not by the broken pipe.
  child.stdin?.on('error', () => undefined);
  const ended = new Promise<Ended>((resolve) => {
    let error: NodeJS.ErrnoException | null = null;
    child.on('error', (what) => {
      error = what;
    });
    child.on('close', (exit, killedBy) => resolve({ exit, killedBy, error }));
  });
  return {
    child,
    ended,
    stdout: () => Buffer.concat(out).toString(),
    stderr: () => Buffer.concat(err).toString(),
    limitOutput: (bytes, tell) => {
      most = bytes;
      over = tell;
    },
  };
}

const NO_RIGHTS = /permission denied|operation not permitted|must be root|need to be root|not permitted|access denied/i;

function failureOf(
  exit: number | null,
  signal: string | null,
  error: NodeJS.ErrnoException | null,
  stderr: string,
): Failure | null {
  if (error !== null)
    return error.code === 'ENOENT'
      ? 'missing'
      : error.code === 'EACCES' || error.code === 'EPERM'
        ? 'refused'
        : 'failed';
  if (signal !== null) return 'killed';
  if (exit === 0) return null;
  return NO_RIGHTS.test(stderr) ? 'refused' : 'failed';
}
