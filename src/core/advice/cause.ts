/** Why it cannot be told who reaches a listener. */
import { type Reason, togetherReasons, unreadKey, whatText, withoutPart } from '../gaps/index.ts';
import type { Gap, ReportListener } from '../model.ts';
import type { Cause } from '../says.ts';

/** Reasons that are told one by one; the rest is counted. */
const REASONS = 3;
/** Ways to settle it that are named. */
const HOWS = 2;

/**
 * What stands in the way. Where something was not read, that goes before any single rule, and all parts that were not
 * read for the same reason are one cause.
 */
export function causeOf(listener: ReportListener, gaps: readonly Gap[]): Cause {
  const reasons = new Map<string, Reason>();
  for (const { unknown, reasons: texts, doubts } of listener.reach)
    if (unknown.length > 0) for (const [at, doubt] of doubts.entries()) reasons.set(texts[at] ?? '', doubt);
  const told = new Set([...reasons.values()].flatMap((one) => (one.kind === 'unread' ? [unreadKey(one)] : [])));
  const unread = reasons.size === 0 ? gaps : gaps.filter(({ means }) => told.has(unreadKey(means)));
  if (unread.length === 0) {
    const all = [...reasons].sort(([a], [b]) => byText(a, b)).map(([, doubt]) => doubt);
    const together = togetherReasons(all);
    const first = together.slice(0, REASONS);
    return { gaps: [], reasons: first, more: together.length - first.length };
  }
  const alike = new Map<string, Gap>();
  for (const gap of unread) {
    const key = JSON.stringify([whatText(withoutPart(gap.means.what)), gap.why, gap.how]);
    if (!alike.has(key)) alike.set(key, gap);
  }
  return { gaps: [...alike.values()], reasons: [], more: 0 };
}

/** Do they all speak of one rule? */
export const isOneRule = (reasons: readonly Reason[]): boolean =>
  new Set(reasons.flatMap((one) => ('rules' in one && one.rules.length > 0 ? one.rules : [JSON.stringify(one)]))).size <
  2;

type SaidGap = Pick<Gap, 'what' | 'why' | 'how'>;

/** What was not read, by why it was not, and the first ways to settle it. In whatever language the gaps are worded. */
export function gapsByWhy(gaps: readonly SaidGap[]): {
  readonly parts: readonly { readonly whats: readonly string[]; readonly why: string }[];
  readonly hows: readonly string[];
} {
  const whys = [...new Set(gaps.map(({ why }) => why))].sort(byText);
  return {
    parts: whys.map((why) => ({
      whats: [...new Set(gaps.filter((gap) => gap.why === why).map(({ what }) => what))],
      why,
    })),
    hows: [...new Set(gaps.map(({ how }) => how))].slice(0, HOWS),
  };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
