/**
 * `npm run prove:many -- [--machines N] [--seed S]`: makes a folder of N snapshots (default 10,000), each a captured one with
 * other names, ports and addresses, some of them damaged; has the built program read them all, and writes docs/FLEET.md from
 * what was measured in this run: what it takes beside reading and parsing the same JSON alone, and the most memory, for a
 * tenth of the machines and for all. Exit: 0 where every machine came out as it was put in.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { root } from './tasks.mjs';

const { values } = parseArgs({
  options: { machines: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
for (const [name, value] of Object.entries(values)) {
  if (!/^[1-9]\d{0,5}$/.test(value)) {
    console.error(`--${name} takes a whole number, for example --${name} 100.`);
    process.exit(2);
  }
}
const machines = Number(values.machines);

/** The same numbers in every run (mulberry32). */
let state = Number(values.seed);
const random = (below) => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
};

const captured = join(root, 'test/main/cli/snapshots');
const originals = readdirSync(captured)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => readFileSync(join(captured, name), 'utf8'));

/** One machine: another name, another address, and one of its ports another one on every second. */
function variation(index) {
  const host = `host-${String(index).padStart(6, '0')}`;
  let text = originals[random(originals.length)].replace(/"host": "[^"]*"/, `"host": "${host}"`);
  text = text.replaceAll('192.168.77.10', `192.168.77.${10 + random(200)}`);
  return index % 2 === 0 ? text : text.replace(/\b9000\b/g, String(9000 + random(20)));
}

