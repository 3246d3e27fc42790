/** The picture of it all: the gate stands open, is down, or it cannot be told. Pure. */
import { isListWhole } from '../listeners/whole.ts';
import type { Report } from '../model.ts';
import { openCount } from './headline.ts';
import { countExposure } from './remedy.ts';

export type Gate = 'up' | 'down' | 'doubt';

/** Up wherever the headline names a port. */
export function gateOf(report: Report): Gate {
  const { needless, asked } = openCount(report);
  if (needless.count + asked.count > 0) return 'up';
  return countExposure(report).unknown > 0 || !isListWhole(report) ? 'doubt' : 'down';
}
