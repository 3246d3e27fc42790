/** Looks at rules that could be deleted without any effect: what stands there for nothing hides what matters. */
import { few } from '../few.ts';
import { idleSaid } from '../idle.ts';
import type { MachineRule } from '../rule.ts';
import { believedClosed } from './powerless-deny.ts';
import { isUnused } from './unused-opening.ts';

/** Rules that are named one by one. */
const NAMED = 4;

export const idleRules: MachineRule = {
  name: 'idle-rules',
  about: 'machine',
  advise: (facts) => {
    const rest = facts.idle.filter(
      (fault) =>
        believedClosed(fault, facts).length === 0 &&
        !(fault.rule.action === 'allow' && isUnused(fault.rule.text, facts)),
    );
    if (rest.length === 0) return [];
    return [
      {
        key: 'all',
        listener: null,
        advice: 'review' as const,
        severity: 'low' as const,
        ways: [],
        says: { kind: 'idle-rules' as const, rules: few(rest.map(idleSaid), NAMED, 2) },
      },
    ];
  },
};
