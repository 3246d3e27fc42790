import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveFile } from '../../src/main/files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mode = (path: string) => statSync(path).mode & 0o777;

test('a script may be run, a snapshot is private, nothing is left beside them', async () => {
  await saveFile(join(folder, 'a.sh'), 'one', 'script');
  await saveFile(join(folder, 'b.json'), 'two', 'private');
  await saveFile(join(folder, 'a.sh'), 'three', 'script');
  expect(readFileSync(join(folder, 'a.sh'), 'utf8')).toBe('three');
  expect(mode(join(folder, 'a.sh'))).toBe(0o755);
  expect(mode(join(folder, 'b.json'))).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['a.sh', 'b.json']);
});

test('a link is followed, not replaced', async () => {
  writeFileSync(join(folder, 'real'), 'old');
  symlinkSync('real', join(folder, 'link'));
  await saveFile(join(folder, 'link'), 'new', 'text');
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
});

test('a pipe is written to and stays a pipe', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const { spawn } = await import('node:child_process');
  const reader = spawn('cat', [pipe]);
  let read = '';
  reader.stdout.on('data', (chunk: Buffer) => {
    read += chunk.toString();
  });
  const ended = new Promise((resolve) => reader.once('close', resolve));
  await saveFile(pipe, 'through', 'text');
  await ended;
  expect(read).toBe('through');
  expect(lstatSync(pipe).isFIFO()).toBe(true);
});

test('what cannot be written is a problem that names the place', async () => {
  const into = join(folder, 'no', 'such', 'folder.txt');
  await expect(saveFile(into, '', 'text')).rejects.toMatchObject({
    problem: { code: 'failed', means: { kind: 'file-unwritten', path: into, why: { is: 'no-folder' } } },
  });
  await expect(saveFile(folder, '', 'text')).rejects.toMatchObject({ problem: { code: 'failed' } });
});
