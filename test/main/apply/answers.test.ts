/** What the helper answers about problems and changes: data that is not exactly of a known kind falls back to its text. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../../src/core/model.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { heard } from '../../../src/main/apply/answers.ts';
import { mirrored } from '../../../src/main/apply/mirror.ts';
import { problems } from '../../core/problems/examples.ts';
import { notes } from '../../core/plan/told.ts';
import { history } from '../../e2e/fixtures/plans.ts';

type Answer = Parameters<typeof heard>[0];
const answer = (value: unknown): Answer => JSON.parse(JSON.stringify(value)) as Answer;

function problemIn(problem: unknown) {
  try {
    heard(answer({ type: 'problem', problem }));
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('no problem');
}

const TEXT = { code: 'drift', message: 'Another program has changed it.', hint: 'Look at it.' };

describe('a problem', () => {
  test('of every kind arrives as it was raised', () => {
    for (const means of problems.filter(({ kind }) => kind !== 'told'))
      expect(problemIn({ ...TEXT, means }).problem).toEqual({ code: 'drift', means });
  });

  test('of an earlier version is its text', () => expect(inEnglish(problemIn(TEXT))).toEqual(TEXT));

  test.each([
    ['of a kind that is not known', { kind: 'newer' }],
    ['of no kind', {}],
    ['that is no object', 'ufw'],
    ['that is a list', [{ kind: 'not-root' }]],
    ['with a field too many', { kind: 'not-root', argv: ['rm'] }],
    ['with a field of another type', { kind: 'nobody-asks', command: 7 }],
    ['with a text without end', { kind: 'nobody-asks', command: 'x'.repeat(100_000) }],
    ['that holds another where none belongs', { kind: 'told', message: { kind: 'not-root' }, hint: '' }],
    ['named like what every object has', { kind: 'constructor' }],
  ])('%s is its text', (_, means) => expect(inEnglish(problemIn({ ...TEXT, means }))).toEqual(TEXT));

  test('with a code that is not known has failed', () => {
    for (const code of ['newer', 'toString']) expect(problemIn({ ...TEXT, code }).problem.code).toBe('failed');
  });

  test.each([[null], ['text'], [{}], [{ ...TEXT, message: 7 }]])('that is none at all is odd: %j', (problem) =>
    expect(problemIn(problem).problem.means.kind).toBe('helper-odd'),
  );
});

describe('what was done', () => {
  const [change] = history;
  const says = { kind: 'interrupted' } as const;
  const done = (value: object) => heard(answer({ type: 'done', value: { change, checked: [], ...value } }));

  test('keeps what is known of it', () => {
    const checked = ['As it was written.', { kind: 'stays' }, { kind: 'newer' }, { kind: 'gone' }, 7];
    for (const note of notes) {
      const value = { change: { ...change, note: 'Xyz.', says: note }, checked: checked.slice(0, 2) };
      // A caution of another version must not pass for none.
      const told = { ...value, checked: [...value.checked, { kind: 'unworded', count: 3 }] };
      expect(done({ ...value, checked })).toEqual({ type: 'done', value: answer(told) });
    }
  });

  test('has a note by its text, where what it says is not known', () => {
    const wrong = [{ kind: 'newer' }, { ...says, more: 1 }, 'text', { kind: 'not-as-planned', cause: {}, files: [] }];
    for (const one of wrong) {
      expect(done({ change: { ...change, note: 'Xyz.', says: one } })).toEqual({
        type: 'done',
        value: answer({ change: { ...change, note: 'Xyz.' }, checked: [] }),
      });
    }
  });

  test.each([[null], [{}], [{ change: 'x', checked: [] }], [{ change: {}, checked: 'all' }]])(
    'that is nothing of the kind is odd: %j',
    (value) => expect(() => heard(answer({ type: 'done', value }))).toThrow('helper-odd'),
  );

  test.each([[5], [null], [[null]], [{}]])('a history that is none is odd: %j', (changes) =>
    expect(() => heard(answer({ type: 'history', changes }))).toThrow('helper-odd'),
  );

  test('and an answer of another type is odd', () =>
    expect(() => heard(answer({ type: 'newer' }))).toThrow('helper-odd'));
});

describe('the user’s own copy of the history', () => {
  let folder = '';
  const { XDG_STATE_HOME: before } = process.env;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-mirror-'));
    mkdirSync(join(folder, 'portcullis'));
    process.env['XDG_STATE_HOME'] = folder;
  });
  afterEach(() => {
    if (before === undefined) delete process.env['XDG_STATE_HOME'];
    else process.env['XDG_STATE_HOME'] = before;
    rmSync(folder, { recursive: true, force: true });
  });

  test('is shown by its text, where what a note says is not known', async () => {
    const [change] = history;
    const lines = [
      { ...change, id: 'a-earlier', note: 'nft: exit 1' },
      {
        ...change,
        id: 'b-whole',
        note: 'the disk is full',
        says: { kind: 'not-as-planned', cause: { kind: 'disk-full' }, files: [] },
      },
      { ...change, id: 'c-newer', note: 'Something new.', says: { kind: 'newer' } },
      {
        ...change,
        id: 'd-broken',
        note: 'Something.',
        says: { kind: 'not-as-planned', cause: { kind: 'said', said: 7 }, files: [] },
      },
    ];
    const text = [...lines.map((line) => JSON.stringify(line)), 'null', '{"id":'].join('\n');
    writeFileSync(join(folder, 'portcullis', 'history.jsonl'), text);
    const found = (await mirrored()).map(({ id, note, says }: Change) => [id, note, says?.kind]);
    expect(found).toEqual([
      ['d-broken', 'Something.', undefined],
      ['c-newer', 'Something new.', undefined],
      ['b-whole', 'the disk is full', 'not-as-planned'],
      ['a-earlier', 'nft: exit 1', undefined],
    ]);
  });
});
