/** Looks at ports that a setting of macOS opens (AirPlay receiver, sharing services). */
import type { ReportListener } from '../../model.ts';
import type { SaysMacSetting } from '../../says.ts';
import { whoReaches } from '../audience.ts';
import { severityOf } from '../exposed.ts';
import { macSettingOf } from '../mac-settings.ts';
import type { AdviceFacts, Draft, ListenerRule, MachineRule } from '../rule.ts';

export const macSetting: ListenerRule = {
  name: 'mac-setting',
  about: 'listener',
  advise: (listener, facts) => draftOf(listener, facts),
};

/** The same where it is not known who reaches it: once for a setting, whatever ports it opens. */
export const macSettingUnsure: MachineRule = {
  name: 'mac-setting-unsure',
  about: 'machine',
  advise: (facts) => {
    const unsure = facts.listeners.filter(
      ({ exposure, kept, reach }) => exposure === 'unknown' && !kept && reach.length > 0,
    );
    const first = new Map<string, Draft & { readonly key: string; readonly listener: string }>();
    for (const listener of unsure) {
      const draft = draftOf(listener, facts);
      if (draft === null) continue;
      const told = first.get(draft.says.setting);
      const others = told?.says.kind === 'mac-setting' ? [...told.says.others, listener.id] : [];
      first.set(
        draft.says.setting,
        told === undefined
          ? { ...draft, key: listener.id, listener: listener.id }
          : { ...told, says: { ...draft.says, listener: told.listener, others } },
      );
    }
    return [...first.values()];
  },
};

function draftOf(listener: ReportListener, facts: AdviceFacts): (Draft & { readonly says: SaysMacSetting }) | null {
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
      others: [],
      setting,
      who: known ? whoReaches(listener, facts) : null,
    },
  };
}
