/** What is left out on other systems is told by `npm run check`; nothing is left out by a name that has become wrong. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { groups, leftOut } from '../../scripts/platform.mjs';

const root = resolve(import.meta.dirname, '../..');
const names = (pattern: string): readonly string[] => {
  const [, before = pattern, list, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(pattern) ?? [];
  return list === undefined ? [pattern] : list.split(',').map((name) => `${before}${name}${after}`);
};

test('every file that is left out somewhere is there', () => {
  const files = groups.flatMap((group) => group.files.flatMap(names));
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(resolve(root, file)))).toEqual([]);
  expect(new Set(files).size).toBe(files.length);
});

test('on Linux nothing is left out; elsewhere it is said what and where it runs', () => {
  expect(leftOut('linux')).toEqual([]);
  for (const platform of ['win32', 'darwin'] as const) {
    expect(leftOut(platform).length).toBeGreaterThan(0);
    for (const { needs, what } of leftOut(platform)) {
      expect(needs).not.toContain(platform);
      expect(what).toMatch(/^\w.{10,}$/);
    }
  }
  expect(leftOut('darwin').length).toBeLessThan(leftOut('win32').length);
});
