/**
 * The helper killed, and made to fail, at points of a change, an undo and a wait for confirmation: a sample with a fresh
 * seed here, all of them with `npm run prove:crash`, which also writes docs/CRASHES.md. The matrix itself is in crash/.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bundles, bundle } from './bundle.ts';
import { startMachine } from './crash/machine.ts';
import { type Host, hosts } from './crash/hosts.ts';
import { oneRun, type Row, type Walked, walk } from './crash/matrix.ts';
import { writeCrashes } from './crash/page.ts';
import { freshSeed, random } from './generate/random.ts';
import { describeLab } from './harness.ts';

const command = process.env['PROVE_CRASH'] ?? null;
const seed = Number(process.env['PROVE_SEED'] ?? freshSeed());
const runs = Number(process.env['PROVE_RUNS'] ?? 0);
/** Minutes; 0: as long as it takes. */
const limit = Number(process.env['PROVE_MINUTES'] ?? 0);
const layer = process.env['PROVE_LAYER'] ?? '';
const only = process.env['PROVE_ONLY'] ?? '';
const LIMIT = 10_800_000;

/** A layer with so large a share has two labs. */
const MOST = 30;

/** Of each host, in the share that runs with the other tests. */
const SAMPLE = 8;
const [TABLE, BOTH] = ['own table', 'ufw and own table in one plan'];

const complaints = (rows: readonly Row[]): readonly string[] =>
  rows.flatMap(({ host, verb, fault, at, what, recovery, wrong }) =>
    wrong.map((why) => `${host}, ${verb}, ${fault} at ${at} (${what}), then ${recovery}: ${why}`),
  );

/** Where a long walk keeps what became of each run: with the same helper it goes on there. */
function keptBy(helper: string): string {
  const folder = fileURLToPath(new URL('../../test-results', import.meta.url));
  mkdirSync(folder, { recursive: true });
  return join(folder, `crash-${createHash('sha256').update(readFileSync(helper)).digest('hex').slice(0, 12)}.jsonl`);
}

/** A run that was told, and how many minutes after its walk's start. */
interface Kept {
  readonly row: Row;
  readonly minutes: number;
}

const readKept = (file: string): readonly Kept[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line) => (line === '' ? [] : (JSON.parse(line) as Kept)))
    : [];

/** Of all walks together: each walk's minutes go up, and begin anew. */
const minutesOf = (kept: readonly Kept[]): number =>
  kept.reduce((sum, { minutes }, at) => sum + (minutes < (kept[at + 1]?.minutes ?? 0) ? 0 : minutes), 0);

const hostNamed = (name: string | undefined) => {
  const host = hosts.find((one) => one.name === name);
  if (host === undefined)
    throw new Error(`no such layer: ${name}; there are: ${hosts.map((one) => one.name).join(', ')}`);
  return host;
};

const DONE = 'Promise.resolve({ ours: true, whole: true })';

/** Helpers that are wrong in one way each: what they leave out. */
const BROKEN = [
  { name: 'puts nothing back', find: /(?<=await )restore(?:\$\d)?\(before\)/g },
  { name: 'puts no rules back', find: /(?<=await )putKernelBack(?:\$\d)?\(before\.kernel\)/g },
  { name: 'puts no files back', find: /(?<=await )putBack(?:\$\d)?\(file\)/g },
] as const;

const compiler = spawnSync('cc', ['--version']).error === undefined;
if (!compiler) console.warn('SKIPPED killed at each step: a C compiler is missing (scripts/setup-test-system.sh)');

