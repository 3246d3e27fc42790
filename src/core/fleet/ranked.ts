/**
 * A map that keeps the smallest of its keys and counts the rest: many machines may bring names without end. Since those
 * that stay depend on the keys alone, it does not matter in which order, or in how many parts, things are added.
 */
import { compareText } from './who.ts';

export interface Ranked<T> {
  /** In no order; for a moment more than are kept. */
  readonly by: Map<string, T>;
  readonly most: number;
  /** How often something was added under a key that is not kept. */
  rest: number;
}

export const ranked = <T>(most: number): Ranked<T> => ({ by: new Map(), most, rest: 0 });

/** Leave out the largest keys, and count what was added under them. */
export function trim<T>(map: Ranked<T>, timesOf: (value: T) => number, slack = 0): void {
  if (map.by.size <= map.most + slack) return;
  for (const key of [...map.by.keys()].sort(compareText).slice(map.most)) {
    const value = map.by.get(key);
    if (value !== undefined) map.rest += timesOf(value);
    map.by.delete(key);
  }
}

/** The values that are kept, in order of their keys. */
export const inOrder = <T>({ by }: Ranked<T>): readonly (readonly [string, T])[] =>
  [...by.entries()].sort(([a], [b]) => compareText(a, b));
