/** What the internet reaches and no finding asks about: meant to be reached, or kept by the person. Pure. */
import { targetKey } from '../listeners/targets.ts';
import type { Report } from '../model.ts';
import { actionable, findingIdOf, listenersOf } from './remedy.ts';

export interface Meant {
  /** Ports that anyone on the internet reaches; each once. */
  readonly count: number;
  /** A headline names other ports before them. */
  readonly more: boolean;
}

/** @param more a headline has been made of what should be looked at (`openCount`) */
export function meantForInternet(report: Report, more: boolean): Meant {
  const asked = new Set(actionable(report).flatMap((finding) => [finding.id, ...listenersOf(finding)]));
  const { listeners, forwards } = report;
  const all = [
    ...listeners.map((listener) => ({ ...listener, looked: asked.has(listener.id) })),
    ...forwards.map((forward) => ({ ...forward, looked: asked.has(findingIdOf(forward)) })),
  ];
  const counted = new Set(all.filter(({ looked }) => looked).map(targetKey));
  const open = all.filter((one) => one.exposure === 'internet' && !counted.has(targetKey(one)));
  return { count: new Set(open.map(targetKey)).size, more };
}
