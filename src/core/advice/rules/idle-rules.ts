/** Looks at rules that could be deleted without any effect: what stands there for nothing hides what matters. */
import { DELETING, deletion, reasonOf, ruleName } from '../idle.ts';
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
    const [only] = rest;
    if (only === undefined) return [];
    const more = rest.length - NAMED;
    const said = (more > 1 ? rest.slice(0, NAMED) : rest).map(
      (fault) => `${rest.length === 1 ? '' : `${ruleName(fault)}: `}${reasonOf(fault)}`,
    );
    const others = more > 1 ? ` ${more} more are in: portcullis scan --json.` : '';
    return [
      {
        key: 'all',
        listener: null,
        advice: 'review' as const,
        severity: 'low' as const,
        title: rest.length === 1 ? `${ruleName(only)} does nothing` : `${rest.length} firewall rules do nothing`,
        why: `${said.join(' ')}${others}${rest.length === 1 ? deletion(only) : ''}`,
        ifClosed: DELETING,
        ways: [],
      },
    ];
  },
};
