/**
 * `npm run bench`: what a scan costs, beside what it replaces. Needs root on Linux, for namespaces and cgroups of its own.
 *
 * The load is a laptop's session (test/bench/load.pl): 200 processes more than the machine has, 30 descriptors each, in
 * 50 cgroups, 20 of them listening, in a network of its own without firewall rules. All that is compared is measured in
 * turns in the same run, by its wall time from Node, and the median counts. Ends with 1 when a limit is missed, with 77
 * where it cannot run. What the window costs is measured where Chromium and Xvfb are there. It takes minutes, most of them without the engine's index under 10,000 rules, and many more on a
 * busy machine: what is being measured stands on standard error.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { launcherFor } from './package/launcher.mjs';
import { quickProgram, whyNoQuick } from './quick.mjs';
import { root, tool } from './tasks.mjs';

const PROCESSES = 200;
const LISTENERS = 20;

const begun = performance.now();
const now = (what) => console.error(`bench: after ${((performance.now() - begun) / 1000).toFixed(0)} s: ${what}`);

const [, , inside] = process.argv;
if (inside === '--inside') await measure(process.argv[3]);
else await main();

async function main() {
  const why = whyNotHere();
  if (why !== null) {
    console.error(`bench: not run: ${why}`);
    process.exit(77);
  }
  now('building');
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-'));
  try {
    await bundle(folder);
    process.exitCode = await new Promise((resolve) => {
      const child = spawn('unshare', ['-n', process.execPath, import.meta.filename, '--inside', folder], {
        stdio: 'inherit',
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', HOME: folder },
      });
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function whyNotHere() {
  if (process.platform !== 'linux' || process.getuid() !== 0) return 'needs root on Linux';
  for (const program of ['ss', 'ip', 'nft', 'iptables-save', 'netstat', 'perl', 'unshare']) {
    if (spawnSync('which', [program]).status !== 0) return `${program} is missing (scripts/setup-test-system.sh)`;
  }
  return cgroupMount() === null ? 'no cgroup v2 is mounted' : null;
}

/** What is measured: the measuring programs, and the terminal's program as a package installs it, with its launcher. */
async function bundle(folder) {
  for (const name of ['measure', 'verdicts', 'collector']) {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: join(root, `test/bench/${name}.ts`),
        outDir: join(folder, name),
        emptyOutDir: true,
        target: 'node20',
        minify: false,
        rolldownOptions: { output: { format: 'es', entryFileNames: `${name}.mjs` } },
      },
    });
  }
  const why = whyNoQuick();
  if (why !== null) console.error(`bench: ${why}`);
  const parts = ['cli', 'helper', 'collector', 'renderer', ...(why === null ? ['quick'] : [])];
  const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs'), ...parts], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the build failed');
  const app = join(folder, 'package');
  mkdirSync(app);
  for (const part of ['bin', 'out/cli', 'out/helper', 'package.json'])
    cpSync(join(root, part), join(app, part), { recursive: true });
  const quick = join(folder, 'quick');
  if (why === null) cpSync(quickProgram, quick);
  writeFileSync(join(folder, 'portcullis'), launcherFor({ quick, node: process.execPath, app }), { mode: 0o755 });
}

function cgroupMount() {
  const line = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .find((entry) => entry.includes(' - cgroup2 '));
  return line === undefined ? null : line.split(' ')[4];
}

async function measure(folder) {
  spawnSync('ip', ['link', 'set', 'lo', 'up']);
  const programs = JSON.stringify({
    'portcullis scan': [join(folder, 'portcullis'), 'scan', '--json'],
    'portcullis scan on Node': [process.execPath, join(folder, 'package/bin/portcullis.cjs'), 'scan', '--json'],
  });
  now('scans, in 50 cgroups');
  const many = await underLoad(50, () => runJson([join(folder, 'measure/measure.mjs'), '31', programs]));
  now('scans, all in one cgroup');
  const one = await underLoad(1, () => runJson([join(folder, 'measure/measure.mjs'), '15', programs]));
  now('the collector');
  const idle = await underLoad(50, () => runJson([join(folder, 'collector/collector.mjs')]));
  report(many, one, measureVerdicts(folder), idle, measureWindow(folder));
}

