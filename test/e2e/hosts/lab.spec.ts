/** Starts the specs of `lab/` where they may change a firewall: on the lab's machine. Where that cannot be, says why. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** The lab's exit status for "it cannot run here". */
const CANNOT = 77;

for (const spec of ['journey', 'checklist', 'security', 'silence', 'live', 'tray']) {
  test(`${spec}, on the machine of the lab`, async () => {
    test.setTimeout(600_000);
    const home = mkdtempSync(join(tmpdir(), 'portcullis-lab-home-'));
    const child = spawn(
      join(root, 'test/lab/lab.sh'),
      [
        process.execPath,
        join(root, 'node_modules/@playwright/test/cli.js'),
        'test',
        '--project=lab',
        '--output=test-results/lab',
        `${spec}.spec.ts`,
      ],
      // A home of its own: what is kept and remembered there is nobody's.
      {
        cwd: root,
        env: { ...process.env, HOME: home, XDG_STATE_HOME: home, FORCE_COLOR: '0' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
    const status = await new Promise((resolve) => child.once('exit', resolve));
    rmSync(home, { recursive: true, force: true });
    test.skip(status === CANNOT, said.trim());
    console.log(said.trim());
    expect(status, said).toBe(0);
  });
}
