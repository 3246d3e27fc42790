/** `npm run screenshots`: build the page and take the pictures of docs/screenshots, each made small enough to keep. */
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const run = (script, ...args) => {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SCREENSHOTS: '1' },
  });
  if (status !== 0) process.exit(status ?? 1);
};

run('scripts/build.mjs', 'renderer');
run('node_modules/@playwright/test/cli.js', 'test', '--project=screenshots', ...process.argv.slice(2));
