/** A port on which nothing listens may lead somewhere all the same: a rule sends what comes to it to a listener of another number. */
import { letsThrough, mayLetThrough } from '../reach/summary.ts';
import type { Protocol, Reach, Report, ReportListener } from '../model.ts';

export interface Led {
  readonly listener: ReportListener;
  /** The ways in by that port through which somebody comes, or may come. */
  readonly ways: readonly Reach[];
  /** false: somebody may come by it, and that is not known. */
  readonly known: boolean;
}

/** What listens on other numbers and is reached, or may be, by knocking at this one. protocol: null, either. */
export const ledFrom = (
  { listeners }: Pick<Report, 'listeners'>,
  { port, protocol }: { readonly port: number; readonly protocol: Protocol | null },
): readonly Led[] =>
  listeners.flatMap((listener) => {
    if (listener.port === port || (protocol !== null && listener.protocol !== protocol)) return [];
    const ways = listener.reach.filter((way) => way.port === port && mayLetThrough(way));
    return ways.length === 0 ? [] : [{ listener, ways, known: ways.some(letsThrough) }];
  });
