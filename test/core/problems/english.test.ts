/** What problems say in the terminal, and that it crosses from one program to another as it is. */
import { expect, test } from 'vitest';
import { gapHow, gapWhat, gapWhy, reason } from '../../../src/core/problem/gaps.ts';
import { problemMeaning } from '../../../src/core/problem/meaning.ts';
import { checked as checkedSchema, note as noteSchema } from '../../../src/core/problem/notes.ts';
import { inEnglish, problemWords } from '../../../src/core/problem-words/index.ts';
import { problem } from '../../../src/core/problem.ts';
import { HOWS, REASONS, WHATS, WHYS } from '../gaps/examples.ts';
import { checked, notes } from '../plan/told.ts';
import { problems } from './examples.ts';

test('every kind says what it always said', async () => {
  const said = problems.map((means) => [means.kind, ...problemWords(means)].join('\n'));
  await expect(`${said.join('\n\n')}\n`).toMatchFileSnapshot('english.txt');
});

test('none says the same as another, and nothing of the code’s own', () => {
  // What services, the own table and Windows Firewall would do is told alike.
  const others = problems.filter(
    (means) => means.kind !== 'unforeseen' || (means.of !== 'services' && means.of !== 'windows'),
  );
  const said = others.map((means) => problemWords(means).join('\n'));
  expect(new Set(said).size).toBe(said.length);
  for (const text of said) expect(text).not.toMatch(/undefined|NaN|\[object/);
});

test('what is raised is handed on with its English and what it means', () => {
  const means = { kind: 'ufw-not-loaded' } as const;
  const [message, hint] = problemWords(means);
  expect(inEnglish(problem('unsupported', means))).toEqual({ code: 'unsupported', message, hint, means });
  // Text of another version means no more than it says.
  const told = { kind: 'told', message: 'No.', hint: 'Wait.' } as const;
  expect(inEnglish(problem('busy', told))).toEqual({ code: 'busy', message: 'No.', hint: 'Wait.' });
});

const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('every kind crosses as it is', () => {
  for (const means of problems) expect(problemMeaning.parse(sent(means))).toEqual(means);
  for (const one of notes) expect(noteSchema.parse(sent(one))).toEqual(one);
  for (const one of checked) expect(checkedSchema.parse(sent(one))).toEqual(one);
});

test('so does everything that could not be read, and why', () => {
  for (const [schema, all] of [
    [gapWhat, WHATS],
    [gapWhy, WHYS],
    [gapHow, HOWS],
    [reason, REASONS],
  ] as const)
    for (const [means] of Object.values<readonly (readonly [unknown, string])[]>(all).flat())
      expect(schema.parse(sent(means))).toEqual(means);
});

test('another kind, another field, a field less and a text without end do not', () => {
  for (const means of problems) {
    expect(problemMeaning.safeParse({ ...means, more: 1 }).success, means.kind).toBe(false);
    for (const key of Object.keys(means)) {
      const { [key as 'kind']: _, ...less } = means;
      expect(problemMeaning.safeParse(less).success, `${means.kind} without ${key}`).toBe(false);
    }
  }
  for (const wrong of [null, 'text', [], {}, { kind: 'constructor' }, { kind: '__proto__' }, { kind: ['told'] }])
    expect(problemMeaning.safeParse(wrong).success).toBe(false);
  const endless = 'x'.repeat(100_000);
  expect(problemMeaning.safeParse({ kind: 'told', message: endless, hint: '' }).success).toBe(false);
  expect(problemMeaning.safeParse({ kind: 'nobody-asks', command: endless }).success).toBe(false);
});

test('what holds itself without end is refused, not followed', () => {
  let why: unknown = { kind: 'missing' };
  for (let depth = 0; depth < 5000; depth++) why = { kind: 'legacy-loaded', why };
  expect(problemMeaning.safeParse({ kind: 'rules-unknown', what: null, why, how: null, exact: false }).success).toBe(
    false,
  );
});
