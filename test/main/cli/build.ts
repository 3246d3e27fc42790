/** Before the tests that run the built program: build it where it is missing or older than the sources. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../../bin/portcullis.cjs', import.meta.url)), '--version']);
}
