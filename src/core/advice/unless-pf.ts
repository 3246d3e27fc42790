/** Listeners of a Mac of which only pf is not known: without the right to read it, it may block what else is open. */
import type { ReportListener } from '../model.ts';
import type { AdviceFacts } from './rule.ts';

/** pf, or where it leads, was not read. */
const OF_PF: ReadonlySet<string> = new Set(['pf', 'pf-redirects']);

/** Would it be open, or for this computer alone, if pf did nothing? */
export function isUnlessPf({ exposure, reach }: ReportListener, { platform, gaps }: AdviceFacts): boolean {
  if (platform !== 'darwin' || exposure !== 'unknown') return false;
  if (!gaps.some(({ means: { what } }) => what.kind === 'mac' && OF_PF.has(what.part))) return false;
  const doubts = reach.filter(({ unknown }) => unknown.length > 0).flatMap((way) => way.doubts);
  return doubts.every((one) => one.kind === 'unread' && one.what.kind === 'mac' && OF_PF.has(one.what.part));
}

/** It listens for this computer alone, unless pf leads connections there. */
export const isLocalUnlessPf = ({ reach }: ReportListener): boolean => reach.length === 0;