const folder = mkdtempSync(join(tmpdir(), 'portcullis-many-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
/** Every hundredth is cut off in the middle. */
const DAMAGED = 100;
const part = Math.max(1, Math.floor(machines / 10));
let bytes = 0;
const damaged = { all: 0, part: 0 };
for (const name of ['all', 'part']) mkdirSync(join(folder, name));
for (let index = 0; index < machines; index++) {
  const broken = index % DAMAGED === DAMAGED - 1;
  const whole = variation(index);
  const text = broken ? whole.slice(0, whole.length / 2) : whole;
  bytes += Buffer.byteLength(text);
  if (broken) damaged.all++;
  if (broken && index < part) damaged.part++;
  const below = join(folder, 'all', String(Math.floor(index / 1000)));
  if (index % 1000 === 0) mkdirSync(below);
  const file = `${String(index).padStart(6, '0')}.json`;
  writeFileSync(join(below, file), text);
  if (index < part) writeFileSync(join(folder, 'part', file), text);
}
console.log(`made ${machines} snapshots, ${Math.round(bytes / 2 ** 20)} MiB`);

/** Reading and parsing alone, in a process of its own; the damaged ones are parsed as far as they go. */
const PARSE = `
const fs = require('node:fs'), path = require('node:path');
const walk = (folder) => fs.readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
  one.isDirectory() ? walk(path.join(folder, one.name)) : [path.join(folder, one.name)]);
for (const file of walk(process.argv[1])) { try { JSON.parse(fs.readFileSync(file, 'utf8')); } catch {} }
`;

/** @returns seconds by the clock and of the processors, MiB at most, and what was printed */
function run(args) {
  const child = spawnSync('/usr/bin/time', ['-f', 'TIME %e %U %S %M', process.execPath, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { PATH: process.env.PATH, HOME: '/nonexistent', XDG_STATE_HOME: '/nonexistent/state' },
  });
  const found = /TIME (\S+) (\S+) (\S+) (\d+)/.exec(child.stderr ?? '');
  if (found === null) throw new Error(`it did not run: ${child.error?.message ?? child.stderr}`);
  const [, clock, user, system, most] = found.map(Number);
  return { clock, processor: user + system, most: most / 1024, status: child.status, stdout: child.stdout };
}

const program = join(root, 'bin/portcullis.cjs');
const scan = (name) => run([program, 'scan', '--json', '--fleet', '--from', join(folder, name)]);
const measured = {};
for (const name of ['part', 'all']) {
  const parse = run(['-e', PARSE, join(folder, name)]);
  const read = scan(name);
  const { machines: told, ports } = JSON.parse(read.stdout);
  const count = name === 'all' ? machines : part;
  const right =
    told.read === count - damaged[name] &&
    told.unread === damaged[name] &&
    (damaged[name] === 0 ? read.status === 0 : read.status === 3);
  console.log(
    `${count}: ${read.clock.toFixed(1)} s, ${read.processor.toFixed(1)} s of processors, ${read.most.toFixed(0)} MiB; parsing alone ${parse.clock.toFixed(1)} s`,
  );
  measured[name] = { count, parse, read, told, ports: ports.length, right };
}

// One thread or two: by the pool itself, on the smaller part.
const load = async (path) => (await runnerImport(join(root, path), { root, configFile: false })).module;
const { readAll } = await load('src/main/fleet/pool.ts');
const { unitsIn } = await load('src/main/fleet/files.ts');
const units = (await unitsIn([join(folder, 'part')])).slice(0, 300);
const threads = {};
for (const number of [1, 2]) {
  const started = performance.now();
  await readAll({
    units,
    kept: [],
    onDone: () => undefined,
    limits: { threads: number },
    program: join(root, 'out/fleet/worker.cjs'),
  });
  threads[number] = (performance.now() - started) / 1000;
  console.log(`${number} thread(s): ${threads[number].toFixed(1)} s`);
}

const { all, part: tenth } = measured;
const ratio = (a, b) => (a / b).toFixed(1);
const right = all.right && tenth.right;
writeFileSync(
  join(root, 'docs/FLEET.md'),
  `# Many machines at once

Written by \`npm run prove:many -- --machines ${machines} --seed ${values.seed}\` from what it measured; nothing here was typed in by
hand. Times say how fast one computer was at one time: the ratios are what counts.

The folder holds ${machines} snapshots, ${Math.round(bytes / 2 ** 20)} MiB of JSON: the captured ones of the tests with other names, addresses and ports. Of
them ${damaged.all} are cut off in the middle. The built program reads them with \`portcullis scan --json --fleet --from FOLDER\`.

| | ${tenth.count} machines | ${all.count} machines |
|---|---|---|
| came out as they were put in | ${tenth.right ? 'yes' : 'NO'} | ${all.right ? 'yes' : 'NO'} |
| read, and damaged ones that are named or counted | ${tenth.told.read} and ${tenth.told.unread} | ${all.told.read} and ${all.told.unread} |
| ports told of | ${tenth.ports} | ${all.ports} |
| time of the processors beside parsing the same JSON alone | ${ratio(tenth.read.processor, tenth.parse.processor)} times | ${ratio(all.read.processor, all.parse.processor)} times |
| time by the clock beside parsing alone | ${ratio(tenth.read.clock, tenth.parse.clock)} times | ${ratio(all.read.clock, all.parse.clock)} times |
| most memory (resident) | ${tenth.read.most.toFixed(0)} MiB | ${all.read.most.toFixed(0)} MiB |
| most memory of parsing alone | ${tenth.parse.most.toFixed(0)} MiB | ${all.parse.most.toFixed(0)} MiB |
| milliseconds a machine, by the clock | ${((tenth.read.clock / tenth.count) * 1000).toFixed(1)} | ${((all.read.clock / all.count) * 1000).toFixed(1)} |

Ten times the machines take ${ratio(all.read.most, tenth.read.most)} times the memory. On ${cpus().length} processors, which others were using as well, two threads took
${ratio(threads[2], threads[1])} times as long as one for ${units.length} machines (${threads[1].toFixed(1)} s and ${threads[2].toFixed(1)} s).

Parsing is only the smallest part of judging: for each machine every way into every port is walked through every rule.
`,
);
console.log(right ? 'all came out as they were put in' : 'NOT all came out as they were put in');
process.exit(right ? 0 : 1);
