/** What lies where the quick program is started, and what the environment names, has no say in it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { launcherFor } from '../../../scripts/package/launcher.mjs';
import { quickProgram, whyNoQuick } from '../../../scripts/quick.mjs';
import { program, snapshot } from './program.ts';
import { QUICK, runOn } from './quick.ts';

const folder = mkdtempSync(join(tmpdir(), 'portcullis-surroundings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const here = join(folder, 'here');
const entered = join(folder, 'entered');
const evil = join(here, 'evil.cjs');
const damaged = join(folder, 'state');

/** A folder with all that Bun would take a say from. */
function layHostile(): void {
  mkdirSync(join(damaged, 'portcullis'), { recursive: true });
  writeFileSync(join(damaged, 'portcullis', 'kept.json'), '{');
  mkdirSync(join(here, 'node_modules', 'node:fs'), { recursive: true });
  const enter = `require('fs').writeFileSync(${JSON.stringify(entered)}, '');\n`;
  for (const path of [evil, join(here, 'node_modules', 'node:fs', 'index.js')]) writeFileSync(path, enter);
  const variables = `XDG_STATE_HOME=${damaged}\nBUN_OPTIONS=--preload=${evil}\nNODE_OPTIONS=--require=${evil}\n`;
  for (const name of ['.env', '.env.local', '.env.production', '.env.development'])
    writeFileSync(join(here, name), variables);
  writeFileSync(join(here, 'bunfig.toml'), 'preload = ["./evil.cjs"]\n[run]\npreload = ["./evil.cjs"]\n');
  writeFileSync(
    join(here, 'package.json'),
    JSON.stringify({
      type: 'commonjs',
      main: 'evil.cjs',
      imports: { '#*': './evil.cjs' },
      browser: { fs: './evil.cjs' },
    }),
  );
  const paths = Object.fromEntries(['*', 'fs', 'node:fs', 'node:os'].map((name) => [name, ['./evil.cjs']]));
  writeFileSync(join(here, 'tsconfig.json'), JSON.stringify({ compilerOptions: { baseUrl: '.', paths } }));
}

describe.skipIf(whyNoQuick() !== null)('the quick program', () => {
  layHostile();
  beforeEach(() => rmSync(entered, { force: true }));
  const unharmed = { XDG_STATE_HOME: join(folder, 'none') };

  test('takes nothing from the folder where it is started', () => {
    for (const args of [['scan'], ['scan', '--json', '--from', snapshot('on')], ['explain', '1'], ['--version']]) {
      const { XDG_STATE_HOME: _, ...without } = { ...unharmed, HOME: join(folder, 'none') };
      const [there, elsewhere] = [here, '/'].map((cwd) => runOn(QUICK, args, { cwd, env: without }));
      expect(there?.stderr).not.toContain('damaged');
      expect([args, there?.status, there?.stderr]).toEqual([args, elsewhere?.status, elsewhere?.stderr]);
      expect(existsSync(entered)).toBe(false);
    }
  });

  test('would be harmed by these files and names if it took them: a program compiled without our flags is', () => {
    const bun = join(import.meta.dirname, '../../../node_modules/bun/bin/bun.exe');
    const source = join(folder, 'plain.js');
    writeFileSync(source, 'console.log(process.env.XDG_STATE_HOME)');
    const plain = join(folder, 'plain');
    const made = spawnSync(bun, ['build', source, '--compile', '--outfile', plain], { cwd: folder });
    expect(made.status).toBe(0);
    const { stdout } = spawnSync(plain, { cwd: here, encoding: 'utf8', env: { HOME: folder } });
    expect(stdout).toBe(`${damaged}\n`);
    expect(existsSync(entered)).toBe(true);
    // What `.env` would have named.
    expect(runOn(QUICK, ['scan'], { env: { XDG_STATE_HOME: damaged } }).stderr).toContain('damaged');
    rmSync(entered);
    runOn(QUICK, ['--version'], { env: { BUN_OPTIONS: `--preload=${evil}` } });
    expect(existsSync(entered)).toBe(true);
    expect(runOn(QUICK, ['--version'], { env: { BUN_BE_BUN: '1' } }).stdout).not.toContain('portcullis');
  });

  test('through the launcher the environment names nothing either', () => {
    const launcher = join(folder, 'portcullis');
    writeFileSync(launcher, launcherFor({ quick: quickProgram, node: process.execPath, app: join(program, '../..') }), {
      mode: 0o755,
    });
    for (const env of [
      { BUN_BE_BUN: '1' },
      { BUN_OPTIONS: `--preload=${evil}` },
      {
        BUN_INSPECT_PRELOAD: evil,
        BUN_INSPECT: 'ws+unix:///nonexistent/x',
        BUN_INSPECT_NOTIFY: 'unix:///nonexistent/y',
      },
      { BUN_JSC_noSuchOption: '1' },
      { BUN_JSC_dumpOptions: '2' },
      { BUN_CONFIG_VERBOSE_FETCH: 'curl', BUN_RUNTIME_TRANSPILER_CACHE_PATH: here, BUN_ENV: 'development' },
      { NODE_OPTIONS: `--require ${evil}`, NODE_ENV: 'test', NODE_DEBUG: '*', NODE_V8_COVERAGE: here },
      { MIMALLOC_VERBOSE: '1', MIMALLOC_SHOW_STATS: '1', FORCE_COLOR: '1', COLUMNS: '20', LC_ALL: 'tr_TR.UTF-8' },
    ]) {
      const args = ['explain', '1'];
      const [hostile, plain] = [{ ...unharmed, ...env }, unharmed].map((one) =>
        runOn([launcher], args, { cwd: here, env: one }),
      );
      expect([env, hostile?.stdout, hostile?.stderr, hostile?.status]).toEqual([
        env,
        plain?.stdout,
        plain?.stderr,
        plain?.status,
      ]);
      expect(plain?.stdout).toContain('port 1');
      expect(existsSync(entered)).toBe(false);
    }
  });
});
