/** A private network namespace in which gathering is tried; nothing of it touches the machine. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Connection, Interface, Listener, Reading, Route, Snapshot } from '../../../src/core/model.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface Found {
  readonly snapshot: Snapshot;
  readonly listeners: Reading<readonly Listener[]>;
  readonly connections: Reading<readonly Connection[]>;
  readonly interfaces: Reading<readonly Interface[]>;
  readonly routes: Reading<readonly Route[]>;
  readonly sysctls: readonly (readonly [string, string])[];
}

/** Why these tests cannot run here, or null. */
export function whyNotHere(programs: readonly string[]): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0);
  if (missing.length > 0) return `missing: ${missing.join(', ')}`;
  return spawnSync('unshare', ['-n', '-p', '-f', '--mount-proc', 'true']).status === 0
    ? null
    : 'cannot make a network namespace';
}

export interface Bench extends Disposable {
  readonly script: string;
  readonly folder: string;
}

/** `inside.ts` as one file that Node runs. */
export async function bundleInside(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-gather-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: resolve(root, 'test/main/gather/inside.ts'),
      outDir: folder,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'inside.mjs' } },
    },
  });
  return {
    folder,
    script: join(folder, 'inside.mjs'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Runs a shell script of the test's own in a new network with `lo` up; `$NODE` and `$SCRIPT` are at hand. What it leaves
 * running ends with it, since its processes have a namespace of their own, too.
 */
export const inNamespace = (bench: Bench, script: string): string =>
  execFileSync(
    'unshare',
    ['-n', '-p', '-f', '--kill-child', '--mount-proc', 'sh', '-e', '-c', `ip link set lo up\n${script}`],
    {
      encoding: 'utf8',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', NODE: process.execPath, SCRIPT: bench.script },
      cwd: bench.folder,
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
    },
  );

/** What gathering found in a namespace that the script has set up. */
export const foundIn = (bench: Bench, script: string): Found =>
  JSON.parse(inNamespace(bench, `{ ${script}\n} >&2\n"$NODE" "$SCRIPT"`)) as Found;
