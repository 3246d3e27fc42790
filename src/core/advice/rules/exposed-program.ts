/** Looks at programs that the catalog does not know. What the system started is looked at first; what a person started is closed. */
import { runtimeOf } from '../../catalog/command-lines.ts';
import { plainName, stemOfUnit } from '../../catalog/programs.ts';
import type { ReportListener } from '../../model.ts';
import { exposed } from '../exposed.ts';
import type { AdviceFacts, ListenerRule } from '../rule.ts';

/** uids from here on are people's, except `nobody`. Source: login.defs(5), UID_MIN. */
const FIRST_PERSON = 1000;
const NOBODY = 65534;
/** Source: Apple, Directory Services: accounts that people make begin there. */
const FIRST_ON_MAC = 501;

export const exposedProgram: ListenerRule = {
  name: 'exposed-program',
  about: 'listener',
  advise: (listener, facts) => {
    if (listener.identity.service !== null) return null;
    const draft = exposed(listener, facts, 'unless-needed');
    return draft.advice === 'close' && !startedByPerson(listener, facts) ? { ...draft, advice: 'review' } : draft;
  },
};

/** A person's own process, or an interpreter that no unit of the system started. */
function startedByPerson({ owner }: ReportListener, { platform }: Pick<AdviceFacts, 'platform'>): boolean {
  const uid = owner.user !== null && /^\d+$/.test(owner.user) ? Number(owner.user) : null;
  if (uid !== null && uid >= (platform === 'darwin' ? FIRST_ON_MAC : FIRST_PERSON) && uid !== NOBODY) return true;
  const bySystem = owner.unit !== null && stemOfUnit(owner.unit) !== null;
  return !bySystem && owner.program !== null && runtimeOf(plainName(owner.program)) !== null;
}
