/** Long lists in a sentence. */
import type { Few } from '../says.ts';

/** The first `most`. Fewer than `least` beyond them are not counted but named as well. */
export function few<T>(all: readonly T[], most: number, least: 1 | 2): Few<T> {
  const more = all.length - most;
  return more < least ? { first: all, more: 0 } : { first: all.slice(0, most), more };
}
