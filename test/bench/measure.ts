/**
 * What `scripts/bench.mjs` runs inside of its load: measures side by side and prints the numbers as JSON.
 * Arguments: how many rounds, and the whole programs to measure: JSON, the argv of each by its name.
 */
import { spawn } from 'node:child_process';
import netstat from 'node-netstat';
import { makeReport } from '../../src/core/report.ts';
import { gather } from '../../src/main/gather/index.ts';

const [, , rounds = '21', programs = '{}'] = process.argv;

const env: Record<string, string> = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', HOME: '/nonexistent' };

const run = (argv: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const [file = '', ...args] = argv;
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.resume();
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${argv.join(' ')} ended with ${code}`))));
  });

async function scan(): Promise<void> {
  const report = makeReport(await gather(), { kept: new Set() });
  const known = report.listeners.filter(({ owner }) => owner.complete).length;
  if (known < 20) throw new Error(`only ${known} of 20 listeners were found with their program`);
}

const throughNodeNetstat = (): Promise<void> =>
  new Promise((resolve, reject) => {
    let rows = 0;
    netstat({ done: (error) => (error || rows < 20 ? reject(error ?? new Error('no rows')) : resolve()) }, () => {
      rows++;
    });
  });

const whole = Object.entries(JSON.parse(programs) as Readonly<Record<string, readonly string[]>>);
const measured: readonly (readonly [name: string, work: () => Promise<void>])[] = [
  ['scan', scan],
  ['ss -tunap', () => run(['ss', '-tunap'])],
  ...whole.map(([name, argv]) => [name, () => run(argv)] as const),
  ['ss -tulnp', () => run(['ss', '-tulnp'])],
  ['netstat -tunap', () => run(['netstat', '-tunap'])],
  ['node-netstat', throughNodeNetstat],
  ['node (empty)', () => run([process.execPath, '-e', '0'])],
];

const times = new Map<string, number[]>(measured.map(([name]) => [name, []]));
// The first rounds warm up what is measured warm, and are not counted.
const warm = 5;
for (let round = -warm; round < Number(rounds); round++) {
  for (const [name, work] of measured) {
    // What the one before left to do (a scan starts the programs of the next) is none of this one's cost.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const start = performance.now();
    await work();
    if (round >= 0) times.get(name)?.push(performance.now() - start);
  }
}
// One right after the other: with what each prepares for the next.
const inARow = 20;
const start = performance.now();
for (let n = 0; n < inARow; n++) await scan();
times.set('scan, one right after the other', [(performance.now() - start) / inARow]);

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
process.stdout.write(JSON.stringify(Object.fromEntries([...times].map(([name, values]) => [name, median(values)]))));
