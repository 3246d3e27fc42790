/**
 * `npm run check`: types, lint, format, dead code, import rules, the fast tests and those of the built program, side by
 * side; under two minutes. Of its widest tests it runs a share (test/share.ts).
 *
 *   node scripts/check.mjs --whole     all of every test, as `npm test` does
 */
import { leftOut } from './platform.mjs';
import { counts, forget, resultFile, runAll, tool } from './tasks.mjs';

const ROOMS = ['src/core', 'src/main', 'src/renderer', 'test'];

const whole = process.argv.includes('--whole');
/** One project of vitest, with numbers of its own. */
const tests = (project) => [
  `${project} tests`,
  tool(
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${resultFile(project)}`,
  ),
  { env: whole ? {} : { TEST_TIMES: '0.25' } },
];

forget('fast', 'program');
for (const { what, files } of leftOut(process.platform))
  console.log(`SKIPPED on ${process.platform}: ${what} (${files.join(', ')})`);
const started = performance.now();
const results = await runAll([
  // The longest first, so that the others fill the gaps.
  tests('fast'),
  tests('program'),
  ['lint', tool('oxlint', '--type-aware', '--quiet', 'src', 'test', 'scripts', 'bin')],
  ...ROOMS.map((room) => [`types ${room}`, tool('tsc', '--noEmit', '-p', room)]),
  ['dead code', tool('knip', '--no-progress')],
  ['format', tool('biome', 'format', '.')],
  ['import rules', [process.execPath, 'scripts/import-rules.mjs']],
]);
const failed = results.filter(({ ok }) => !ok);
const { passed, failed: broken, skipped } = counts('fast', 'program');
console.log(
  `check: ${failed.length === 0 ? 'all well' : `failed: ${failed.map(({ name }) => name).join(', ')}`}` +
    ` in ${((performance.now() - started) / 1000).toFixed(0)} s (${passed} tests passed, ${broken} failed, ${skipped} skipped)`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
