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

/** Place of the first interval that ends at `value` or above. */
function firstFrom<T extends number | bigint>(set: Intervals<T>, value: T): number {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle] as Interval<T>)[1] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function intersect<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>): Intervals<T> {
  if (a.length < b.length) return intersect(b, a);
  const out: Interval<T>[] = [];
  const [only] = b;
  if (b.length === 1 && only !== undefined) {
    // Thousands of rules may each take one address away: looking it up costs less than going through all.
    for (let i = firstFrom(a, only[0]); i < a.length; i++) {
      const [first, last] = a[i] as Interval<T>;
      if (first > only[1]) break;
      out.push([first > only[0] ? first : only[0], last < only[1] ? last : only[1]]);
    }
    return out;
  }
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
  const [only] = b;
  if (b.length === 1 && only !== undefined) return minusOne(a, only);
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

function minusOne<T extends number | bigint>(a: Intervals<T>, [cutFirst, cutLast]: Interval<T>): Intervals<T> {
  const from = firstFrom(a, cutFirst);
  let to = from;
  const rest: Interval<T>[] = [];
  for (; to < a.length; to++) {
    const [first, last] = a[to] as Interval<T>;
    if (first > cutLast) break;
    if (first < cutFirst) rest.push([first, before(cutFirst)]);
    if (last > cutLast) rest.push([after(cutLast), last]);
  }
  return from === to ? a : a.slice(0, from).concat(rest, a.slice(to));
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

/** The numbers at which one of `intervals` begins or has just ended. */
export function addEdges(edges: Set<number>, intervals: Intervals<number>): void {
  for (const [first, last] of intervals) edges.add(first).add(last + 1);
}

/** The pieces that `edges` cut all numbers from 0 on into, counted from below: a number -> its piece. */
export function pieces(edges: ReadonlySet<number>): (value: number) => number {
  const bounds = Float64Array.from(edges).sort();
  return (value) => {
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
