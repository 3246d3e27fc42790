/** Why something did not go, in words for people. */
import { expect, test } from 'vitest';
import { causeWords } from '../../../src/core/problem-words/cause.ts';
import { problem } from '../../../src/core/problem.ts';
import { causeOf } from '../../../src/main/apply/prepare.ts';
import { outputOf, outputOrExit, outputOrStopped, StepError, wholeOrExit } from '../../../src/main/apply/step-error.ts';

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk cannot be written to'],
  ['EIO', 'the disk fails'],
])('%s is told in words', (code, words) =>
  expect(causeWords(causeOf(Object.assign(new Error(`${code}: as the system says it, write`), { code })))).toBe(words),
);

test('what has words of its own keeps them', () =>
  expect(causeWords(causeOf(new Error('nft: syntax error')))).toBe('nft: syntax error'));

test('a step that did not go says why', () =>
  expect(causeOf(new StepError({ kind: 'table-not-kept' }))).toEqual({ kind: 'table-not-kept' }));

test('a problem is a cause; of one that has a cause, that one counts', () => {
  const inner = problem('failed', { kind: 'saved-unreadable' });
  const cause = { kind: 'problem', means: { kind: 'saved-unreadable' } };
  expect(causeOf(inner)).toEqual(cause);
  expect(causeOf(problem('failed', { kind: 'not-recovered', cause: causeOf(inner), look: 'nft' }))).toEqual(cause);
});

test('what a program says in the end is its first line, else how it ended', () => {
  const ended = { exit: 3, stderr: ' one\ntwo\n', late: null };
  expect(outputOf(ended, 2)).toEqual({ is: 'said', said: 'on' });
  expect(outputOrExit(ended)).toEqual({ is: 'said', said: 'one' });
  expect(wholeOrExit(ended)).toEqual({ is: 'said', said: 'one\ntwo' });
  expect(outputOrExit({ ...ended, stderr: '' })).toEqual({ is: 'exit', status: 3 });
  expect(outputOrStopped({ ...ended, stderr: '' })).toEqual({ is: 'stopped' });
  expect(outputOrStopped({ ...ended, late: 60 })).toEqual({ is: 'late', seconds: 60 });
});
