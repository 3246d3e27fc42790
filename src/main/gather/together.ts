/**
 * Several programs for one start. Starting a program stops Node for as long as reading takes, and longer when others
 * have just been started; a small shell starts them all at once, on another core.
 *
 * The shell's script is fixed and no word of a command is ever part of it: the words are its arguments. Each program
 * writes into a pipe of its own, and the shell adds how it ended. What did not end well is not used: whoever wants it
 * runs the program itself, and hears exactly what is wrong.
 */
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export interface Part {
  readonly argv: readonly string[];
  /** What it reads from its standard input: whole lines; nothing by default. */
  readonly input?: string | undefined;
  /**
   * For a program that takes long to begin, and reads what it does: what stands before its input where it is started ahead
   * of `go`, and makes it wait for a byte on that descriptor and end where none comes. It takes one and no more: others
   * wait for theirs there.
   */
  readonly waitOn?: ((descriptor: number) => string) | undefined;
  /**
   * Of the first part alone: its words where it is started ahead of `go`, with which it reads its standard input to the end
   * before it does anything. Where whoever started it is gone, that end comes too: it does its work once more, for nobody.
   */
  readonly ahead?: readonly string[] | undefined;
}

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

export interface Together {
  /** What the program printed that ended with status 0; null for all else, and for what is none of the parts. */
  readonly printed: (argv: readonly string[]) => Promise<Printed | null>;
  /**
   * Start the programs of one that waits: the first part now, the others once the caller has nothing to do but wait. The
   * part that takes longest stands first, so that on a small computer it shares a processor with nobody meanwhile.
   */
  readonly go: () => void;
  /** Whether it can still be used. */
  readonly alive: () => boolean;
  readonly kill: () => void;
}

interface Options {
  readonly env: NodeJS.ProcessEnv;
  /** Start now, or wait for `go`. What waits does not keep this process alive, and ends with it. */
  readonly wait: boolean;
  /** Milliseconds from the start of the programs, and bytes that one may print. */
  readonly timeLimit: number;
  readonly sizeLimit: number;
}

const FIRST_PIPE = 3;
const MOST = 5;
/** Behind the pipes of the parts: where the first of them waits, and where the others do. */
const waitPipe = (parts: number, index: number): number => FIRST_PIPE + parts + (index === 0 ? 0 : 1);
const keyOf = (argv: readonly string[]): string => argv.join('\0');

/** Throws a `RangeError` for more than five parts: the shell may know descriptors of one digit alone (dash). */
export function startTogether(parts: readonly Part[], options: Options): Together {
  if (parts.length > MOST) throw new RangeError(`${parts.length} programs for one start, and ${MOST} are the most`);
  const { env, wait, timeLimit, sizeLimit } = options;
  const { text, words, mark } = scriptOf(parts, wait);
  const child = spawn('/bin/sh', ['-c', text, 'sh', ...words], {
    env,
    cwd: '/',
    stdio: [
      'ignore',
      'ignore',
      'ignore',
      ...parts.map(() => 'pipe' as const),
      ...(wait ? (['pipe', 'pipe'] as const) : []),
    ],
    // A group of its own, so that all of it can be ended at once.
    detached: true,
  });
  let alive = true;
  let timer: NodeJS.Timeout | undefined;
  const kill = (): void => {
    alive = false;
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  };
  const ended = new Promise<null>((resolve) => {
    const over = (): void => {
      alive = false;
      resolve(null);
    };
    child.once('error', over);
    child.once('close', over);
  });
  const pipes = parts.map((_, index) => child.stdio[FIRST_PIPE + index] as Readable);
  const [first, others] = [0, 1].map((index) => child.stdio[waitPipe(parts.length, index)] as Writable | undefined);
  const waiting = [first, others];
  const answers = new Map(
    parts.map(
      ({ argv }, index) => [keyOf(argv), Promise.race([answerOf(pipes[index]!, mark, sizeLimit), ended])] as const,
    ),
  );
  void Promise.all(answers.values()).then(() => {
    alive = false;
    clearTimeout(timer);
    for (const pipe of pipes) pipe.destroy();
    child.unref();
  });
  const go = (): void => {
    timer = setTimeout(kill, timeLimit);
    hold([child, ...waiting, ...pipes], true);
    first?.end('\n');
    queueMicrotask(() => others?.end('\n'.repeat(parts.length - 1)));
  };
  // Nobody hears of it when it ends while it waits; who wants it sees that it is not alive.
  for (const one of waiting) one?.on('error', () => undefined);
  if (wait) hold([child, ...waiting, ...pipes], false);
  else go();
  return {
    printed: async (argv) => (await answers.get(keyOf(argv))) ?? null,
    go,
    alive: () => alive,
    kill,
  };
}

