import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fileSettings, stateFolder } from '../../src/main/settings.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'portcullis-settings-')), 'state', 'portcullis');
});
afterEach(() => rmSync(join(folder, '..', '..'), { recursive: true, force: true }));

const file = () => join(folder, 'kept.json');

describe('the folder', () => {
  test('on Windows is %LOCALAPPDATA%\\Portcullis where that is on a drive', () => {
    expect(stateFolder({ LOCALAPPDATA: 'D:\\me\\Local', XDG_STATE_HOME: '/x' }, 'win32')).toBe(
      'D:\\me\\Local\\Portcullis',
    );
    for (const LOCALAPPDATA of [undefined, '', 'Local', '\\\\server\\me'])
      expect(stateFolder({ LOCALAPPDATA }, 'win32')).toMatch(/AppData\\Local\\Portcullis$/);
  });

  test('is XDG_STATE_HOME where that is absolute, else ~/.local/state', () => {
    expect(stateFolder({ XDG_STATE_HOME: '/var/tmp/s' })).toBe('/var/tmp/s/portcullis');
    const home = join(homedir(), '.local', 'state', 'portcullis');
    expect(stateFolder({ XDG_STATE_HOME: 'relative' })).toBe(home);
    expect(stateFolder({})).toBe(home);
  });

  test('is that of this person where HOME is empty or not absolute, and never one where somebody stands', () => {
    for (const HOME of ['', '.', 'here']) {
      vi.stubEnv('HOME', HOME);
      expect(stateFolder({})).toBe(join(userInfo().homedir, '.local', 'state', 'portcullis'));
    }
    vi.unstubAllEnvs();
  });
});

test('nothing is kept before anything was said, and reading makes no file', async () => {
  expect(await fileSettings(folder).kept()).toEqual({ kept: new Set(), gap: null });
  expect(existsSync(folder)).toBe(false);
});

test('what was said is there after a new start, for its owner alone', async () => {
  await fileSettings(folder).keep('tcp/22', true);
  await fileSettings(folder).keep('udp/5353', true);
  await fileSettings(folder).keep('tcp/22', true);
  expect((await fileSettings(folder).kept()).kept).toEqual(new Set(['tcp/22', 'udp/5353']));
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toEqual(['kept.json']);
});

test('it can be taken back', async () => {
  const settings = fileSettings(folder);
  await settings.keep('tcp/22', true);
  await settings.keep('tcp/22', false);
  await settings.keep('tcp/80', false);
  expect((await settings.kept()).kept).toEqual(new Set());
});

describe('a damaged file', () => {
  const damaged: readonly (readonly [string, string])[] = [
    ['half of it', '{"schema":1,"kept":["tc'],
    ['another schema', '{"schema":9,"kept":[]}'],
    ['no list', '{"schema":1,"kept":"tcp/22"}'],
    ['null', 'null'],
    ['something that is no port', '{"schema":1,"kept":["tcp/22","; rm -rf /"]}'],
  ];
  test.each(damaged)('%s: is told as a gap, and never overwritten', async (_name, text) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file(), text);
    const { kept, gap } = await fileSettings(folder).kept();
    expect(kept.size).toBe(0);
    expect(gap?.why).toContain('damaged');
    expect(gap?.how).toContain(file());
    await expect(fileSettings(folder).keep('tcp/22', true)).rejects.toMatchObject({ problem: { code: 'failed' } });
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });
});

test('a folder that cannot be made is a problem with words', async () => {
  mkdirSync(join(folder, '..'), { recursive: true });
  writeFileSync(folder, 'a file where the folder should be');
  await expect(fileSettings(folder).keep('tcp/22', true)).rejects.toMatchObject({
    problem: { code: 'failed', means: { kind: 'kept-unsaved', path: join(folder, 'kept.json') } },
  });
});
