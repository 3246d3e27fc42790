import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runRead } from '../../../src/main/gather/run.ts';

// synthetic: programs that behave badly in one way each.
const folder = mkdtempSync(join(tmpdir(), 'portcullis-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, body: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, mode);
  return path;
}

describe('the runner of reading commands', () => {
  test('keeps what was printed, with argv, status and time', async () => {
    const path = program('good', 'echo out; echo err >&2');
    const read = await runRead('x', [path, 'a b', '$(id)']);
    expect(read).toMatchObject({ id: 'x', kind: 'command', exit: 0, stdout: 'out\n', stderr: 'err\n', failure: null });
    expect(read.argv).toEqual([path, 'a b', '$(id)']);
    expect(new Date(read.startedAt).toISOString()).toBe(read.startedAt);
    expect(read.ms).toBeGreaterThan(0);
  });

  test('no shell: an argument is only an argument', async () => {
    const path = program('args', 'for a in "$@"; do echo "<$a>"; done');
    const hostile = ['$(touch /tmp/x)', '`id`', "a'b", '"; rm -rf /', '*', ''];
    expect((await runRead('x', [path, ...hostile])).stdout).toBe(hostile.map((a) => `<${a}>\n`).join(''));
  });

  test('a clean environment', async () => {
    const lines = (await runRead('x', ['env'])).stdout.trim().split('\n');
    expect(new Set(lines.map((line) => line.split('=', 1)[0]))).toEqual(new Set(['HOME', 'LC_ALL', 'PATH']));
    expect(lines).toContain('LC_ALL=C');
    expect(lines.find((line) => line.startsWith('PATH='))).toMatch(/\/usr\/sbin.*:\/sbin/);
  });

  test('missing, forbidden to run, and not a program', async () => {
    expect(await runRead('x', ['portcullis-no-such-program'])).toMatchObject({ failure: 'missing', exit: null });
    expect(await runRead('x', [program('closed', '', 0o644)])).toMatchObject({ failure: 'refused', exit: null });
    expect(await runRead('x', ['good'], { searchPath: '/nowhere' })).toMatchObject({ failure: 'missing' });
    expect(await runRead('x', ['good'], { searchPath: folder })).toMatchObject({ failure: null });
  });

  test('another status than 0 is a failure; one that speaks of rights is a refusal', async () => {
    expect(await runRead('x', [program('bad', 'echo half; exit 3')])).toMatchObject({
      failure: 'failed',
      exit: 3,
      stdout: 'half\n',
    });
    for (const text of ['Operation not permitted', 'iptables: Permission denied (you must be root).']) {
      const read = await runRead('x', [program('no', `echo '${text}' >&2; exit 1`)]);
      expect(read).toMatchObject({ failure: 'refused', exit: 1 });
    }
  });

  test('killed by a signal', async () => {
    const read = await runRead('x', [program('killed', 'echo half; kill -9 $$')]);
    expect(read).toMatchObject({ failure: 'killed', signal: 'SIGKILL', exit: null, stdout: 'half\n' });
  });

  test('the time limit ends it, even where a grandchild holds the pipes', async () => {
    const slow = program('slow', 'echo half; sleep 30 & sleep 30');
    expect(await runRead('x', [slow], { timeLimit: 1000 })).toMatchObject({ failure: 'timeout', stdout: 'half\n' });
  });

  test('the size limit ends it', async () => {
    const read = await runRead('x', [program('loud', 'while :; do echo 0123456789; done')], { sizeLimit: 10_000 });
    expect(read.failure).toBe('too-large');
    expect(read.stdout.length).toBeLessThanOrEqual(10_000);
  });

  test('the caller can end it', async () => {
    const controller = new AbortController();
    const read = runRead('x', [program('waits', 'sleep 30')], { signal: controller.signal });
    controller.abort();
    expect(await read).toMatchObject({ failure: 'killed' });
    expect(await runRead('x', ['true'], { signal: controller.signal })).toMatchObject({ failure: 'killed' });
  });

  test('standard input is empty, or what is given', async () => {
    expect((await runRead('x', ['cat'])).stdout).toBe('');
    expect((await runRead('x', ['cat'], { input: 'a\nb' })).stdout).toBe('a\nb');
    expect(await runRead('x', ['true'], { input: 'x'.repeat(1_000_000) })).toMatchObject({ failure: null });
  });
});
