/** What the internet reaches and no finding asks about: meant to be reached, or kept by the person. Pure. */
import type { Report, Target } from '../model.ts';
import { actionable, findingIdOf, listenersOf } from './remedy.ts';

export interface Meant {
  /** Ports that anyone on the internet reaches; each once. */
  readonly count: number;
  /** A headline names other ports before them. */
  readonly more: boolean;
}

const portOf = ({ protocol, port }: Target): string => `${protocol}/${port}`;

/** @param more a headline has been made of what should be looked at (`openCount`) */
export function meantForInternet(report: Report, more: boolean): Meant {
  const asked = new Set(actionable(report).flatMap((finding) => [finding.id, ...listenersOf(finding)]));
  const { listeners, forwards } = report;
  const all = [
    ...listeners.map((listener) => ({ ...listener, looked: asked.has(listener.id) })),
    ...forwards.map((forward) => ({ ...forward, looked: asked.has(findingIdOf(forward)) })),
  ];
  const counted = new Set(all.filter(({ looked }) => looked).map(portOf));
  const open = all.filter((one) => one.exposure === 'internet' && !counted.has(portOf(one)));
  return { count: new Set(open.map(portOf)).size, more };
}
