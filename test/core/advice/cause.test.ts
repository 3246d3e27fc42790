/** Why it cannot be told who reaches a port: a few reasons are told, and that there are more. */
import { expect, test } from 'vitest';
import { causeOf } from '../../../src/core/advice/cause.ts';
import { reachUnknown } from '../../../src/core/advice/english/unknown.ts';
import type { Subjects } from '../../../src/core/advice/subjects.ts';
import type { Reason } from '../../../src/core/gaps/index.ts';
import { reasonText } from '../../../src/core/gaps/index.ts';
import type { ReportListener } from '../../../src/core/model.ts';
import type { Cause } from '../../../src/core/says.ts';
import { reachUnknown as inGerman } from '../../../src/renderer/text/findings/de-unknown.ts';

const doubts = (count: number): readonly Reason[] =>
  Array.from({ length: count }, (_, at): Reason => ({ kind: 'rule', text: `-m odd${at}` }));

const listener = (reasons: readonly Reason[]): ReportListener =>
  ({
    reach: [{ unknown: ['0.0.0.0/0'], reasons: reasons.map(reasonText), doubts: reasons }],
  }) as unknown as ReportListener;

const sentences = (cause: Cause): readonly string[] =>
  [reachUnknown, inGerman].map(
    (said) =>
      said({ kind: 'reach-unknown', listener: null, count: 2, ports: { first: [], more: 0 }, cause }, {} as Subjects)
        .why,
  );

test('all are told as long as they are few', () => {
  const cause = causeOf(listener(doubts(3)), []);
  expect(cause).toEqual({ gaps: [], reasons: doubts(3), more: 0 });
  for (const why of sentences(cause)) expect(why).not.toMatch(/\d (?:more|weitere)/);
});

test('what is not told is counted, and nobody is sent to one rule alone then', () => {
  const cause = causeOf(listener(doubts(7)), []);
  expect(cause.reasons).toHaveLength(3);
  const [english, german] = sentences(cause);
  expect(english).toContain('; and 4 more.');
  expect(english).toContain('look at the rules that are named');
  expect(german).toContain('; und 4 weitere.');
  expect(german).toContain('sieh dir die Regeln an, die genannt sind');
});
