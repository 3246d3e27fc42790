/** Before the tests that run the built program: build it, so that they never judge an older one. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function setup(): void {
  const script = fileURLToPath(new URL('../../../scripts/build.mjs', import.meta.url));
  execFileSync(process.execPath, [script, 'cli', 'helper', 'collector', 'fleet'], { stdio: 'pipe' });
}
