/** Looks at listeners of which it cannot be told who reaches them. One finding for each cause, with what would settle it. */
import { unreadKey, whatText, withoutPart } from '../../gaps/index.ts';
import type { Gap, ReportListener } from '../../model.ts';
import { joined } from '../audience.ts';
import type { MachineRule } from '../rule.ts';
import { portOf, subjectOf } from '../subject.ts';
import { visible } from '../../visible.ts';

/** Ports that are named one by one. */
const NAMED = 6;

export const reachUnknown: MachineRule = {
  name: 'reach-unknown',
  about: 'machine',
  advise: (facts) => {
    const causes = new Map<string, { cause: Cause; listeners: ReportListener[] }>();
    for (const listener of facts.listeners) {
      if (listener.exposure !== 'unknown' || listener.kept) continue;
      const cause = causeOf(listener, facts.gaps);
      const key = slug(cause.text);
      const group = causes.get(key) ?? { cause, listeners: [] };
      group.listeners.push(listener);
      causes.set(key, group);
    }
    return [...causes].map(([key, { cause, listeners }]) => {
      const only = listeners.length === 1 ? listeners[0] : undefined;
      const about = only === undefined ? ` It is about ${portsOf(listeners)}.` : '';
      return {
        key: only?.id ?? key,
        listener: only?.id ?? null,
        advice: 'review' as const,
        severity: 'low' as const,
        title:
          only === undefined
            ? `Who can reach ${listeners.length} ports cannot be told yet`
            : `Who can reach ${subjectOf(only)} cannot be told yet`,
        why: `Not known: ${cause.text}.${about} ${cause.how}`,
        ifClosed: 'Nothing stops working: looking only reads.',
        ways: [],
      };
    });
  },
};

interface Cause {
  readonly text: string;
  /** A sentence: what would settle it. */
  readonly how: string;
}

/**
 * What stands in the way. Where something was not read, that goes before any single rule, and all parts that were not
 * read for the same reason are one cause.
 */
function causeOf(listener: ReportListener, gaps: readonly Gap[]): Cause {
  const doubtful = listener.reach.filter((way) => way.unknown.length > 0);
  const reasons = [...new Set(doubtful.flatMap((way) => way.reasons))].sort(byText);
  const told = new Set(
    doubtful.flatMap((way) => way.doubts.flatMap((one) => (one.kind === 'unread' ? [unreadKey(one)] : []))),
  );
  const unread = reasons.length === 0 ? gaps : gaps.filter(({ means }) => told.has(unreadKey(means)));
  if (unread.length === 0) {
    const text = reasons.slice(0, 3).map(visible).join('; ');
    return { text: text === '' ? 'part of the rules' : text, how: 'To settle it, look at the rule that is named.' };
  }
  const whys = [...new Set(unread.map(({ why }) => why))].sort(byText);
  const parts = whys.map((why) => {
    const whats = [
      ...new Set(unread.filter((gap) => gap.why === why).map(({ means }) => whatText(withoutPart(means.what)))),
    ];
    return `${joined(whats.map(visible))} (${visible(why)})`;
  });
  const hows = [...new Set(unread.map(({ how }) => visible(how)))].slice(0, 2);
  return { text: parts.join('; '), how: `To settle it: ${hows.join(', or ')}.` };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function portsOf(listeners: readonly ReportListener[]): string {
  const words = [
    ...new Set([...listeners].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1)).map(portOf)),
  ];
  const more = words.length - NAMED;
  return more > 1 ? `${words.slice(0, NAMED).join(', ')} and ${more} more` : joined(words);
}

/** A short key that stays the same as long as the cause does. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'rules';
