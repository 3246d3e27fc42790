/** Before the tests that run the built program: build it, so that they never judge an older one. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { whyNoQuick } from '../../../scripts/quick.mjs';

export default function setup(): void {
  const script = fileURLToPath(new URL('../../../scripts/build.mjs', import.meta.url));
  const why = whyNoQuick();
  if (why !== null) process.stderr.write(`SKIPPED the quick program: ${why}\n`);
  const parts = ['cli', 'helper', 'collector', 'fleet', ...(why === null ? ['quick'] : [])];
  execFileSync(process.execPath, [script, ...parts], { stdio: 'pipe' });
}
