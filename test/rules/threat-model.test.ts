/** What docs/THREAT-MODEL.md and docs/ELECTRON-CHECKLIST.md promise names tests; they must be there under that name. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/THREAT-MODEL.md'), 'utf8').replace(/\s+/g, ' ');
const named = [...text.matchAll(/`(test\/[^`]+)`(?: “([^”]+)”)?/g)].map(
  ([, file = '', title = '']) => [file, title] as const,
);

test('Electron’s checklist: twenty items, each a test of that name', () => {
  const items = [...readFileSync(join(root, 'docs/ELECTRON-CHECKLIST.md'), 'utf8').matchAll(/^\| (\d+\. [^|]+) \|/gm)];
  const tests = readFileSync(join(root, 'test/e2e/lab/checklist.spec.ts'), 'utf8').matchAll(/^test\(\s*'([^']+)'/gm);
  expect(items.map(([, item]) => item)).toEqual([...tests].map(([, title]) => title));
  expect(items.map(([, item]) => Number.parseInt(item ?? '', 10))).toEqual(
    Array.from({ length: 20 }, (_, at) => at + 1),
  );
});

test('it names tests, and every promise at least one', () => {
  expect(named.length).toBeGreaterThan(20);
  const promised = text.slice(text.indexOf('## What is promised'), text.indexOf('## What is not promised'));
  for (const promise of promised.split(' - ').slice(1)) expect(promise).toContain('`test/');
});

test.each(named)('%s: %s', (file, title) => {
  const source = readFileSync(join(root, file), 'utf8');
  expect(title).not.toBe('');
  expect(source).toMatch(
    new RegExp(String.raw`(?:test|describe|onHost)\(\s*'${title.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}'`),
  );
});
