/** Is a rule of Windows Firewall of use? By where it counts, what undoes it, and what listens. */
import { isReached } from '../advice/audience.ts';
import type { WrittenWindowsRule } from '../firewalls/registry.ts';
import type { Facts } from '../facts.ts';
import { isListWhole } from '../listeners/whole.ts';
import type { Report, RuleInWords } from '../model.ts';

type Use = Pick<RuleInWords, 'use' | 'because' | 'opening'>;

export function windowsUse(facts: Facts, report: Report): (rule: WrittenWindowsRule) => Use {
  const { 4: four, 6: six } = facts.netfilter.unread;
  // Without the whole list of listeners "nothing listens" would be a guess.
  const whole = isListWhole({ unread: facts.gaps }) && facts.listeners.length > 0;
  const blind = four.length + six.length > 0;
  const reached = new Set(report.listeners.filter(isReached).map(({ id }) => id));
  return (rule) => ({
    use: useOf(rule, { whole, blind, reached }),
    because:
      rule.windows.standing !== 'off' && rule.undoneBy !== null ? [{ firewall: 'windows', rule: rule.undoneBy }] : [],
    opening: [],
  });
}

interface Known {
  readonly whole: boolean;
  readonly blind: boolean;
  /** Ids of listeners to which somebody else gets through. */
  readonly reached: ReadonlySet<string>;
}

function useOf(rule: WrittenWindowsRule, { whole, blind, reached }: Known): RuleInWords['use'] {
  const { windows, undoneBy, meets, owner, action, traffic } = rule;
  if (windows.standing === 'off') return 'off';
  if (blind) return 'unknown';
  switch (windows.standing) {
    case 'firewall-off':
      return 'off';
    case 'policy':
    case 'shielded':
      return 'no-effect';
    case 'elsewhere':
    case 'counts':
      break;
  }
  if (undoneBy !== null) return 'no-effect';
  if (action !== 'allow' || traffic !== 'in' || meets === null) return 'in-force';
  // Another rule may keep others out of what it lets them in to.
  if (windows.standing === 'counts' && meets.listeners.some((id) => reached.has(id))) return 'in-use';
  // What comes with Windows or an app stands there for whoever will want it.
  if (meets.listeners.length > 0 || meets.perhaps || owner === 'tool') return 'in-force';
  return whole ? 'nothing-listens' : 'unknown';
}
