/**
 * Where a rule that was taken away belongs among those that stand now: between its neighbours, as every list of rules has
 * them that the history knows. Of a rule that came later, no list says anything: what was put first since stays first,
 * what was added at the end stays behind.
 */
import { ufw } from '../firewalls/registry.ts';
import type { UfwTuple } from '../model.ts';
import { ruleKey } from './inverse.ts';
import { type Ledger, stands } from './ledger.ts';

/**
 * Who put the rule first, before change `until`: each time it is another one than before. -1: nobody known. `heeds`: which
 * changes of the ledger are taken into account.
 */
const putFirst = (ledger: Ledger, key: string, until: number, heeds: (at: number) => boolean): number =>
  ledger.findLastIndex(({ first }, at) => at < until && heeds(at) && first.has(key) && stands(ledger, at, heeds));

/** Which change of the ledger took the rule away, and which one is undone: that one is not taken into account. */
interface Taken {
  readonly from: number;
  readonly undone: number;
}

/** Is `other` ahead of the rule that was taken away, in the list of change `at`? null: it does not say. */
function isAhead(ledger: Ledger, at: number, { from, undone }: Taken, rule: string, other: string): boolean | null {
  const rules = ledger[at]?.change.rules ?? [];
  const [own, theirs] = [rules.indexOf(rule), rules.indexOf(other)];
  if (own < 0 || theirs < 0) return null;
  const then = (one: number): boolean => one < at;
  // What comes back is the rule as it would stand now: one that was put first by a change that is undone is the old one.
  const now = (one: number): boolean => one !== undone;
  const same =
    putFirst(ledger, rule, at, then) === putFirst(ledger, rule, from, now) &&
    putFirst(ledger, other, at, then) === putFirst(ledger, other, ledger.length, now);
  return same ? theirs < own : null;
}

/** The place, from 0, among the rules of its family; null where they have been put in another order since. */
export function placeOf(ledger: Ledger, taken: Taken, tuple: UfwTuple, now: readonly UfwTuple[]): number | null {
  const { from } = taken;
  // The list that the rule was taken from says most; then the nearest one before it, then those after it.
  const all = ledger.map((_, at) => at);
  const order = [from, ...all.slice(0, from).toReversed(), ...all.slice(from + 1)];
  const sides = now.map((other) => {
    for (const at of order) {
      const ahead = isAhead(ledger, at, taken, ruleKey(tuple), ruleKey(other));
      if (ahead !== null) return ahead ? 'before' : 'after';
    }
    return 'unknown';
  });
  const before = sides.lastIndexOf('before');
  const after = sides.indexOf('after');
  if (after >= 0) return before > after ? null : before >= 0 ? before + 1 : after;
  if (before >= 0) return before + 1;
  const others = now.findIndex(({ comment }) => comment !== ufw.COMMENT_HEX);
  return others < 0 ? now.length : others;
}
