/** The first start after a build leaves V8's compiled code beside the bundle, once for each file, and says nothing of it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { program, snapshot } from './program.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-first-'));
  const root = dirname(dirname(program));
  for (const part of ['bin', 'out/cli', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: (path) => !path.endsWith('.cache') });
});
afterAll(() => rmSync(folder, { recursive: true }));

const kept = (): readonly string[] => readdirSync(join(folder, 'out/cli')).filter((name) => name.endsWith('.cache'));

const scan = (): readonly [status: number | null, stdout: string, stderr: string] => {
  const argv = [join(folder, 'bin/portcullis.cjs'), 'scan', '--json', '--from', snapshot('on')];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
  });
  return [status, stdout, stderr];
};

test('the first start is as quiet as the second, and answers the same', () => {
  expect(kept()).toEqual([]);
  const first = scan();
  expect(first[2]).toBe('');
  const names = kept();
  expect(names.length).toBeGreaterThan(2);
  expect(scan()).toEqual(first);
  expect(kept()).toEqual(names);
});
