import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { makeBrowserFolder } from '../../../src/main/faces/pipe/browser-folder.ts';

const isMemory = (folder: string): boolean => {
  const { type, bavail, bsize } = statfsSync(folder);
  return type === 0x01_02_19_94 && bavail * bsize >= 256 * 1024 * 1024;
};
const hasMemory = process.platform === 'linux' && existsSync('/dev/shm') && isMemory('/dev/shm');
if (!hasMemory) process.stderr.write('SKIPPED the browser’s folder in memory: /dev/shm is not here, or too small\n');

const disk = mkdtempSync(join(tmpdir(), 'portcullis-browser-'));
afterAll(() => rmSync(disk, { recursive: true }));
const browser = join(disk, 'chromium');
writeFileSync(browser, '');

/** Where it was made; nobody else may look into it, and it is gone again. */
function placeOf(program: string, runtime: string | undefined): string {
  const folder = makeBrowserFolder(program, runtime);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  rmSync(folder, { recursive: true });
  return dirname(folder);
}

describe.skipIf(!hasMemory)('the browser’s own folder lies in memory', () => {
  const own = mkdtempSync(join(hasMemory ? '/dev/shm' : disk, 'portcullis-runtime-'));
  afterAll(() => rmSync(own, { recursive: true }));

  test('where the person’s own things of this session are', () => {
    expect(placeOf(browser, own)).toBe(own);
  });

  test.each([
    ['nothing', undefined],
    ['nothing', ''],
    ['what is not there', '/nonexistent'],
    ['a folder by a relative name', 'run'],
    ['a file', browser],
  ])('and where that is said to be %s, in the memory of all', (_, runtime) => {
    expect(placeOf(browser, runtime)).toBe('/dev/shm');
  });

  test.each([0o777, 0o770, 0o701])('and never where others come in (%o)', (mode) => {
    chmodSync(own, mode);
    expect(placeOf(browser, own)).toBe('/dev/shm');
    chmodSync(own, 0o700);
  });

  test.skipIf(process.getuid?.() !== 0)('and never among the things of somebody else', () => {
    chownSync(own, 65534, 65534);
    expect(placeOf(browser, own)).toBe('/dev/shm');
    chownSync(own, 0, 0);
  });

  test.skipIf(isMemory(disk))('and not where that is said to be on a disk', () => {
    expect(placeOf(browser, disk)).toBe('/dev/shm');
  });

  test.each(['snap', 'firejail', 'flatpak'])('but not for a browser in %s, which has folders of its own', (wrapper) => {
    const program = join(disk, `browser-of-${wrapper}`);
    writeFileSync(join(disk, wrapper), '');
    symlinkSync(join(disk, wrapper), program);
    expect(placeOf(program, own)).toBe(tmpdir());
  });

  test.each([
    '#!/bin/sh\nexec /snap/bin/chromium "$@"\n',
    '#!/bin/sh\nexec flatpak run org.chromium.Chromium "$@"\n',
    '#!/usr/bin/env bash\nfirejail chromium "$@"\n',
  ])('nor for one that a text starts there: %j', (script) => {
    const program = join(disk, 'chromium-browser');
    writeFileSync(program, script);
    expect(placeOf(program, own)).toBe(tmpdir());
  });

  test('a text that only starts a browser changes nothing', () => {
    const program = join(disk, 'google-chrome');
    writeFileSync(program, '#!/bin/sh\n# snapshots are not meant\nexec /opt/google/chrome/chrome "$@"\n');
    expect(placeOf(program, own)).toBe(own);
  });
});

test('where there is no place for it at all, that is a problem that names the place, and says why', () => {
  const program = join(disk, 'a-snap');
  writeFileSync(program, '#!/bin/sh\nexec /snap/bin/chromium "$@"\n');
  vi.stubEnv('TMPDIR', join(disk, 'nowhere'));
  expect(() => makeBrowserFolder(program, undefined)).toThrow(
    expect.objectContaining({
      code: 'failed',
      message: `The window could not be opened: there is no place for the browser’s own files in ${join(disk, 'nowhere')} (no such file or directory).`,
      hint: expect.stringContaining('TMPDIR') as string,
    }) as Error,
  );
  vi.unstubAllEnvs();
});
