/**
 * A thread of its own that reads one file after the other and judges what is in it: a file that takes too long, or more
 * memory than there is, ends with its thread, and not with the program.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Unit } from './files.ts';
import type { Done } from './pool.ts';
import { machinesIn } from './read.ts';

const { kept } = workerData as { readonly kept: readonly string[] };
const keptHere = new Set(kept);

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const say = (done: Done): void => parentPort?.postMessage(done);

parentPort?.on('message', (unit: Unit) => {
  void machinesIn(unit, keptHere).then(say, (error: unknown) => {
    const why = `the program failed on it: ${error instanceof Error ? error.message : String(error)}`;
    say({ machines: [], unread: [{ from: unit.from, why }] });
  });
});
