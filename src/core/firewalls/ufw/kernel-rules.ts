/** Where the kernel holds each of the user's rules for incoming connections. */
import type { Family, UfwTuple } from '../../model.ts';
import { prefixOf, ruleLines } from './rule-lines.ts';
import { saveForm, words } from './save-form.ts';

interface KernelChain {
  readonly key: string;
  readonly name: string;
  readonly families: readonly Family[];
  readonly rules: readonly { readonly text: string }[];
}

export interface PlacedTuple {
  readonly tuple: UfwTuple;
  /** The kernel's chain, and where in it the rule's lines stand. */
  readonly chain: string;
  readonly lines: readonly number[];
}

/** Counters and comments are not part of what a rule does. */
const bare = (text: string): string =>
  text
    .replace(/^\[\d+:\d+\] /, '')
    .replace(/ -m comment --comment ("(\\.|[^"])*"|'[^']*'|\S+)/, '')
    .trim();

const printed = (line: string, family: Family): string => {
  const [, chain = '', ...rule] = words(line);
  return bare(`-A ${chain} ${saveForm(rule, family)}`);
};

/**
 * The rules of one family with their places. Empty where the kernel holds anything else than what ufw's file says: then
 * it is not known which is which.
 */
export function placeTuples(
  tuples: readonly UfwTuple[],
  chains: readonly KernelChain[],
  family: Family,
): readonly PlacedTuple[] {
  const name = `${prefixOf(family)}-user-input`;
  const [chain, ...more] = chains.filter((one) => one.name === name && one.families.includes(family));
  if (chain === undefined || more.length > 0) return [];
  const placed: PlacedTuple[] = [];
  let at = 0;
  for (const tuple of tuples) {
    if (tuple.family !== family) continue;
    const wanted = ruleLines(tuple).filter((line) => line.startsWith(`-A ${name} `));
    const lines: number[] = [];
    for (const line of wanted) {
      const held = chain.rules[at];
      if (held === undefined || bare(held.text) !== printed(line, family)) return [];
      lines.push(at);
      at++;
    }
    if (lines.length > 0) placed.push({ tuple, chain: chain.key, lines });
  }
  return at === chain.rules.length ? placed : [];
}
