/** Running the project's own tools: their output kept, their time told, several side by side. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Where a program does not bear its package's name. */
const PACKAGES = { tsc: 'typescript', biome: '@biomejs/biome', playwright: '@playwright/test' };

/** A program of a package, run by this Node: what stands in `.bin` cannot be started on Windows without a shell. */
export function tool(name, ...args) {
  const folder = join(root, 'node_modules', PACKAGES[name] ?? name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [process.execPath, join(folder, typeof bin === 'string' ? bin : bin[name]), ...args];
}

/**
 * @param {string} name for people
 * @param {readonly string[]} argv
 * @param {{ live?: boolean, env?: Record<string, string> }} options `live`: show the output as it comes
 * @returns {Promise<{ name: string, ok: boolean, seconds: number, output: string }>}
 */
export function runTask(name, argv, { live = false, env = {} } = {}) {
  const started = performance.now();
  return new Promise((done) => {
    const chunks = [];
    const [program, ...args] = argv;
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
      env: { ...process.env, ...(live ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' }), ...env },
    });
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const end = (ok, more = '') =>
      done({
        name,
        ok,
        seconds: (performance.now() - started) / 1000,
        output: Buffer.concat(chunks).toString() + more,
      });
    child.once('error', (error) => end(false, `${error.message}\n`));
    child.once('close', (code) => end(code === 0));
  });
}

/** Run all, as many at once as there are cores, and say how each ended as soon as it has. */
export async function runAll(tasks) {
  const waiting = [...tasks];
  const results = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const result = await runTask(...next);
      results.push(result);
      say(result);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}

function say({ name, ok, seconds, output }) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${seconds.toFixed(1)} s`);
  // Of a long list only what did not go well.
  const shown = output.split('\n').filter((line) => !/^\s*✓/.test(line));
  if (!ok) console.log(shown.join('\n').trim().replace(/^/gm, '    '));
}

/** Where a runner leaves its numbers. */
export const resultFile = (name) => join(root, 'test-results', `${name}.json`);

/**
 * The numbers of runners (vitest and playwright, their JSON reporters), added up. One that left none has failed as a whole.
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function counts(...names) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const each of names.map(countsOf)) for (const key of Object.keys(sum)) sum[key] += each[key];
  return sum;
}

function countsOf(name) {
  const file = resultFile(name);
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(file, 'utf8'));
  if (result.stats !== undefined) {
    const { expected, unexpected, flaky, skipped } = result.stats;
    return { passed: expected + flaky, failed: unexpected + (result.errors?.length ?? 0), skipped };
  }
  // A file that could not even be loaded counts no test of its own.
  const broken = result.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  ).length;
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

export const forget = (...names) => {
  for (const name of names) rmSync(resultFile(name), { force: true });
};
