/** Why it cannot be told who reaches a listener. */
import type { Gap, ReportListener } from '../model.ts';
import type { Cause } from '../says.ts';

/** Reasons that are told one by one. */
const REASONS = 3;
/** Ways to settle it that are named. */
const HOWS = 2;

/**
 * What stands in the way. Where something was not read, that goes before any single rule, and all parts that were not
 * read for the same reason are one cause.
 */
export function causeOf(listener: ReportListener, gaps: readonly Gap[]): Cause {
  const reasons = [...new Set(listener.reach.flatMap((way) => (way.unknown.length > 0 ? way.reasons : [])))].sort(
    byText,
  );
  const told = new Set(reasons.map(withoutFamily));
  const unread =
    reasons.length === 0 ? gaps : gaps.filter(({ what, why }) => told.has(withoutFamily(`${what}: ${why}`)));
  if (unread.length === 0) return { gaps: [], reasons: reasons.slice(0, REASONS) };
  const alike = new Map<string, Gap>();
  for (const gap of unread) {
    const key = JSON.stringify([withoutPart(gap.what), gap.why, gap.how]);
    if (!alike.has(key)) alike.set(key, gap);
  }
  return { gaps: [...alike.values()], reasons: [] };
}

/** What was not read, by why it was not, and the first ways to settle it. In whatever language the gaps are worded. */
export function gapsByWhy(gaps: readonly Gap[]): {
  readonly parts: readonly { readonly whats: readonly string[]; readonly why: string }[];
  readonly hows: readonly string[];
} {
  const whys = [...new Set(gaps.map(({ why }) => why))].sort(byText);
  return {
    parts: whys.map((why) => ({
      whats: [...new Set(gaps.filter((gap) => gap.why === why).map(({ what }) => withoutPart(what)))],
      why,
    })),
    hows: [...new Set(gaps.map(({ how }) => how))].slice(0, HOWS),
  };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `kernel rules (iptables, IPv6): …` and the same of IPv4 are one gap. */
const withoutFamily = (text: string): string => text.replace(/, IPv[46]/, '');

/** `kernel rules (iptables), legacy` -> `kernel rules`. */
const withoutPart = (what: string): string => what.replace(/ \(.*$/, '');
