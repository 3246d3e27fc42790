/** Random computers: a rule of which the book says that it is of no use could go, and no packet would notice. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFacts } from '../../../src/core/facts.ts';
import { reportFrom } from '../../../src/core/report.ts';
import { makeRuleBook } from '../../../src/core/rulebook/index.ts';
import { engineOn, snapshotOf, someMachine } from '../firewalls/windows/random-machines.ts';
import { SHARE, share } from '../../share.ts';

const RUNS = share(600);

test('without a rule that is of no use, all is as it was', () => {
  let undone = 0;
  fc.assert(
    // Where rules were not read, the book lists none of them.
    fc.property(
      someMachine.map((one) => ({ ...one, failed: null })),
      (machine) => {
        const snapshot = snapshotOf(machine);
        const facts = readFacts(snapshot);
        const { rules } = makeRuleBook(snapshot, facts, reportFrom(facts, snapshot, { kept: new Set() }));
        // Those of the computer come first, behind one that every computer has here; then those of policy.
        const inOrder = [
          ...machine.rules.filter(({ policy }) => !policy),
          ...machine.rules.filter(({ policy }) => policy),
        ];
        expect(rules).toHaveLength(inOrder.length + 1);
        const before = engineOn(machine);
        for (const [at, rule] of inOrder.entries()) {
          const said = rules[at + 1];
          if (said?.use !== 'no-effect' && said?.windows?.standing !== 'off') continue;
          undone += said.because.length;
          const after = engineOn({ ...machine, rules: machine.rules.filter((one) => one !== rule) });
          // Of a program that is not known the engine does not see that both rules are for it, or neither: a doubt may go.
          const certain = after.filter((verdict, of) => before[of] !== 'unknown' || verdict !== 'blocked');
          expect(certain).toEqual(before.filter((verdict, of) => verdict !== 'unknown' || after[of] !== 'blocked'));
        }
      },
    ),
    { numRuns: RUNS },
  );
  // Few computers have such a rule, about one of thirteen: of a share of them it may be none.
  if (!SHARE) expect(undone).toBeGreaterThan(RUNS / 25);
});
