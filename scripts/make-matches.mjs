/** `npm run make:matches`: writes docs/MATCHES.md, what the readers make of every match and target. Exit: that of the test. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '-u',
    '--project',
    'fast',
    'test/core/firewalls/netfilter/matches-page.test.ts',
  ],
  { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: 'inherit' },
);
process.exit(status ?? 1);
