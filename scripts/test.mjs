/**
 * `npm test`: the system's programs (installed where that is possible), `check` with all of every test, the build, the lab
 * with real firewalls and packets, and the window driven from outside. The last line counts every test of every runner. On
 * Windows and macOS everything is tested that does not need Linux itself: `check` and the build.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { counts, forget, resultFile, root, runTask, tool } from './tasks.mjs';

const started = performance.now();
const sum = { passed: 0, failed: 0, skipped: 0 };
let ok = true;

const onPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/**
 * A part of the whole, with numbers of its own or counted as one failure when it fails; shown as it runs, or, beside
 * another that is shown, when it has ended.
 */
async function part(name, argv, { runners = [], env = {}, live = true } = {}) {
  if (live) console.log(`\n── ${name}`);
  const result = await runTask(name, argv, { live, env });
  if (!live) console.log(`\n── ${name}\n${result.output}`);
  ok &&= result.ok;
  if (runners.length === 0) {
    if (!result.ok) sum.failed += 1;
    return;
  }
  const { passed, failed, skipped } = counts(...runners);
  sum.passed += passed;
  // What failed outside of any test must show in the count as well.
  sum.failed += failed === 0 && !result.ok ? 1 : failed;
  sum.skipped += skipped;
}

/** A part that cannot run here. */
function skip(name, why) {
  console.log(`\n── ${name}\nSKIPPED: ${why}`);
  sum.skipped += 1;
}

forget('lab', 'scenes', 'hosts');
const onLinux = process.platform === 'linux';
if (onLinux) await part('system', ['sh', join(root, 'scripts', 'setup-test-system.sh')]);
await part('check', [process.execPath, join(root, 'scripts', 'check.mjs'), '--whole'], {
  runners: ['fast', 'program'],
});
await part('build', [process.execPath, join(root, 'scripts', 'build.mjs')]);
const lab = tool(
  'vitest',
  'run',
  '--project',
  'lab',
  '--project',
  'lab-alone',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${resultFile('lab')}`,
);
const lacking = onLinux ? ['chromium', 'Xvfb'].filter((program) => !onPath(program)) : ['Linux'];
const playwright = (name, project, live) =>
  part(name, tool('playwright', 'test', `--project=${project}`, '--reporter=list,json'), {
    runners: [project],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: resultFile(project) },
    live,
  });
await Promise.all([
  // What both of them use has been built above.
  ...(onLinux
    ? [
        part('lab: real firewalls, real packets, the built program', lab, {
          runners: ['lab'],
          env: { TEST_BUILT: '1' },
        }),
      ]
    : [skip('lab', 'its firewalls and its private networks are those of Linux.')]),
  // The lab waits for packets for much of its time.
  ...(lacking.length === 0 ? [playwright('window: the page in every state', 'scenes', false)] : []),
]);
if (lacking.length === 0) {
  await playwright('window: the application, on the machine of the lab', 'hosts', true);
} else {
  skip(
    'window',
    onLinux
      ? `${lacking.join(' and ')} missing; scripts/setup-test-system.sh installs what it needs.`
      : 'it is driven in Chromium on the machine of the lab, which is Linux.',
  );
}

console.log(`\ntests: ${((performance.now() - started) / 60_000).toFixed(1)} minutes`);
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = ok && sum.failed === 0 && sum.passed > 0 ? 0 : 1;
