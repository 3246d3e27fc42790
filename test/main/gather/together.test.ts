import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';
import { afterAll, describe, expect, test } from 'vitest';
import { environment, runRead } from '../../../src/main/gather/run.ts';
import { type Part, type Together, startTogether } from '../../../src/main/gather/together.ts';

// synthetic: programs that behave badly in one way each.
const folder = mkdtempSync(join(tmpdir(), 'portcullis-together-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const start = (parts: readonly Part[], options: Partial<Parameters<typeof startTogether>[1]> = {}): Together =>
  startTogether(parts, { env: environment(), wait: false, timeLimit: 10_000, sizeLimit: 1_000_000, ...options });

const isThere = (pid: number): boolean => {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('several programs for one start', () => {
  test('each part gives what its own program printed on both streams, and reads its own input', async () => {
    const talks = program('talks', 'echo out; echo err >&2');
    const together = start([{ argv: [talks] }, { argv: ['cat'], input: 'a\nb\n' }, { argv: ['cat', '-'] }]);
    expect(await together.printed([talks])).toEqual({ stdout: 'out\n', stderr: 'err' });
    expect(await together.printed(['cat'])).toEqual({ stdout: 'a\nb\n', stderr: '' });
    expect(await together.printed(['cat', '-'])).toEqual({ stdout: '', stderr: '' });
    expect(await together.printed(['cat', '--other'])).toBeNull();
    expect(together.alive()).toBe(false);
  });

  test('no word of a command is ever read by the shell', async () => {
    const path = program('args', 'printf "<%s>\n" "$@"; cat');
    const hostile = ['$(touch /tmp/x)', '`id`', "a'b", '"; rm -rf /', '*', '', '\\n', '${1}', 'a\nb'];
    const input = '%s$(id)\\n"\n.\n`id` ${1} \\$\n\n';
    const printed = await start([{ argv: [path, ...hostile], input }]).printed([path, ...hostile]);
    expect(printed?.stdout).toBe(`${hostile.map((a) => `<${a}>\n`).join('')}${input}`);
  });

  test('the environment is clean', async () => {
    const lines = (await start([{ argv: ['env'] }]).printed(['env']))?.stdout.trim().split('\n') ?? [];
    const names = new Set(lines.map((line) => line.split('=', 1)[0]));
    // The shell sets the folder by itself, and bash more.
    for (const own of ['PWD', 'SHLVL', '_']) names.delete(own);
    expect(names).toEqual(new Set(['HOME', 'LC_ALL', 'PATH']));
  });

  test('large output arrives whole, whatever it holds', async () => {
    const path = program(
      'large',
      'i=0; while [ $i -lt 20000 ]; do echo "line $i"; i=$((i+1)); done; printf "\\000mark\\0000\\000\\000"',
    );
    const printed = await start([{ argv: [path] }]).printed([path]);
    expect(printed?.stdout.split('\n')).toHaveLength(20_001);
    expect(printed?.stdout.endsWith('\0mark\u00000\0\0')).toBe(true);
  });

  test('what did not end well is not used, and does not disturb the others', async () => {
    const fails = program('fails', 'echo half; exit 3');
    const killed = program('killed', 'echo half; kill -9 $$');
    const together = start([
      { argv: [fails] },
      { argv: ['portcullis-no-such-program'] },
      { argv: [killed] },
      { argv: ['echo', 'well'] },
    ]);
    expect(await together.printed([fails])).toBeNull();
    expect(await together.printed(['portcullis-no-such-program'])).toBeNull();
    expect(await together.printed([killed])).toBeNull();
    expect((await together.printed(['echo', 'well']))?.stdout).toBe('well\n');
    // The runner then hears from the program itself what is wrong.
    const options = { early: together.printed };
    expect(await runRead('x', [fails], options)).toMatchObject({ exit: 3, failure: 'failed', stdout: 'half\n' });
    expect(await runRead('x', ['portcullis-no-such-program'], options)).toMatchObject({ failure: 'missing' });
    expect(await runRead('x', ['echo', 'well'], options)).toMatchObject({ exit: 0, failure: null, stdout: 'well\n' });
  });

  test('one that does not end is ended with all that it started, one that prints too much is left out', async () => {
    const pid = join(folder, 'pid');
    const slow = program('slow', `sleep 60 & echo $! > ${pid}; wait`);
    const loud = program('loud', 'while :; do echo 0123456789; done');
    const together = start([{ argv: [slow] }, { argv: [loud] }, { argv: ['true'] }], {
      timeLimit: 1000,
      sizeLimit: 10_000,
    });
    expect(await together.printed(['true'])).not.toBeNull();
    expect(await together.printed([loud])).toBeNull();
    expect(await together.printed([slow])).toBeNull();
    const sleeper = Number(readFileSync(pid, 'utf8'));
    await until(() => !isThere(sleeper));
  });

  test('one that waits starts nothing before it is told to, and cannot be used once it has ended', async () => {
    const mark = join(folder, 'mark');
    const path = program('marks', `echo . >> ${mark}; echo done`);
    const waiting = start([{ argv: [path] }], { wait: true });
    const other = start([{ argv: [path] }], { wait: true });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(existsSync(mark)).toBe(false);
    expect(waiting.alive()).toBe(true);
    waiting.go();
    expect((await waiting.printed([path]))?.stdout).toBe('done\n');
    expect(readFileSync(mark, 'utf8')).toBe('.\n');
    other.kill();
    expect(other.alive()).toBe(false);
    expect(await other.printed([path])).toBeNull();
    expect(readFileSync(mark, 'utf8')).toBe('.\n');
  });

  test('each of several that wait is told, those that were started ahead too', async () => {
    const waitOn = (descriptor: number): string =>
      `open my $go, '<&=', ${descriptor} or exit 1; sysread $go, my $word, 1 or exit 1;\n`;
    const parts: readonly Part[] = [
      { argv: ['cat', '-u'], input: 'first\n' },
      { argv: ['perl', '-'], input: 'print "second\\n";\n', waitOn },
      { argv: ['echo', 'third'] },
      { argv: ['perl', '-', 'x'], input: 'print "fourth\\n";\n', waitOn },
      { argv: ['echo', 'fifth'] },
    ];
    const together = start(parts, { wait: true });
    together.go();
    const printed = await Promise.all(parts.map(({ argv }) => together.printed(argv)));
    expect(printed.map((one) => one?.stdout)).toEqual(['first\n', 'second\n', 'third\n', 'fourth\n', 'fifth\n']);
    // The shell knows no descriptor of two digits.
    expect(() => start([...parts, { argv: ['echo', 'sixth'] }], { wait: true })).toThrow(RangeError);
  });

  test('a first part that reads to the end before it does anything has begun by then, by words of its own', async () => {
    const mark = join(folder, 'reads-mark');
    const path = program('reads', `cat >/dev/null; echo . >> ${mark}; echo "$@"`);
    const parts: readonly Part[] = [{ argv: [path, 'now'], ahead: [path, 'ahead'] }, { argv: ['echo', 'other'] }];
    const [waiting, killed] = [start(parts, { wait: true }), start(parts, { wait: true })];
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(existsSync(mark)).toBe(false);
    waiting.go();
    expect(await waiting.printed([path, 'now'])).toEqual({ stdout: 'ahead\n', stderr: '' });
    expect(await waiting.printed(['echo', 'other'])).toEqual({ stdout: 'other\n', stderr: '' });
    killed.kill();
    expect(await killed.printed([path, 'now'])).toBeNull();
    expect(readFileSync(mark, 'utf8')).toBe('.\n');
    // Started now it has its usual words, and nothing to read.
    expect(await start(parts).printed([path, 'now'])).toEqual({ stdout: 'now\n', stderr: '' });
  });

  test('what waits ends when whoever started it is gone', async () => {
    const [mark, pids] = [join(folder, 'never'), join(folder, 'waiting-pids')];
    const path = program('never-run', `echo . >> ${mark}`);
    const waitOn = (descriptor: number): string =>
      `open my $p, '>>', '${pids}'; print $p "$$ ", getppid, "\\n"; close $p;
       open my $go, '<&=', ${descriptor} or exit 1; sysread $go, my $word, 1 or exit 1;\n`;
    const file = fileURLToPath(new URL('../../../src/main/gather/together.ts', import.meta.url));
    const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file);
    const module = join(folder, 'together.mjs');
    writeFileSync(module, code);
    const parts = `[{ argv: ['${path}'] }, { argv: ['perl', '-'], input: '', waitOn: () => ${JSON.stringify(waitOn(6))} }]`;
    const starts = `
      import { startTogether } from ${JSON.stringify(module)};
      startTogether(${parts}, { env: { PATH: '/usr/bin:/bin' }, wait: true, timeLimit: 60_000, sizeLimit: 1000 });
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', starts], { stdio: 'inherit' });
    const started = (): readonly number[] =>
      existsSync(pids) ? readFileSync(pids, 'utf8').trim().split(/\s+/).map(Number) : [];
    await until(() => started().length === 2);
    owner.kill('SIGKILL');
    await until(() => !started().some(isThere));
    expect(existsSync(mark)).toBe(false);
  });

  test('a program that is started ahead does nothing before it is told to, and ends where nobody tells it', async () => {
    const [mark, pids] = [join(folder, 'ahead'), join(folder, 'ahead-pids')];
    const input = `open my $f, '>>', '${mark}'; print $f "."; close $f; print "done\\n";\n`;
    const waitOn = (descriptor: number): string =>
      `open my $p, '>>', '${pids}'; print $p "$$\\n"; close $p;
       open my $go, '<&=', ${descriptor} or exit 1; sysread $go, my $word, 1 or exit 1;\n`;
    const argv = ['perl', '-', 'told'];
    const options = { wait: true };
    const [told, untold] = [start([{ argv, input, waitOn }], options), start([{ argv, input, waitOn }], options)];
    const started = (): readonly number[] =>
      existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : [];
    await until(() => started().length === 2);
    expect(existsSync(mark)).toBe(false);
    told.go();
    expect(await told.printed(argv)).toEqual({ stdout: 'done\n', stderr: '' });
    expect(readFileSync(mark, 'utf8')).toBe('.');
    untold.kill();
    expect(await untold.printed(argv)).toBeNull();
    await until(() => !started().some(isThere));
    expect(readFileSync(mark, 'utf8')).toBe('.');
    // Nothing stands before its input where it does not have to wait.
    expect(await start([{ argv, input, waitOn }]).printed(argv)).toEqual({ stdout: 'done\n', stderr: '' });
    expect(started()).toHaveLength(2);
  });
});
