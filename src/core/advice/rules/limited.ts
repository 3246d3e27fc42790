/** Looks at what serves others and is slowed by the firewall already (ufw limit): somebody has thought about it, so only a reminder. */
import { audienceOf, isLimited } from '../audience.ts';
import { exposed, severityOf } from '../exposed.ts';
import type { ListenerRule } from '../rule.ts';
import { subjectOf } from '../subject.ts';

export const limited: ListenerRule = {
  name: 'limited',
  about: 'listener',
  advise: (listener, facts) => {
    if (!isLimited(listener) || listener.identity.service?.servesOthers !== true) return null;
    const draft = exposed(listener, facts, null);
    return {
      ...draft,
      advice: 'review',
      severity: severityOf(listener) === 'high' ? 'medium' : 'low',
      title: `${subjectOf(listener)} is open to ${audienceOf(listener, facts)}, slowed after several tries`,
    };
  },
};
