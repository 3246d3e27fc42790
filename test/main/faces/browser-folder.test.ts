import { chownSync, existsSync, mkdtempSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { placeOfBrowser } from '../../../src/main/faces/pipe/browser-folder.ts';

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

describe('the browser’s own folder', () => {
  describe.skipIf(!hasMemory)('lies in memory', () => {
    const own = mkdtempSync(join(hasMemory ? '/dev/shm' : disk, 'portcullis-runtime-'));
    afterAll(() => rmSync(own, { recursive: true }));

    test('where the person’s own things of this session are', () => {
      expect(placeOfBrowser(browser, own)).toBe(own);
    });

    test.each([
      ['nothing', undefined],
      ['nothing', ''],
      ['what is not there', '/nonexistent'],
      ['a folder by a relative name', 'run'],
      ['a file', browser],
    ])('and where that is said to be %s, in the memory of all', (_, runtime) => {
      expect(placeOfBrowser(browser, runtime)).toBe('/dev/shm');
    });

    test.skipIf(process.getuid?.() !== 0)('and never among the things of somebody else', () => {
      chownSync(own, 65534, 65534);
      expect(placeOfBrowser(browser, own)).toBe('/dev/shm');
      chownSync(own, 0, 0);
    });

    test.skipIf(isMemory(disk))('and not where that is said to be on a disk', () => {
      expect(placeOfBrowser(browser, disk)).toBe('/dev/shm');
    });
  });

  test.each(['snap', 'firejail', 'flatpak'])('is left where a browser in %s has its own', (wrapper) => {
    const program = join(disk, `browser-of-${wrapper}`);
    writeFileSync(join(disk, wrapper), '');
    symlinkSync(join(disk, wrapper), program);
    expect(placeOfBrowser(program, undefined)).toBe(tmpdir());
  });
});
