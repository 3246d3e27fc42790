/**
 * `npm run prove:crash -- [--layer NAME] [--only TEXT] [--runs N] [--minutes M] [--seed S]`: the helper killed, and made to fail, at every point of a
 * change, an undo and a wait for confirmation. All points of all layers, or N by chance, or what can be done in M minutes;
 * `--only`: of those faults alone whose verb and name hold TEXT, as in “undo, call fails”. Writes docs/CRASHES.md, unless
 * only a part was asked for. What was run is kept: with the same helper the next walk goes on there. Exit: that of the tests.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { root, tool } from './tasks.mjs';

const { values } = parseArgs({
  options: {
    layer: { type: 'string' },
    only: { type: 'string' },
    runs: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fffffff)) },
  },
});
for (const name of ['runs', 'minutes', 'seed']) {
  if (values[name] !== undefined && !/^[1-9]\d{0,9}$/.test(values[name])) {
    console.error(`--${name} takes a whole number, for example --${name} 600.`);
    process.exit(2);
  }
}
const words = Object.entries(values).flatMap(([name, value]) => [`--${name}`, / /.test(value) ? `'${value}'` : value]);
const command = `npm run prove:crash -- ${words.join(' ')}`;
console.log(command);

const [program, ...args] = tool('vitest', 'run', '--project', 'lab', 'test/lab/crash.test.ts');
const { status } = spawnSync(program, args, {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PROVE_CRASH: command,
    PROVE_SEED: values.seed,
    PROVE_RUNS: values.runs ?? '',
    PROVE_MINUTES: values.minutes ?? '',
    PROVE_LAYER: values.layer ?? '',
    PROVE_ONLY: values.only ?? '',
  },
});
process.exit(status ?? 1);
