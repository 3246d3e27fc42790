/**
 * `npm run prove:fuzz -- [--inputs N] [--verdicts N] [--seed S] [--only NAME]…`: damaged texts for every parser of what others
 * wrote (N each, default 1,000,000), and damaged snapshots of real rule sets of which every answer must stay or become
 * unknown (default 20,000). A parser that throws, or takes longer than its time, fails. Writes docs/FUZZ.md; with `--only`
 * the rows of those parsers alone. Ends with 1 after a failure; its seed and number then belong into test/core/fuzz/failed.json, which the tests replay.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { root } from './tasks.mjs';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    verdicts: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 0x7fffffff)) },
    only: { type: 'string', multiple: true },
  },
});
const TARGETS = [
  'ss',
  'ip -j address',
  'ip -j route',
  'iptables-save',
  'nft -j list ruleset',
  'ipset save',
  'ufw user.rules',
  'ufw.conf',
  'collected lines',
  'firewalld over D-Bus',
  'windows.firewall',
  '.wslconfig',
  'Windows rule, registry',
  'Windows rules, JSON',
  'Windows parts, JSON',
  'snapshots',
];
/** Without a heartbeat for so long, an input hangs. */
const SILENCE_MS = 60_000;

const command = `npm run prove:fuzz -- --inputs ${values.inputs} --verdicts ${values.verdicts} --seed ${values.seed}`;
console.log(command);
const folder = mkdtempSync(join(tmpdir(), 'portcullis-fuzz-'));
try {
  const program = join(folder, 'core/fuzz/run.mjs');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(root, 'test/core/fuzz/run.ts'),
      outDir: dirname(program),
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'run.mjs' } },
    },
  });
  // The texts that are damaged, where the bundle looks for them.
  mkdirSync(join(folder, 'main/cli/snapshots'), { recursive: true });
  cpSync(join(root, 'test/core/rulesets/snapshots.json.br'), join(folder, 'core/fuzz/snapshots.json.br'));
  cpSync(join(root, 'test/main/cli/snapshots/firewalld.json'), join(folder, 'main/cli/snapshots/firewalld.json'));
  const jobs = [...TARGETS.map((name) => [name, values.inputs]), ['verdicts', values.verdicts]].filter(
    ([name]) => values.only === undefined || values.only.includes(name),
  );
  const rows = await Promise.all([work(jobs, program), work(jobs, program)]);
  report(rows.flat());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Takes one job after the other from the list that two such workers share. */
async function work(jobs, program) {
  const rows = [];
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) rows.push(await run(program, job));
  return rows;
}

function run(program, [name, count]) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, name, count, values.seed], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let [row, at] = [null, 0];
    const hangs = () => {
      console.error(`${name}: an input after number ${at} of seed ${values.seed} hangs`);
      child.kill('SIGKILL');
    };
    let timer = setTimeout(hangs, SILENCE_MS);
    createInterface({ input: child.stdout }).on('line', (line) => {
      clearTimeout(timer);
      timer = setTimeout(hangs, SILENCE_MS);
      const said = JSON.parse(line);
      if (said.at !== undefined) at = said.at;
      if (said.failed !== undefined) console.error(JSON.stringify(said.failed), said.why);
      if (said.done !== undefined) row = said.done;
    });
    child.once('close', () => {
      clearTimeout(timer);
      const done = row ?? { name, count: at, failures: 1, slowest: SILENCE_MS, unknown: 0, damaged: 0 };
      const told = name === 'verdicts' ? `, ${done.damaged} changed, ${done.unknown} with an unknown` : '';
      console.log(
        `${name}: ${done.count} inputs, ${done.failures} failed, slowest ${done.slowest.toFixed(1)} ms${told}`,
      );
      resolve(done);
    });
  });
}

function report(rows) {
  const number = (value) => value.toLocaleString('en-GB');
  const parsers = rows.filter(({ name }) => name !== 'verdicts');
  const asked = rows.find(({ name }) => name === 'verdicts');
  const failures = rows.reduce((sum, row) => sum + row.failures, 0);
  process.exitCode = failures > 0 ? 1 : 0;
  const line = (row) =>
    `| ${row.name} | ${number(row.count)} | ${number(row.failures)} | ${row.slowest.toFixed(0)} ms |`;
  if (values.only !== undefined) {
    replaceRows(new Map(parsers.map((row) => [row.name, line(row)])));
    return;
  }
  const text = `# Damaged texts

Written by \`${command}\`; another seed gives other inputs and must give the same zeros.

Real transcripts of the rule sets in \`test/core/rulesets\`, and texts of Windows that are made by hand, damaged at random: cut,
spliced, doubled, lines lost and swapped,
characters and words exchanged, hostile Unicode, huge numbers, deep nesting; one in twenty is plain noise. A parser may say
that it did not understand; it may not throw, and no input may take longer than two seconds of the processor.

| parser of | inputs | threw or hung | slowest input |
|---|---:|---:|---:|
${TARGETS.flatMap((name) => parsers.filter((row) => row.name === name))
  .map(line)
  .join('\n')}

No verdict from garbage: in ${number(asked.count)} whole snapshots one transcript that decides was cut within a line, or had noise
put into it (${number(asked.damaged)} of them were changed by it). Each was asked 24 questions. **${number(asked.failures)}** gave an answer that was neither the one
before the damage nor "unknown"; in ${number(asked.unknown)} at least one answer became unknown.
`;
  writeFileSync(join(root, 'docs/FUZZ.md'), text);
}

/** Rows of the page that are there are replaced, others stand in the order of the targets. */
function replaceRows(rows) {
  const path = join(root, 'docs/FUZZ.md');
  const page = readFileSync(path, 'utf8').split('\n');
  const first = page.findIndex((text) => text.startsWith('|---')) + 1;
  const length = page.slice(first).findIndex((text) => !text.startsWith('|'));
  const known = new Map(page.slice(first, first + length).map((text) => [text.split(' | ')[0].slice(2), text]));
  for (const [name, text] of rows) known.set(name, text);
  const table = TARGETS.flatMap((name) => known.get(name) ?? []);
  writeFileSync(path, page.toSpliced(first, length, ...table).join('\n'));
}
