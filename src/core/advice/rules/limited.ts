/** Looks at what serves others and is slowed by the firewall already (ufw limit): somebody has thought about it, so only a reminder. */
import { isLimited } from '../audience.ts';
import { exposed, severityOf } from '../exposed.ts';
import type { ListenerRule } from '../rule.ts';

export const limited: ListenerRule = {
  name: 'limited',
  about: 'listener',
  advise: (listener, facts) => {
    if (!isLimited(listener) || listener.identity.service?.servesOthers !== true) return null;
    return {
      ...exposed(listener, facts, null, 'slowed'),
      advice: 'review',
      severity: severityOf(listener) === 'high' ? 'medium' : 'low',
    };
  },
};
