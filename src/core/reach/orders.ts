/** In which orders things may come, where only some orders are certain and only some matter. */

export interface Relations<T> {
  /** Is it known that `a` comes before `b`? */
  readonly before: (a: T, b: T) => boolean;
  /** Does it make a difference which of the two comes first? */
  readonly matters: (a: T, b: T) => boolean;
}

/**
 * Every order that may be, one of each kind: two orders are of a kind when neighbours that do not matter to each other can
 * be swapped until they are the same. The one that stands for its kind is the first by the list's own order (the
 * lexicographic normal form of a trace; Anisimov and Knuth 1979). None: there are more than `most`.
 */
export function distinctOrders<T>(
  list: readonly T[],
  { before, matters }: Relations<T>,
  most: number,
): readonly (readonly T[])[] {
  const found: (readonly T[])[] = [];
  const place = new Map(list.map((entry, at) => [entry, at]));
  const placeOf = (entry: T): number => place.get(entry) ?? 0;
  const tied = (a: T, b: T): boolean => before(a, b) || before(b, a) || matters(a, b);
  const comesEarlier = (next: T, order: readonly T[]): boolean => {
    for (let at = order.length - 1; at >= 0; at--) {
      const other = order[at] as T;
      if (tied(other, next)) return false;
      if (placeOf(other) > placeOf(next)) return true;
    }
    return false;
  };
  const extend = (order: readonly T[], left: readonly T[]): void => {
    if (found.length > most) return;
    if (left.length === 0) found.push(order);
    for (const next of left) {
      if (left.some((other) => other !== next && before(other, next)) || comesEarlier(next, order)) continue;
      extend(
        [...order, next],
        left.filter((other) => other !== next),
      );
    }
  };
  extend([], list);
  return found.length > most ? [] : found;
}
