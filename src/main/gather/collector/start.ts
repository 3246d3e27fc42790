/** Starting the collector and hearing its hints. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { environment } from '../run.ts';

export type HintWord = 'sockets' | 'network' | 'firewall';

const HINTS: ReadonlySet<string> = new Set<HintWord>(['sockets', 'network', 'firewall']);

/** A process that runs the collector. */
interface Started {
  readonly stdout: Readable;
  /** Be told once that it has ended, or did not start. */
  readonly onEnd: (listener: () => void) => void;
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
    stop: () => void child.stdin.end(),
  };
};

/** @param onEnd it has ended by itself, so that nothing is noticed any more */
export function startCollector(onHint: (hint: HintWord) => void, onEnd: () => void, launch = asChild): () => void {
  const started = launch(join(import.meta.dirname, '..', 'collector', 'collector.cjs'), environment());
  let stopped = false;
  let rest = '';
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (!stopped && HINTS.has(line)) onHint(line as HintWord);
  });
  started.onEnd(() => {
    if (!stopped) onEnd();
    stopped = true;
  });
  return () => {
    stopped = true;
    started.stop();
  };
}
