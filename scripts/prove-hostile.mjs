/**
 * `npm run prove:hostile -- [--plans N] [--readings N] [--seed S] [--workers N] [--minutes N] [--only N]`: hostile plans,
 * names, addresses, words, files and settings against the real helper, N processes of it (default 10,000) on machines of
 * their own, and N plans (default 100,000) against its reading of plans alone. Writes docs/HOSTILE.md.
 * `--minutes` stops it after so long, and its page says how far it came; started with the same numbers it goes on there.
 * `--only` repeats one attack and shows all that was said. Needs root. Exit: that of the tests.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { root } from './tasks.mjs';

const { values } = parseArgs({
  options: {
    plans: { type: 'string', default: '10000' },
    readings: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fffffff)) },
    workers: { type: 'string', default: '2' },
    only: { type: 'string' },
    minutes: { type: 'string' },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (!/^(0|[1-9]\d{0,9})$/.test(value)) {
    console.error(`--${name} takes a whole number, for example --${name} 10.`);
    process.exit(2);
  }
}
console.log(`npm run prove:hostile -- --plans ${values.plans} --readings ${values.readings} --seed ${values.seed}`);

const settings = Object.entries(values).map(([name, value]) => [`PROVE_${name.toUpperCase()}`, value]);
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'lab', 'test/lab/hostile-plans.test.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ...Object.fromEntries(settings) } },
);
process.exit(status ?? 1);
