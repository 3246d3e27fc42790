/** The engine against what the documents say, packet by packet. */
import { describe, expect, test } from 'vitest';
import { askMac } from './judge.ts';
import type { MacSaid } from './machine.ts';
import { TRUTH } from './truth.ts';

/** The rules of a case are pf's main rules, where it does not say more of pf. */
const withRules = (said: MacSaid, rules: readonly string[]): MacSaid =>
  'pf' in said ? said : { ...said, pf: { rules, nat: [] } };

describe.each(TRUTH)('$about ($source)', ({ cases }) => {
  for (const [expected, rules, asked = {}, said = {}] of cases)
    test(`${expected}: ${JSON.stringify([rules, asked, said])}`, () => {
      const answer = askMac(withRules(said, rules), asked);
      expect(answer.verdict).toBe(expected);
      // Whatever was decided has its rule, and whatever is unknown its reason.
      if (expected !== 'unknown') expect(answer.decidedBy).not.toEqual([]);
      expect(answer.reasons.length > 0).toBe(expected === 'unknown');
    });
});

test('there are enough of them', () => expect(TRUTH.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(150));
