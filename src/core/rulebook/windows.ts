/** Is a rule of Windows Firewall of use? By where it counts, what undoes it, and what listens. */
import type { WrittenWindowsRule } from '../firewalls/registry.ts';
import type { Facts } from '../facts.ts';
import { isListWhole } from '../listeners/whole.ts';
import type { RuleInWords } from '../model.ts';

type Use = Pick<RuleInWords, 'use' | 'because' | 'opening'>;

export function windowsUse(facts: Facts): (rule: WrittenWindowsRule) => Use {
  const { 4: four, 6: six } = facts.netfilter.unread;
  // Without the whole list of listeners "nothing listens" would be a guess.
  const whole = isListWhole({ unread: facts.gaps }) && facts.listeners.length > 0;
  const blind = four.length + six.length > 0;
  return (rule) => ({
    use: useOf(rule, whole, blind),
    because:
      rule.windows.standing !== 'off' && rule.undoneBy !== null ? [{ firewall: 'windows', rule: rule.undoneBy }] : [],
    opening: [],
  });
}

function useOf(rule: WrittenWindowsRule, whole: boolean, blind: boolean): RuleInWords['use'] {
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
  switch (meets) {
    case 'some':
      return windows.standing === 'elsewhere' ? 'in-force' : 'in-use';
    case 'perhaps':
      return 'in-force';
    case 'none':
      // What comes with Windows or an app stands there for whoever will want it.
      if (owner === 'tool') return 'in-force';
      return whole ? 'nothing-listens' : 'unknown';
  }
}
