/** Looks at ports that a setting of macOS opens (AirPlay receiver, sharing services). */
import type { ReportListener } from '../../model.ts';
import { whoReaches } from '../audience.ts';
import { severityOf } from '../exposed.ts';
import { macSettingOf } from '../mac-settings.ts';
import type { AdviceFacts, Draft, ListenerRule, MachineRule } from '../rule.ts';

export const macSetting: ListenerRule = {
  name: 'mac-setting',
  about: 'listener',
  advise: (listener, facts) => draftOf(listener, facts),
};

/** The same where it is not known who reaches it. */
export const macSettingUnsure: MachineRule = {
  name: 'mac-setting-unsure',
  about: 'machine',
  advise: (facts) =>
    facts.listeners.flatMap((listener) => {
      if (listener.exposure !== 'unknown' || listener.kept || listener.reach.length === 0) return [];
      const draft = draftOf(listener, facts);
      return draft === null ? [] : [{ ...draft, key: listener.id, listener: listener.id }];
    }),
};

function draftOf(listener: ReportListener, facts: AdviceFacts): Draft | null {
  const setting = facts.platform === 'darwin' ? macSettingOf(listener) : null;
  if (setting === null) return null;
  const known = listener.exposure !== 'unknown';
  return {
    // Few know that it is on; what else is there was turned on by somebody.
    advice: known && setting === 'airplay' ? 'close' : 'review',
    severity: known ? severityOf(listener) : 'low',
    ways: [],
    says: {
      kind: 'mac-setting',
      listener: listener.id,
      setting,
      who: known ? whoReaches(listener, facts) : null,
    },
  };
}
