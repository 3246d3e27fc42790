/**
 * Sets of integers as sorted, disjoint, non-touching closed intervals.
 *
 * One piece of algebra serves ports (numbers) and addresses (bigints): the reach engine walks the rules with a whole set
 * of sources at once, and every rule splits it. Splitting must lose and double nothing; test/core/intervals.test.ts
 * checks that on random sets.
 */

/** A closed interval, first <= last. */
export type Interval<T extends number | bigint> = readonly [first: T, last: T];
export type Intervals<T extends number | bigint> = readonly Interval<T>[];

const step = <T extends number | bigint>(value: T, by: 1 | -1): T => {
  const from: number | bigint = value;
  return (typeof from === 'number' ? from + by : from + BigInt(by)) as T;
};
const after = <T extends number | bigint>(value: T): T => step(value, 1);
const before = <T extends number | bigint>(value: T): T => step(value, -1);

/** Sort, drop empty ones, merge what overlaps or touches. */
export function normalize<T extends number | bigint>(intervals: Intervals<T>): Intervals<T> {
  if (intervals.length < 2) return intervals.filter(([first, last]) => first <= last);
  const sorted = intervals
    .filter(([first, last]) => first <= last)
    .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const merged: [T, T][] = [];
  for (const [first, last] of sorted) {
    const top = merged.at(-1);
    if (top !== undefined && first <= after(top[1])) {
      if (last > top[1]) top[1] = last;
    } else merged.push([first, last]);
  }
  return merged;
}

export function union<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return normalize([...a, ...b]);
}

export function intersect<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  const out: Interval<T>[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a[i] as Interval<T>;
    const y = b[j] as Interval<T>;
    const first = x[0] > y[0] ? x[0] : y[0];
    const last = x[1] < y[1] ? x[1] : y[1];
    if (first <= last) out.push([first, last]);
    if (x[1] < y[1]) i++;
    else j++;
  }
  return out;
}

export function minus<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  if (b.length === 0 || a.length === 0) return a;
  const out: Interval<T>[] = [];
  let j = 0;
  for (const [first, last] of a) {
    let from = first;
    while (j < b.length && (b[j] as Interval<T>)[1] < from) j++;
    let k = j;
    while (k < b.length && (b[k] as Interval<T>)[0] <= last) {
      const [cutFirst, cutLast] = b[k] as Interval<T>;
      if (cutFirst > from) out.push([from, before(cutFirst)]);
      from = after(cutLast);
      if (from > last) break;
      k++;
    }
    if (from <= last) out.push([from, last]);
  }
  return out;
}

export function has<T extends number | bigint>(set: Intervals<T>, value: T): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = set[middle] as Interval<T>;
    if (value < first) high = middle - 1;
    else if (value > last) low = middle + 1;
    else return true;
  }
  return false;
}

export function equal<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  return a.every(([first, last], i) => {
    const other = b[i] as Interval<T>;
    return first === other[0] && last === other[1];
  });
}
