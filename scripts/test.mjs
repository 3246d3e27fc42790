/**
 * `npm test`: the system's programs (installed where that is possible), `check`, the build, the lab with real firewalls
 * and packets, and the window driven from outside. The last line counts every test of every runner.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { counts, forget, resultFile, root, runTask, tool } from './tasks.mjs';

const started = performance.now();
const sum = { passed: 0, failed: 0, skipped: 0 };
let ok = true;

const onPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** A part of the whole: shown as it runs; with numbers of its own, or counted as one failure when it fails. */
async function part(name, argv, runner = null, env = {}) {
  console.log(`\n── ${name}`);
  const result = await runTask(name, argv, { live: true, env });
  ok &&= result.ok;
  if (runner === null) {
    if (!result.ok) sum.failed += 1;
    return;
  }
  const { passed, failed, skipped } = counts(runner);
  sum.passed += passed;
  // What failed outside of any test must show in the count as well.
  sum.failed += failed === 0 && !result.ok ? 1 : failed;
  sum.skipped += skipped;
}

forget('lab', 'e2e');
await part('system', ['sh', join(root, 'scripts', 'setup-test-system.sh')]);
await part('check', [process.execPath, join(root, 'scripts', 'check.mjs')], 'fast');
await part('build', [process.execPath, join(root, 'scripts', 'build.mjs')]);
await part(
  'lab: real firewalls, real packets, the built program',
  tool(
    'vitest',
    'run',
    '--project',
    'lab',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${resultFile('lab')}`,
  ),
  'lab',
);
const lacking = ['chromium', 'Xvfb'].filter((program) => !onPath(program));
if (lacking.length === 0) {
  await part('window', tool('playwright', 'test', '--reporter=list,json'), 'e2e', {
    PLAYWRIGHT_JSON_OUTPUT_NAME: resultFile('e2e'),
  });
} else {
  console.log(
    `\n── window\nSKIPPED: ${lacking.join(' and ')} missing; scripts/setup-test-system.sh installs what it needs.`,
  );
  sum.skipped += 1;
}

console.log(`\ntests: ${((performance.now() - started) / 60_000).toFixed(1)} minutes`);
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = ok && sum.failed === 0 && sum.passed > 0 ? 0 : 1;
