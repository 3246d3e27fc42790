/** Reasons that say the same of several rules -> one reason that names them all, in the place of the first. */
import { asksOf } from './asks.ts';
import type { Reason } from './meaning.ts';

export function togetherReasons(reasons: readonly Reason[]): readonly Reason[] {
  const groups = new Map<string, Reason>();
  for (const reason of reasons) {
    const key = keyOf(reason);
    const same = groups.get(key);
    groups.set(key, same === undefined ? reason : joined(same, reason));
  }
  return [...groups.values()];
}

/** Rules alone are told together; what is about none of them stays for itself. */
function keyOf(reason: Reason): string {
  if (reason.kind === 'holder') return `holder ${reason.apps}`;
  if (reason.kind === 'asks' && reason.rules.length > 0) return `asks ${JSON.stringify(asksOf(reason.asks))}`;
  return JSON.stringify(reason);
}

function joined(one: Reason, other: Reason): Reason {
  if ((one.kind !== 'holder' && one.kind !== 'asks') || one.kind !== other.kind) return one;
  return { ...one, rules: [...new Set([...one.rules, ...other.rules])] };
}
