/** Why something did not go, in words for people. */
import { expect, test } from 'vitest';
import { reasonOf } from '../../../src/main/apply/prepare.ts';

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk cannot be written to'],
  ['EIO', 'the disk fails'],
])('%s is told in words', (code, words) =>
  expect(reasonOf(Object.assign(new Error(`${code}: as the system says it, write`), { code }))).toBe(words),
);

test('what has words of its own keeps them', () =>
  expect(reasonOf(new Error('nft: syntax error'))).toBe('nft: syntax error'));
