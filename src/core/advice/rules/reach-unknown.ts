/** Looks at listeners of which it cannot be told who reaches them. One finding for each cause, with what would settle it. */
import { targetsInOrder } from '../../listeners/targets.ts';
import type { ReportListener } from '../../model.ts';
import type { Cause } from '../../says.ts';
import { causeOf } from '../cause.ts';
import { causeText } from '../english/unknown.ts';
import { few } from '../few.ts';
import type { MachineRule } from '../rule.ts';
import { macSettingOf } from '../mac-settings.ts';
import { isUnlessPf } from '../unless-pf.ts';

/** Ports that are named one by one. */
const NAMED = 6;

export const reachUnknown: MachineRule = {
  name: 'reach-unknown',
  about: 'machine',
  advise: (facts) => {
    const causes = new Map<string, { cause: Cause; listeners: ReportListener[] }>();
    for (const listener of facts.listeners) {
      if (listener.exposure !== 'unknown' || listener.kept || isUnlessPf(listener, facts)) continue;
      const cause = causeOf(listener, facts.gaps);
      const key = slug(causeText(cause));
      const group = causes.get(key) ?? { cause, listeners: [] };
      group.listeners.push(listener);
      causes.set(key, group);
    }
    return [...causes].map(([key, { cause, listeners }]) => {
      const only = listeners.length === 1 ? (listeners[0]?.id ?? null) : null;
      return {
        key: only ?? key,
        // What a setting opens has a finding of its own, and none has two.
        listener: facts.platform === 'darwin' && listeners.some((one) => macSettingOf(one) !== null) ? null : only,
        advice: 'review' as const,
        severity: 'low' as const,
        ways: [],
        says: {
          kind: 'reach-unknown' as const,
          listener: only,
          count: listeners.length,
          ports: few(targetsInOrder(listeners), NAMED, 2),
          cause,
        },
      };
    });
  },
};

/** A short key that stays the same as long as the cause does. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'rules';
