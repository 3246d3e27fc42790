/** What several parts of the window say, in German. */
import { foreign, list, number, plural } from '../format.ts';

export const ports = (count: number): string => plural(count, { one: 'Port', other: 'Ports' });

export const connections = (count: number): string => plural(count, { one: 'Verbindung', other: 'Verbindungen' });

export const SLOWED = ', nach wiederholten Versuchen gebremst';

export const MOST = 6;

export const some = (ranges: readonly string[]): string =>
  list(
    ranges.length > MOST
      ? [...ranges.slice(0, MOST).map(foreign), `${number(ranges.length - MOST)} weitere`]
      : ranges.map(foreign),
  );
