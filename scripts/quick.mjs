/**
 * The quick program: the terminal's own bundle in one file with Bun's runtime, compiled, for the commands that only read
 * this computer (docs/decisions/0037). What it is made of is `out/cli` as it is, so that both runtimes run the same text.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  closeSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from './tasks.mjs';

const folder = join(root, 'node_modules', 'bun');
const bun = join(folder, 'bin', 'bun.exe');
const made = join(root, 'out', 'quick');

export const quickProgram = join(made, 'portcullis');

/** Where the package puts the bundle: what the program would look for beside itself it finds there, wherever it was made. */
const INSTALLED = '/usr/lib/portcullis/app/out/cli';

/** Nothing that lies in the folder where somebody starts it may have a say. */
const AUTOLOAD = ['dotenv', 'bunfig', 'package-json', 'tsconfig'].map((what) => `--no-compile-autoload-${what}`);

/** Why it cannot be made here, in a sentence, or null. Until npm has let Bun set itself up, a text stands in its place. */
export function whyNoQuick(program = bun) {
  if (process.platform !== 'linux') return 'the quick program is left out: only packages for Linux have one.';
  const why = 'Bun is not installed here (npm ci fetches it), so the quick program is left out.';
  if (!existsSync(program)) return why;
  const file = openSync(program, 'r');
  const begins = Buffer.alloc(4);
  readSync(file, begins, 0, 4, 0);
  closeSync(file);
  return begins.toString('hex') === '7f454c46' ? null : why;
}

/** The version of Bun that is installed. */
export const bunVersion = () => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

/** Make `out/quick/portcullis` anew, put in place whole. */
export function makeQuick() {
  mkdirSync(made, { recursive: true });
  const beside = mkdtempSync(`${made}-`);
  try {
    const { status, error } = spawnSync(
      bun,
      [
        'build',
        join(root, 'out', 'cli', 'portcullis.cjs'),
        '--compile',
        '--bytecode',
        ...AUTOLOAD,
        '--env=disable',
        '--define',
        `__dirname=${JSON.stringify(INSTALLED)}`,
        '--outfile',
        join(beside, 'portcullis'),
      ],
      // It writes on beside where it is started, and reads what lies there.
      {
        cwd: beside,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { PATH: '/usr/bin:/bin', HOME: beside, DO_NOT_TRACK: '1' },
      },
    );
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`bun build ended with ${status}`);
    renameSync(join(beside, 'portcullis'), quickProgram);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
