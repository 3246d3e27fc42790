/** Starting the collector, hearing its hints, and having it read. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { environment } from '../gather/run.ts';
import { windowsEnvironment } from '../gather/windows/programs.ts';
import type { Reading } from '../reading.ts';

export type HintWord = 'sockets' | 'network' | 'firewall';

const HINTS: ReadonlySet<string> = new Set<HintWord>(['sockets', 'network', 'firewall']);

/** Milliseconds for a reading, longer than all time limits of reading together; what takes longer hangs. */
const LIMIT = 60_000;

/** A process that runs the collector. */
interface Started {
  readonly stdout: Readable;
  /** Be told once that it has ended, or did not start. */
  readonly onEnd: (listener: () => void) => void;
  readonly say: (word: 'read') => void;
  readonly stop: () => void;
}

/** How a process is started that runs this file: a face whose program is not Node has its own way. */
export type Launch = (file: string, env: NodeJS.ProcessEnv) => Started;

export const asChild: Launch = (file, env) => {
  const child = spawn(process.execPath, [file], { env, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  return {
    stdout: child.stdout,
    onEnd: (listener) => {
      child.once('error', listener);
      child.once('close', listener);
    },
    say: (word) => void child.stdin.write(`${word}\n`),
    stop: () => void child.stdin.end(),
  };
};

export interface Collector {
  /** Null: it has ended, or does not answer. */
  readonly read: () => Promise<Reading | null>;
  readonly stop: () => void;
}

/** @param onEnd it has ended by itself, so that nothing is noticed any more */
export function startCollector(onHint: (hint: HintWord) => void, onEnd: () => void, launch = asChild): Collector {
  const env = process.platform === 'win32' ? windowsEnvironment() : environment();
  const started = launch(join(import.meta.dirname, '..', 'collector', 'collector.cjs'), env);
  let over = false;
  let answer: ((reading: Reading | null) => void) | null = null;
  const give = (reading: Reading | null): void => {
    answer?.(reading);
    answer = null;
  };
  const stop = (): void => {
    over = true;
    started.stop();
    give(null);
  };
  const lost = (): void => {
    if (over) return;
    over = true;
    give(null);
    onEnd();
  };
  createInterface({ input: started.stdout }).on('line', (line) => {
    if (over) return;
    if (HINTS.has(line)) onHint(line as HintWord);
    else if (line.startsWith('{')) give(readingFrom(line));
  });
  started.onEnd(lost);
  return {
    read: () => {
      if (over) return Promise.resolve(null);
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          // Whatever it says later would pass for the answer to another question.
          started.stop();
          lost();
        }, LIMIT);
        answer = (reading) => {
          clearTimeout(timer);
          resolve(reading);
        };
        started.say('read');
      });
    },
    stop,
  };
}

/** A line may be cut off, where the process was ended. */
function readingFrom(line: string): Reading | null {
  try {
    return JSON.parse(line) as Reading;
  } catch {
    return null;
  }
}
