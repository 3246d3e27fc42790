/** Starting the collector from Electron: its program is no Node here, and may not be made one (the fuse `runAsNode`). */
import { PassThrough } from 'node:stream';
import { utilityProcess } from 'electron';
import type { Launch } from '../../watch.ts';

/** It ends with the application, whatever becomes of that. */
export const asUtility: Launch = (file, env) => {
  const child = utilityProcess.fork(file, [], {
    serviceName: 'Portcullis collector',
    env,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const stdout = new PassThrough();
  child.stdout?.pipe(stdout);
  return {
    stdout,
    onEnd: (listener) => void child.once('exit', listener),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    say: (word) => child.postMessage(word),
    stop: () => void child.kill(),
  };
};
