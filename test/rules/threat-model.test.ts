/** Each promise of docs/THREAT-MODEL.md names tests; they must be there under that name. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/THREAT-MODEL.md'), 'utf8').replace(/\s+/g, ' ');
const named = [...text.matchAll(/`(test\/[^`]+)`(?: “([^”]+)”)?/g)].map(
  ([, file = '', title = '']) => [file, title] as const,
);

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
