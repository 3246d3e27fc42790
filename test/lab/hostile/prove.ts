/** All of it: builds the helper as it is shipped, sets the attackers on it in machines of their own, and counts. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Outcome } from './judge.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface Wanted {
  readonly plans: number;
  readonly readings: number;
  readonly seed: number;
  readonly workers: number;
  /** Go on where a run with the same numbers, of the same helper, was stopped. */
  readonly resume: boolean;
  /** Stop after so many, wherever it is then; null: go on to the end. */
  readonly minutes: number | null;
  /** Only this one, with all that was said. */
  readonly only: number | null;
  readonly tell: (text: string) => void;
}

export interface Struck {
  readonly number: number;
  readonly kind: string;
  readonly outcome: Outcome;
  readonly reached: readonly string[];
  readonly faults: readonly string[];
  readonly ms: number;
}

interface Readings {
  readonly count: number;
  readonly refused: number;
  readonly taken: number;
  readonly wrong: number;
}

export interface Proof {
  readonly struck: readonly Struck[];
  readonly readings: Readings;
  /** What went wrong beside the attacks: a machine that could not be made, or was not as before at the end. */
  readonly broken: readonly string[];
}

/** Milliseconds between two words of how far it is. */
const TELL_EVERY = 30_000;

async function bundle(folder: string, name: string): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: resolve(root, `test/lab/hostile/${name}.ts`),
      outDir: join(folder, name),
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: `${name}.mjs` } },
    },
  });
  return join(folder, name, `${name}.mjs`);
}

/** A program's lines of JSON; what it says otherwise, or a bad end, is handed back. */
function hear(
  argv: readonly string[],
  stop: AbortSignal,
  tell: (text: string) => void,
  line: (said: Record<string, unknown>) => void,
): Promise<string | null> {
  const [program = '', ...args] = argv;
  return new Promise((done) => {
    // `unshare` heeds no other signal, and with it goes the machine.
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const end = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    stop.addEventListener('abort', end, { once: true });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4000)));
    createInterface({ input: child.stdout }).on('line', (text) => {
      // What was being said when it was stopped is half a line.
      if (!stop.aborted) line(JSON.parse(text) as Record<string, unknown>);
    });
    child.once('close', (code) => {
      stop.removeEventListener('abort', end);
      const broken = code === 0 || stop.aborted ? null : `exit ${code}: ${errors.trim()}`;
      if (broken !== null) tell(broken);
      done(broken);
    });
  });
}

/** Where a long run keeps what became of each attack; another helper, seed or number of plans is another run. */
function keptBy(helper: string, { seed, plans }: Wanted): string {
  const hash = createHash('sha256').update(readFileSync(helper)).digest('hex').slice(0, 12);
  mkdirSync(join(root, 'test-results'), { recursive: true });
  return join(root, 'test-results', `hostile-${seed}-${plans}-${hash}.jsonl`);
}

const readKept = (file: string): Struck[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line) => (line === '' ? [] : (JSON.parse(line) as Struck)))
    : [];

export async function prove(wanted: Wanted): Promise<Proof> {
  const { plans, readings, seed, workers, only, resume, minutes, tell } = wanted;
  if (process.env['TEST_BUILT'] === undefined) {
    const made = spawnSync(process.execPath, [join(root, 'scripts/build.mjs'), 'helper'], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`the helper could not be built: ${made.stderr}`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-hostile-'));
  const helper = join(root, 'out/helper/helper.cjs');
  const kept = resume && only === null ? keptBy(helper, wanted) : null;
  const struck: Struck[] = kept === null ? [] : readKept(kept);
  let read: Readings = { count: 0, refused: 0, taken: 0, wrong: 0 };
  const began = performance.now();
  const stop = new AbortController();
  const end = minutes === null ? undefined : setTimeout(() => stop.abort(), minutes * 60_000);
  const timer = setInterval(() => {
    const wrong = struck.filter(({ outcome }) => outcome === 'wrong').length;
    tell(`${struck.length} of ${plans} attacks in ${Math.round((performance.now() - began) / 1000)} s, ${wrong} wrong`);
  }, TELL_EVERY);
  try {
    const [run, reading] = [await bundle(folder, 'run'), await bundle(folder, 'readings')];
    const attackers = Array.from({ length: workers }, (_, worker) =>
      hear(
        [
          join(root, 'test/lab/lab.sh'),
          process.execPath,
          run,
          root,
          helper,
          ...[seed, plans, worker, workers].map(String),
          only === null ? '' : String(only),
          kept ?? '',
        ],
        stop.signal,
        tell,
        (said) => {
          if (said['outcome'] === undefined) return;
          struck.push(said as unknown as Struck);
          if (kept !== null) appendFileSync(kept, `${JSON.stringify(said)}\n`);
          if (said['outcome'] === 'wrong' || only !== null) tell(JSON.stringify(said));
        },
      ),
    );
    const reader = hear(
      [process.execPath, reading, root, String(seed), String(readings)],
      stop.signal,
      tell,
      (said) => {
        if (said['failed'] !== undefined) tell(JSON.stringify(said));
        if (said['done'] !== undefined) read = said['done'] as Readings;
      },
    );
    const ends = await Promise.all([...attackers, reader]);
    return { struck, readings: read, broken: ends.filter((end) => end !== null) };
  } finally {
    clearInterval(timer);
    clearTimeout(end);
    rmSync(folder, { recursive: true, force: true });
  }
}
