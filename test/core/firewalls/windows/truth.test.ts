/** The engine against what the documents say, packet by packet. */
import { describe, expect, test } from 'vitest';
import { askWindows } from './judge.ts';
import { TRUTH } from './truth.ts';

describe.each(TRUTH)('$about ($source)', ({ cases }) => {
  for (const [expected, rules, asked = {}, said = {}] of cases)
    test(`${expected}: ${JSON.stringify([rules, asked, said])}`, () => {
      const answer = askWindows({ ...said, rules }, asked);
      expect(answer.verdict).toBe(expected);
      // Whatever was decided has its rule, and whatever is unknown its reason.
      if (expected !== 'unknown') expect(answer.decidedBy).not.toEqual([]);
      expect(answer.reasons.length > 0).toBe(expected === 'unknown');
    });
});

test('there are enough of them', () => expect(TRUTH.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(300));
