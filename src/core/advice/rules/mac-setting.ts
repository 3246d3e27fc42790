/** Looks at ports that a setting of macOS opens (AirPlay receiver, sharing services): once for a setting, whatever it opens. */
import type { ReportListener } from '../../model.ts';
import type { SaysMacSetting } from '../../says.ts';
import { isReached, whoReaches } from '../audience.ts';
import { severityOf } from '../exposed.ts';
import { macSettingOf } from '../mac-settings.ts';
import type { AdviceFacts, Draft, MachineRule } from '../rule.ts';

export const macSetting: MachineRule = {
  name: 'mac-setting',
  about: 'machine',
  advise: (facts) => drafts(facts, isReached),
};

/** The same where it is not known who reaches it. */
export const macSettingUnsure: MachineRule = {
  name: 'mac-setting-unsure',
  about: 'machine',
  advise: (facts) => drafts(facts, ({ exposure, reach }) => exposure === 'unknown' && reach.length > 0),
};

/** Those that the same people reach are told of together. */
function drafts(
  facts: AdviceFacts,
  concerns: (listener: ReportListener) => boolean,
): ReturnType<MachineRule['advise']> {
  if (facts.platform !== 'darwin') return [];
  const groups = new Map<string, [Told, ...Told[]]>();
  for (const listener of facts.listeners) {
    const setting = macSettingOf(listener);
    if (setting === null || listener.kept || !concerns(listener)) continue;
    const told: Told = { listener, setting, who: isReached(listener) ? whoReaches(listener, facts) : null };
    const key = JSON.stringify([setting, told.who]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [told]);
    else group.push(told);
  }
  return [...groups.values()].map(draftOf);
}

interface Told extends Pick<SaysMacSetting, 'setting' | 'who'> {
  readonly listener: ReportListener;
}

const SEVERITIES = ['high', 'medium', 'low'] as const;

function draftOf([first, ...others]: readonly [Told, ...Told[]]): Draft & {
  readonly key: string;
  readonly listener: string;
  readonly speaksFor: readonly string[];
} {
  const { listener, setting, who } = first;
  const ids = others.map((one) => one.listener.id);
  const severities = [first, ...others].map((one) => severityOf(one.listener));
  return {
    key: listener.id,
    listener: listener.id,
    speaksFor: [listener.id, ...ids],
    // Few know that it is on; what else is there was turned on by somebody.
    advice: who !== null && setting === 'airplay' ? 'close' : 'review',
    severity: who === null ? 'low' : (SEVERITIES.find((severity) => severities.includes(severity)) ?? 'low'),
    ways: [],
    says: { kind: 'mac-setting', listener: listener.id, others: ids, setting, who },
  };
}
