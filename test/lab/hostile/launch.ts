/** Start the helper as a caller of whatever mind would: any words, bytes, settings and streams; and hear it out. */
import { spawn } from 'node:child_process';
import { real } from './trap.ts';

/** What becomes of its standard input after the bytes: it ends, stays open, goes on for ever, or was never there. */
export type Ending = 'ends' | 'stays open' | 'never ends' | 'closed from the start';

export interface Call {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly input: Buffer;
  readonly ending: Ending;
  /** Nobody hears it. */
  readonly deaf: boolean;
  /** Words for the shell that starts it, `"$@"` being the helper: what Node cannot pass on. */
  readonly through: string | null;
  /** Lines to say while a change waits, before the last of them is to count. */
  readonly whileWaiting: readonly string[];
}

export interface Heard {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Ended here, because it took longer than anything may. */
  readonly late: boolean;
  readonly ms: number;
}

/** Milliseconds: more than the helper waits for its input. */
const LONGEST = 90_000;
/** Between the words that are not to count and the one that is. */
const PAUSE = 700;

/** `waits`: told the change's id when it waits and nothing is to be said on standard input. */
export function launch(helper: readonly [string, string], call: Call, waits: (id: string) => void): Promise<Heard> {
  const [program, ...args] =
    call.through === null
      ? [...helper, ...call.words]
      : [real('dash'), '-c', call.through, 'sh', ...helper, ...call.words];
  const began = performance.now();
  return new Promise((resolve) => {
    const closed = call.ending === 'closed from the start';
    const child = spawn(program, args, {
      cwd: '/',
      env: call.env,
      stdio: [closed ? 'ignore' : 'pipe', call.deaf ? 'ignore' : 'pipe', 'pipe'],
    });
    let [stdout, stderr, told, late] = ['', '', false, false];
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, LONGEST);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const id = told ? null : /\{"type":"waiting","value":\{"change":\{"id":"([^"]+)"/.exec(stdout)?.[1];
      if (id === null || id === undefined) return;
      told = true;
      if (call.whileWaiting.length === 0) return waits(id);
      const last = call.whileWaiting.at(-1) ?? '';
      for (const line of call.whileWaiting.slice(0, -1)) child.stdin?.write(`${line}\n`);
      setTimeout(() => child.stdin?.write(`${last}\n`), PAUSE);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin?.on('error', () => {}); // it ended first
    child.once('error', (error) => {
      stderr += error.message;
    });
    child.once('close', (exit) => {
      clearTimeout(timer);
      resolve({ exit, stdout, stderr, late, ms: performance.now() - began });
    });
    if (child.stdin === null) return;
    child.stdin.write(call.input);
    if (call.ending === 'ends' && call.whileWaiting.length === 0) child.stdin.end();
    if (call.ending === 'never ends') pour(child.stdin);
  });
}

/** Goes on until nobody reads. */
function pour(to: NodeJS.WritableStream): void {
  const more = Buffer.alloc(64 * 1024, '[');
  const go = (): void => {
    while (to.writable) if (!to.write(more)) return void to.once('drain', go);
  };
  go();
}
