/**
 * `npm run prove:reach -- [--probes N] [--seed S] [--record]`: the long proof of the reach engine against packets.
 * N probes of ufw rules (default 20000), as many or some times as many of every other kind of rules; the seed is fresh unless it
 * is given. Writes docs/ACCURACY.md; `--record` also the recorded probes that the tests replay. Exit: that of the tests.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    probes: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fffffff)) },
    record: { type: 'boolean', default: false },
  },
});
for (const name of ['probes', 'seed']) {
  if (!/^[1-9]\d{0,9}$/.test(values[name])) {
    console.error(`--${name} takes a whole number, for example --${name} 20000.`);
    process.exit(2);
  }
}
console.log(`npm run prove:reach -- --probes ${values.probes} --seed ${values.seed}`);

const root = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'lab', 'test/lab/reach.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PROVE_PROBES: values.probes,
      PROVE_SEED: values.seed,
      PROVE_RECORD: values.record ? '1' : '0',
    },
  },
);
process.exit(status ?? 1);
