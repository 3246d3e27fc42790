/**
 * What surrounds the helper while it is attacked, on machine A: every program of the system is a recorder that writes down
 * how it was started, and executes the real one only where the helper has any use for it; the disk cannot be written to;
 * and where secrets would lie there is honey.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The real programs, for the harness and for what the recorder lets run. */
const REAL = '/mnt/real';
const LET_RUN = '/mnt/as';
const TRACE = '/mnt/trace';
/** A file of a word that nobody can know, between the parts of what is written down. */
const MARK = '/mnt/mark';
const HELPER = '/mnt/portcullis/helper.cjs';
/** A folder with a recorder under every name, for a hostile PATH. */
export const BAIT_PROGRAMS = '/mnt/bait';
/** Stands in everything that nobody may read, and in every hostile setting that nobody may hand on. */
export const HONEY = 'h0ney-d1d-y0u-eat-1t';

const FOLDERS = ['/usr/bin', '/usr/sbin'];

export const real = (program: string): string => `${REAL}/usr/bin/${program}`;
export const realSystem = (program: string): string => `${LET_RUN}/${program}`;

/** How a program was started. */
export interface Started {
  readonly pid: number;
  /** The process that led its session: each program that the helper starts to change something leads its own. */
  readonly session: number;
  readonly path: string;
  readonly args: readonly string[];
  readonly env: readonly string[];
}

export interface Trap {
  /** What makes the helper: Node and its bundle. */
  readonly helper: readonly [string, string];
  /** What was started since it was last asked. */
  readonly started: () => readonly Started[];
}

function must(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

function tmpfs(path: string): void {
  must('mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', path);
  writeFileSync(join(path, 'honey'), `${HONEY}\n`, { mode: 0o600 });
  mkdirSync(join(path, 'nest'));
  writeFileSync(join(path, 'nest', 'honey'), `${HONEY}\n`, { mode: 0o600 });
}

/** Dash takes nothing of what surrounds it but PATH and PWD, so that what is written down is what was handed on. */
const recorder = `#!${real('dash')}
p=/proc/$$
${real('cat')} $p/stat ${MARK} $p/cmdline ${MARK} $p/environ ${MARK} >> "${TRACE}/$$"
exec "${LET_RUN}/\${0##*/}" "$@"
`;

/** Set it. `letRun`: names of programs that are executed after they were recorded; all others fail. */
export function setTrap(bundle: string, letRun: ReadonlySet<string>): Trap {
  for (const folder of [`${REAL}/usr`, LET_RUN, TRACE, BAIT_PROGRAMS, dirname(HELPER)])
    mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(dirname(bundle)))
    copyFileSync(join(dirname(bundle), name), join(dirname(HELPER), name));
  must('mount', '--bind', '/usr', `${REAL}/usr`);
  const mark = `\n${randomBytes(12).toString('hex')}\n`;
  const program = '/mnt/recorder';
  writeFileSync(MARK, mark);
  writeFileSync(program, recorder, { mode: 0o755 });
  for (const folder of FOLDERS) {
    const bait = `/mnt/recorders${folder}`;
    mkdirSync(bait, { recursive: true });
    for (const name of readdirSync(folder)) {
      symlinkSync(program, join(bait, name));
      rmSync(join(BAIT_PROGRAMS, name), { force: true });
      symlinkSync(program, join(BAIT_PROGRAMS, name));
      if (!letRun.has(name)) continue;
      rmSync(join(LET_RUN, name), { force: true });
      symlinkSync(`${REAL}${realpathSync(join(folder, name))}`, join(LET_RUN, name));
    }
  }
  for (const folder of FOLDERS) must(`${REAL}/usr/bin/mount`, '--bind', `/mnt/recorders${folder}`, folder);
  mount(['/usr/local/bin', '/usr/local/sbin', '/root', '/home', '/tmp', '/srv', '/opt']);
  writeFileSync('/etc/shadow', `root:${HONEY}:20000:0:99999:7:::\n`, { mode: 0o600 });
  must(`${REAL}/usr/bin/mount`, '-o', 'remount,bind,ro', '/');
  const node = process.execPath.startsWith('/usr/bin/') ? real(basename(process.execPath)) : process.execPath;
  return { helper: [node, HELPER], started: () => readTrace(mark) };

  function mount(folders: readonly string[]): void {
    process.env['PATH'] = `${REAL}/usr/bin:${REAL}/usr/sbin`;
    for (const folder of folders) tmpfs(folder);
  }
}

const words = (text: string): readonly string[] => text.split('\0').slice(0, -1);

function readTrace(mark: string): readonly Started[] {
  return readdirSync(TRACE).flatMap((name) => {
    const file = join(TRACE, name);
    const parts = readFileSync(file, 'latin1').split(mark).slice(0, -1);
    rmSync(file);
    const found: Started[] = [];
    for (let at = 0; at + 2 < parts.length; at += 3) {
      const [stat = '', command = '', environment = ''] = parts.slice(at, at + 3);
      // The kernel puts the script's interpreter first.
      const [, path = '', ...args] = words(command);
      const session = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
      found.push({ pid: Number(name), session, path, args, env: words(environment) });
    }
    if (found.length === 0) found.push({ pid: Number(name), session: 0, path: '(cut off)', args: [], env: [] });
    return found;
  });
}