describe.skipIf(!compiler)('with a C compiler', () =>
  describeLab(`killed at each step, seed ${seed}`, () => {
    let bundles: Bundles;
    beforeAll(async () => {
      bundles = await bundle();
    });
    afterAll(() => bundles[Symbol.asyncDispose]());

    test.runIf(command !== null)(
      'every point of every layer',
      async () => {
        const begun = performance.now();
        const chosen = (layer === '' ? hosts : [hostNamed(layer)]).filter(({ name, without = null }) => {
          if (without !== null) console.warn(`SKIPPED ${name}: ${without}`);
          return without === null;
        });
        const file = keptBy(bundles.helper);
        const kept = readKept(file);
        const shares = chosen.reduce((sum, { share }) => sum + share, 0);
        let count = 0;
        const one = (host: Host): Promise<Walked> =>
          walk(host, bundles, {
            labs: host.share >= MOST ? 2 : 1,
            sample: runs === 0 ? null : Math.round((runs * host.share) / shares),
            random: random(seed),
            only,
            earlier: kept.flatMap(({ row }) => (row.host === host.name ? row : [])),
            ...(limit === 0 ? {} : { until: begun + limit * 60_000 }),
            tell: (row) => {
              for (const text of complaints([row])) process.stderr.write(`${text}\n`);
              count += 1;
              const minutes = (performance.now() - begun) / 60_000;
              appendFileSync(file, `${JSON.stringify({ row, minutes } satisfies Kept)}\n`);
              if (count % 25 === 0)
                console.log(`${count} runs, ${Math.round((performance.now() - begun) / 60_000)} minutes`);
            },
          });
        const walked = await Promise.all(chosen.map(one));
        const minutes = Math.round(minutesOf(readKept(file)));
        if (layer === '' && only === '') writeCrashes(walked, { command: command ?? '', minutes });
        expect(complaints(walked.flatMap(({ rows }) => rows))).toEqual([]);
      },
      LIMIT,
    );

    describe.runIf(command === null)('a share', () => {
      test('points by chance: before or after, never between', async () => {
        const walked = await Promise.all(
          [TABLE, BOTH].map((name) =>
            walk(hostNamed(name), bundles, { labs: 1, sample: SAMPLE, random: random(seed) }),
          ),
        );
        const rows = walked.flatMap((one) => one.rows);
        expect(complaints(rows)).toEqual([]);
        expect(rows.length).toBeGreaterThan(SAMPLE);
      });

      test('a helper that does not put back is found, and what others write is left alone', async () => {
        await using machine = await startMachine(hostNamed(BOTH), bundles);
        const apply = { start: 'before', verb: ['apply'], input: machine.order, recovery: [] } as const;
        const { points = [] } = await machine.run({ ...apply, fault: 'none', at: 0 });
        const last = (call: string, what: string): number =>
          points.findLast((point) => point.call === call && point.what === what)?.at ?? 0;
        // All is changed, and the journal does not say yet that it has ended.
        const at = last('write', '/var/lib/portcullis/journal.jsonl');
        const run = { verb: 'apply', fault: 'killed with all', at, recovery: 'undo' } as const;
        expect(await oneRun(machine, run)).toMatchObject({ ended: 'before', wrong: [] });
        const text = await readFile(bundles.helper, 'utf8');
        for (const [index, { name, find }] of BROKEN.entries()) {
          expect(text.match(find)?.length, name).toBeGreaterThan(0);
          const helper = join(dirname(bundles.helper), `helper-broken-${index}.cjs`);
          await writeFile(helper, text.replaceAll(find, DONE));
          expect((await oneRun(machine, run, helper))?.wrong, name).not.toEqual([]);
        }

        await machine.run({ ...apply, fault: 'killed with all', at: last('write', '/etc/ufw/user.rules') });
        await machine.lab.must('A', ['ufw', 'allow', '9999/tcp']);
        const FILES = ['/etc/ufw/user.rules', '/etc/ufw/user6.rules'];
        const theirs = await machine.lab.read(FILES);
        const undone = await machine.lab.run('A', [process.execPath, bundles.helper, 'undo']);
        expect(undone.stdout).toContain('another program has changed /etc/ufw/user.rules');
        expect(await machine.lab.read(FILES)).toEqual(theirs);
      });
    });
  }),
);