interface Script {
  readonly text: string;
  readonly words: readonly string[];
  /** What the shell says before its own words, so that nothing that a program prints can pass for them. */
  readonly mark: string;
}

/** Behind what a part's program printed stand: NUL, mark, NUL, exit status, NUL, standard error, NUL. */
function scriptOf(parts: readonly Part[], wait: boolean): Script {
  const mark = `${process.pid}.${Math.random()}`;
  const words = [mark];
  // `${3}`: the third argument.
  const argument = (word: string): string => `\${${words.push(word)}}`;
  const take = (word: string): string => `"${argument(word)}"`;
  // Takes fewer processes than a pipe. The shell looks at nothing again that stands in the argument.
  const hereWith = (text: string): string => `<<.\n${argument(text.replace(/\n$/, ''))}\n.\n`;
  const lines = parts.map(({ argv, input, waitOn, ahead }, index) => {
    const pipe = FIRST_PIPE + index;
    const waiting = waitPipe(parts.length, index);
    const before = wait ? waitOn?.(waiting) : undefined;
    const all = before === undefined ? input : `${before}${input ?? ''}`;
    const bySelf = wait && index === 0 && ahead !== undefined;
    // `read` takes a byte at a time from a pipe, and so no more than its own line.
    const told = wait && before === undefined && !bySelf ? `read -r go <&${waiting} || exit 1; ` : '';
    const from = bySelf ? `<&${waiting}` : all === undefined ? '</dev/null' : hereWith(all);
    const run = `${told}exec ${(bySelf ? ahead : argv).map(take).join(' ')} 2>&1 >&${pipe} ${from}`;
    return `{ e=$(${run}); printf '\\000%s\\000%d\\000%s\\000' "$1" $? "$e" >&${pipe}; } &`;
  });
  return { text: [...lines, 'wait'].join('\n'), words, mark };
}

/** Reads until the shell's own words. */
function answerOf(pipe: Readable, mark: string, sizeLimit: number): Promise<Printed | null> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    pipe.on('data', (data: Buffer) => {
      parts.push(data);
      size += data.length;
      if (size > sizeLimit) resolve(null);
      else if (data.at(-1) === 0) {
        const printed = parse(parts.length === 1 ? data : Buffer.concat(parts), mark);
        if (printed !== undefined) resolve(printed);
      }
    });
    pipe.once('error', () => resolve(null));
    pipe.once('close', () => resolve(null));
  });
}

/** null: it ended with another status than 0. undefined: this is not the end yet. */
function parse(bytes: Buffer, mark: string): Printed | null | undefined {
  const end = bytes.lastIndexOf(`\0${mark}\0`);
  if (end < 0) return undefined;
  const [status, stderr, rest] = bytes.toString('utf8', end + mark.length + 2).split('\0');
  if (stderr === undefined || rest === undefined) return undefined;
  return status === '0' ? { stdout: bytes.toString('utf8', 0, end), stderr } : null;
}

/** Whether this process stays alive for them. */
function hold(parts: readonly unknown[], held: boolean): void {
  for (const part of parts) {
    // The pipes are sockets, which their type does not say.
    const one = part as { ref?: () => void; unref?: () => void } | null | undefined;
    if (held) one?.ref?.();
    else one?.unref?.();
  }
}