/** Frames and the start of the window; null where there is nothing to show it. */
function measureWindow(folder) {
  const missing = ['/usr/bin/chromium', '/usr/bin/Xvfb'].find((path) => !existsSync(path));
  if (missing !== undefined) {
    console.error(`bench: the window is not measured: ${missing} is missing (scripts/setup-test-system.sh)`);
    return null;
  }
  now('the window');
  const [program, ...args] = tool('playwright', 'test', '--project=bench', '--reporter=line');
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, HOME: folder, BENCH_FOLDER: folder },
  });
  if (status !== 0) throw new Error(`measuring the window ended with ${status}`);
  return JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8'));
}

/** Does the work while the load is there, in `groups` cgroups. */
async function underLoad(groups, work) {
  const cgroups = join(cgroupMount(), `portcullis-bench-${process.pid}`);
  mkdirSync(cgroups);
  const argv = [join(root, 'test/bench/load.pl'), cgroups, groups, PROCESSES, LISTENERS].map(String);
  // In a pid namespace of its own the whole load ends with its first process; from here all of it can be seen.
  const load = spawn('unshare', ['-p', '-f', '--kill-child', 'perl', ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => load.once('close', resolve));
  try {
    await new Promise((resolve, reject) => {
      load.stdout.once('data', resolve);
      load.once('close', () => reject(new Error('the load could not be made')));
    });
    return work();
  } finally {
    load.kill('SIGKILL');
    await gone;
    await removeCgroups(cgroups);
  }
}

async function removeCgroups(folder) {
  const children = () => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (let tries = 0; tries < 50 && existsSync(folder); tries++) {
    try {
      for (const { name } of children()) rmdirSync(join(folder, name));
      rmdirSync(folder);
    } catch {
      // The last processes are still ending.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function runJson(args) {
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', HOME: '/nonexistent' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}`);
  return JSON.parse(stdout);
}

/** The engine alone: many listeners under many rules, and many questions to the whole program. */
function measureVerdicts(folder) {
  const engine = (...args) =>
    runJson([...(args[0] === 'memory' ? ['--expose-gc'] : []), join(folder, 'verdicts/verdicts.mjs'), ...args]);
  now('verdicts under 1,000 rules');
  const thousand = engine('compare', '1000', '5');
  now('verdicts under 10,000 rules');
  const tenThousand = engine('compare', '10000', '3');
  now('verdicts on Windows');
  const windows = { few: engine('windows', '100', '1000', '3'), many: engine('large', '1000', '1000', '3') };
  now('memory under 10,000 rules');
  const memory = { on: engine('memory', 'on'), off: engine('memory', 'off') };
  now('10,000 questions');
  engine('probes', folder);
  const [questions, snapshot] = [join(folder, 'questions.jsonl'), join(folder, 'snapshot.json')];
  const program = join(folder, 'package/bin/portcullis.cjs');
  const times = Array.from({ length: 4 }, () => {
    const start = performance.now();
    const { status, stdout } = spawnSync(
      process.execPath,
      [program, 'reach', '--probes', questions, '--from', snapshot, '--json'],
      { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', HOME: folder }, maxBuffer: 64 * 1024 * 1024 },
    );
    const ms = performance.now() - start;
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).verdict);
    if (status !== 0 || answers.length !== 10_000 || new Set(answers).size < 2 || answers.includes('unknown'))
      throw new Error(`reach --probes ended with ${status} after ${answers.length} answers`);
    return ms;
  });
  // The first run warms the file cache up and is not counted.
  return { thousand, tenThousand, windows, memory, probes: times.slice(1).sort((a, b) => a - b)[1] };
}

function report(many, one, verdicts, idle, window) {
  const ms = (value) => `${value.toFixed(1).padStart(8)} ms`;
  let missed = 0;
  const ratio = (what, value, other, limit) => {
    const x = value / other;
    const good = limit === null || x <= limit;
    if (!good) missed++;
    const verdict = limit === null ? 'no limit' : `limit ${limit}${good ? '' : ', MISSED'}`;
    console.log(`  ${x.toFixed(2).padStart(6)} x  ${what}  (${verdict})`);
  };
  const list = (times) => {
    for (const [name, value] of Object.entries(times)) console.log(`${ms(value)}  ${name}`);
  };
  const pairs = (times, limited) => {
    const limit = (value) => (limited ? value : null);
    ratio('a scan in a running process : ss -tunap', times['scan'], times['ss -tunap'], limit(0.3));
    ratio('portcullis scan, the whole process : ss -tulnp', times['portcullis scan'], times['ss -tulnp'], limit(1.3));
    ratio('the same on Node : ss -tulnp', times['portcullis scan on Node'], times['ss -tulnp'], null);
    ratio('node (empty) : ss -tulnp', times['node (empty)'], times['ss -tulnp'], null);
    ratio('a scan in a running process : netstat -tunap', times['scan'], times['netstat -tunap'], null);
    ratio('a scan in a running process : node-netstat', times['scan'], times['node-netstat'], null);
  };
  console.log(`\nMedians of wall times, ${PROCESSES} processes more, 30 descriptors each, ${LISTENERS} listeners.`);
  console.log(
    'scan = gather and judge everything, rules too, in a running process; portcullis scan = the whole process as installed;\n' +
      'node (empty) = what Node alone takes.\n',
  );
  console.log('In 50 cgroups, as a desktop session has them:');
  list(many);
  pairs(many, true);
  console.log('\nAll in one cgroup, which names nobody:');
  list(one);
  pairs(one, false);
  console.log('\nVerdicts for 1,000 listeners, the same answers with and without index:');
  for (const [rules, times, limit] of [
    ['1,000', verdicts.thousand, 0.1],
    ['10,000', verdicts.tenThousand, 0.05],
  ]) {
    console.log(`${ms(times.index)}  under ${rules} rules of each family, with the index`);
    console.log(`${ms(times.without)}  the same without`);
    ratio(`with : without, ${rules} rules`, times.index, times.without, limit);
  }
  const { few, many: programs } = verdicts.windows;
  console.log('\nVerdicts on Windows, where rules are for programs, the same answers with and without index:');
  console.log(`${ms(few.index)}  for 100 programs under 1,000 rules, with the index`);
  console.log(`${ms(few.without)}  the same without`);
  ratio('with : without, 100 programs', few.index, few.without, 0.5);
  console.log(`${ms(programs)}  for 1,000 programs under 1,000 rules, with the index`);
  ratio('1,000 programs : as many listeners of Linux, both with the index', programs, verdicts.thousand.index, 20);
  const mib = (value) => `${value.toFixed(0).padStart(7)} MiB`;
  for (const [name, { before, peak, held }] of Object.entries({
    'with the index': verdicts.memory.on,
    without: verdicts.memory.off,
  }))
    console.log(
      `${mib(peak)}  peak of the process under 10,000 rules ${name} (${before.toFixed(0)} before judging; answers and engine hold ${held.toFixed(0)})`,
    );
  console.log(
    `\n${ms(verdicts.probes)}  portcullis reach --probes, the whole process: 10,000 questions under 1,000 rules of each family`,
  );
  console.log('\nNoticing changes, CPU time of 500 looks with nothing new:');
  ratio('the collector : ss -tunl as often', idle.collector, idle.ss, 0.2);
  if (window !== null) {
    const { frames, start } = window;
    const late = ({ late: share }) => `${(share * 100).toFixed(1).padStart(8)} %`;
    console.log('\nFrames while a list scrolls, and how many came late:');
    for (const [name, one] of [
      ['an empty box, what this machine itself drops', frames.blank],
      ['10,000 listeners', frames.listeners],
      ['50,000 connections', frames.connections],
      ['10,000 listeners, every row in the page', frames.allRows],
    ])
      console.log(`${ms(one.mean)} ${late(one)}  ${name}`);
    ratio('a frame of 10,000 listeners : of an empty box', frames.listeners.mean, frames.blank.mean, 1.2);
    ratio('a frame of 50,000 connections : of an empty box', frames.connections.mean, frames.blank.mean, 1.2);
    ratio('a frame of 10,000 listeners : with every row', frames.listeners.mean, frames.allRows.mean, null);
    ratio('an answer of the search : a frame', frames.search, 1, 2);
    console.log('\nFrom the start of the process:');
    console.log(`${ms(start.portcullis)}  to the first advice in the window`);
    console.log(`${ms(start.window)}  to the first text in an empty window of the same Chromium`);
    console.log(`${ms(start.asOurs)}  to the same text in one that is started as Portcullis starts its own`);
    ratio('the first advice : an empty window', start.portcullis, start.window, 1.3);
    ratio('the first advice : one that is started as its own', start.portcullis, start.asOurs, 1.8);
  }
  if (missed > 0) console.error(`\nbench: ${missed} limit${missed === 1 ? '' : 's'} missed`);
  process.exitCode = missed > 0 ? 1 : 0;
}
