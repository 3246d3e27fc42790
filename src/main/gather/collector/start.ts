/** Starting the collector and hearing its hints. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environment } from '../run.ts';

export type Hint = 'sockets' | 'network' | 'firewall';

const HINTS: ReadonlySet<string> = new Set<Hint>(['sockets', 'network', 'firewall']);

/** @param onEnd it has ended by itself, so that nothing is noticed any more */
export function startCollector(onHint: (hint: Hint) => void, onEnd: () => void): () => void {
  const file = join(import.meta.dirname, '..', 'collector', 'collector.cjs');
  const child = spawn(process.execPath, [file], { env: environment(), cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] });
  let stopped = false;
  let rest = '';
  const end = (): void => {
    if (!stopped) onEnd();
    stopped = true;
  };
  child.stdin.on('error', () => undefined);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (!stopped && HINTS.has(line)) onHint(line as Hint);
  });
  child.on('error', end);
  child.on('close', end);
  return () => {
    stopped = true;
    child.stdin.end();
  };
}
