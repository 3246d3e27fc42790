/**
 * Files are read and judged in a few threads, each file by itself and within limits, and come out in their order. No more
 * are under way than what holds little memory.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Machine, Unread } from '../../core/fleet/index.ts';
import type { Unit } from './files.ts';

/** What came of one file. */
export interface Done {
  readonly machines: readonly Machine[];
  readonly unread: readonly Unread[];
}

interface Limits {
  /** Milliseconds for one file, with its judging. */
  readonly time: number;
  /** Of a thread's old generation, MiB. */
  readonly memory: number;
  readonly threads: number;
}

/** A second thread on two processors was measured to gain little or nothing (docs/FLEET.md): each has to warm up by itself. */
const THREADS = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));

const LIMITS: Limits = { time: 30_000, memory: 1024, threads: THREADS };

/** Files that may be done before one that comes first in order. */
const AHEAD = 256;
/** So few are read by one thread sooner than a second has started. */
const FEW = 8;

export interface Work {
  readonly units: readonly Unit[];
  /** Ports of which the user said "I need this one". */
  readonly kept: readonly string[];
  /** Called for each file, in order. */
  readonly onDone: (done: Done, at: number) => void;
  readonly limits?: Partial<Limits>;
  /** The file that a thread runs. */
  readonly program?: string;
}

/** @throws what `onDone` throws, and where no thread can be started */
export async function readAll(work: Work): Promise<void> {
  const { units, kept, onDone } = work;
  const limits = { ...LIMITS, ...work.limits };
  const program = work.program ?? join(import.meta.dirname, '..', 'fleet', 'worker.cjs');
  const done = new Map<number, Done>();
  let [next, told] = [0, 0];
  /** Those that wait until less is ahead. */
  const waiting: (() => void)[] = [];

  const give = (at: number, one: Done): void => {
    done.set(at, one);
    for (let ready = done.get(told); ready !== undefined; ready = done.get(told)) {
      done.delete(told);
      onDone(ready, told);
      told++;
    }
    for (const go of waiting.splice(0)) go();
  };

  const thread = async (): Promise<void> => {
    let worker: Thread | null = null;
    try {
      while (next < units.length) {
        if (next > told + AHEAD) {
          await new Promise<void>((resolve) => waiting.push(resolve));
          continue;
        }
        const at = next++;
        const unit = units[at];
        if (unit === undefined) return;
        worker ??= startThread(program, kept, limits);
        const answer = await worker.ask(unit);
        if (typeof answer !== 'string') {
          give(at, answer);
          continue;
        }
        await worker.end();
        worker = null;
        give(at, { machines: [], unread: [{ from: unit.from, why: answer }] });
      }
    } catch (error) {
      // The others need not go on.
      next = units.length;
      throw error;
    } finally {
      await worker?.end();
    }
  };
  const threads = units.length < FEW ? 1 : Math.min(limits.threads, units.length);
  await Promise.all(Array.from({ length: threads }, thread));
}

/** A thread, and who waits for its answer. */
interface Thread {
  /** What came of it; a sentence: why the thread has to go. */
  readonly ask: (unit: Unit) => Promise<Done | string>;
  readonly end: () => Promise<unknown>;
}

function startThread(program: string, kept: readonly string[], { time, memory }: Limits): Thread {
  const worker = new Worker(program, {
    workerData: { kept },
    resourceLimits: { maxOldGenerationSizeMb: memory },
    env: {},
    stdin: false,
  });
  let answer: ((done: Done | string) => void) | null = null;
  let gone: string | null = null;
  const lost = (why: string): void => {
    gone ??= why;
    answer?.(gone);
  };
  worker.on('message', (done: Done) => answer?.(done));
  worker.on('error', (error) =>
    lost(
      (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? 'it takes more memory than a file may'
        : `the program failed on it: ${error.message}`,
    ),
  );
  worker.on('exit', () => lost('the program failed on it: its thread ended'));
  return {
    ask: async (unit) => {
      if (gone !== null) return gone;
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise<Done | string>((resolve) => {
          answer = resolve;
          timer = setTimeout(() => resolve(`it took longer than ${time / 1000} seconds`), time);
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
          worker.postMessage(unit);
        });
      } finally {
        clearTimeout(timer);
        answer = null;
      }
    },
    end: () => worker.terminate(),
  };
}
