/** The rules without a question, with stand-ins for pkcheck and pkexec. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readIfAllowed } from '../../../src/main/apply/unasked.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-unasked-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = (name: string, script: string): string => {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
};
const read = (pkcheck: string, pkexec: string, patience = { check: 20_000, read: 20_000 }) =>
  readIfAllowed({ pkcheck, pkexec, helper: '/helper', patience });
const saying = (line: string) => program('pkexec', `echo "$@" >>${folder}/asked; echo '${line}'`);
const READ = '{"type":"read","transcripts":[]}';

test('where polkit would ask, nothing is started that asks', async () => {
  expect(await read(program('pkcheck', 'exit 1'), saying(READ))).toBeNull();
  expect(await read(join(folder, 'none'), saying(READ))).toBeNull();
  expect(existsSync(join(folder, 'asked'))).toBe(false);
});

test('where polkit would not, the helper reads, and nothing else', async () => {
  const pkcheck = program('pkcheck', `echo "$@" >${folder}/checked`);
  expect(await read(pkcheck, saying(READ))).toEqual([]);
  expect(readFileSync(join(folder, 'checked'), 'utf8')).toBe(
    `--action-id org.portcullis.read --process ${process.pid}\n`,
  );
  expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('--disable-internal-agent /helper read\n');
});

test.each([
  ['a problem', '{"type":"problem","problem":{"code":"failed","message":"no","hint":"no"}}'],
  ['something else', '{"type":"history","changes":[]}'],
  ['nothing', ''],
])('%s of the helper is no reading', async (_, line) => {
  expect(await read(program('pkcheck', 'exit 0'), saying(line))).toBeNull();
});

test('nobody waits for a polkit that hangs', async () => {
  const hangs = program('hangs', 'exec sleep 30');
  const started = saying(READ);
  expect(await read(hangs, started, { check: 200, read: 20_000 })).toBeNull();
  expect(existsSync(join(folder, 'asked'))).toBe(false);
  expect(await read(program('pkcheck', 'exit 0'), hangs, { check: 20_000, read: 200 })).toBeNull();
});
