/**
 * `npm run prove:random -- [--times N] [--only PATH]…`: every test of random inputs, with N times as many of them as
 * `npm test` runs (default 20), on inputs nobody has seen. What fails once in thousands of inputs is found here, and not by
 * chance in a run of the tests. A failure prints its seed and path. Exit: that of the tests.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { root, tool } from './tasks.mjs';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '20' }, only: { type: 'string', multiple: true, default: [] } },
});
if (!/^[1-9]\d{0,4}$/.test(values.times)) {
  console.error('--times takes a whole number, for example --times 20.');
  process.exit(2);
}
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((file) => `test/${file.replaceAll(sep, '/')}`)
  .filter((file) => /^test\/(?:core|main|renderer|rules)\/.*\.test\.tsx?$/.test(file))
  .filter((file) => /from 'fast-check'|\bshare\(/.test(readFileSync(join(root, file), 'utf8')))
  .filter((file) => values.only.length === 0 || values.only.some((part) => file.includes(part)))
  .toSorted();
console.log(`npm run prove:random -- --times ${values.times}: ${files.length} files`);
const [program, ...argv] = tool('vitest', 'run', '--project', 'fast', '--project', 'program');
const { status } = spawnSync(program, [...argv, '--testTimeout', '36000000', ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TEST_TIMES: values.times },
});
process.exit(status ?? 1);
