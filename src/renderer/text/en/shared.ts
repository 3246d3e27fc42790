/** What several parts of the window say, in English. */
import { foreign, list, number, plural } from '../format.ts';

export const ports = (count: number): string => plural(count, { one: 'port', other: 'ports' });

export const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export const MOST = 6;

export const some = (ranges: readonly string[]): string =>
  list(
    ranges.length > MOST
      ? [...ranges.slice(0, MOST).map(foreign), `${number(ranges.length - MOST)} more`]
      : ranges.map(foreign),
  );
