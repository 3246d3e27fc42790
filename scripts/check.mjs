/** `npm run check`: types, lint, format, dead code, import rules and the fast tests, side by side; under two minutes. */
import { leftOut } from './platform.mjs';
import { counts, forget, resultFile, runAll, tool } from './tasks.mjs';

const ROOMS = ['src/core', 'src/main', 'src/renderer', 'test'];

forget('fast');
for (const { what, files } of leftOut(process.platform))
  console.log(`SKIPPED on ${process.platform}: ${what} (${files.join(', ')})`);
const started = performance.now();
const results = await runAll([
  // The longest first, so that the others fill the gaps.
  [
    'fast tests',
    tool(
      'vitest',
      'run',
      '--project',
      'fast',
      '--project',
      'program',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${resultFile('fast')}`,
    ),
  ],
  ['lint', tool('oxlint', '--type-aware', '--quiet', 'src', 'test', 'scripts', 'bin')],
  ...ROOMS.map((room) => [`types ${room}`, tool('tsc', '--noEmit', '-p', room)]),
  ['dead code', tool('knip', '--no-progress')],
  ['format', tool('biome', 'format', '.')],
  ['import rules', [process.execPath, 'scripts/import-rules.mjs']],
]);
const failed = results.filter(({ ok }) => !ok);
const { passed, failed: broken, skipped } = counts('fast');
console.log(
  `check: ${failed.length === 0 ? 'all well' : `failed: ${failed.map(({ name }) => name).join(', ')}`}` +
    ` in ${((performance.now() - started) / 1000).toFixed(0)} s (${passed} fast tests passed, ${broken} failed, ${skipped} skipped)`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
