import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Intervals, equal, has, intersect, minus, normalize, union } from '../../src/core/intervals.ts';

const TOP = 60;
const set = fc
  .array(fc.tuple(fc.integer({ min: 0, max: TOP }), fc.integer({ min: 0, max: TOP })), { maxLength: 8 })
  .map((pairs) => normalize(pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)));

const members = (intervals: Intervals<number>): Set<number> =>
  new Set(Array.from({ length: TOP + 1 }, (_, i) => i).filter((i) => intervals.some(([a, b]) => a <= i && i <= b)));

const isTidy = (intervals: Intervals<number>): boolean =>
  intervals.every(([a, b], i) => a <= b && (i === 0 || a > (intervals[i - 1]?.[1] ?? 0) + 1));

describe('sets of intervals', () => {
  test('a split loses nothing and doubles nothing', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const inside = intersect(a, b);
        const outside = minus(a, b);
        expect(members(inside)).toEqual(both(members(a), members(b)));
        expect(intersect(inside, outside)).toEqual([]);
        expect(union(inside, outside)).toEqual(a);
        expect(isTidy(inside) && isTidy(outside)).toBe(true);
      }),
    );
  });

  test('union holds what either holds, tidily', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(members(union(a, b))).toEqual(new Set([...members(a), ...members(b)]));
        expect(isTidy(union(a, b))).toBe(true);
      }),
    );
  });

  test('has agrees with the members', () => {
    fc.assert(
      fc.property(set, fc.integer({ min: 0, max: TOP }), (a, value) => {
        expect(has(a, value)).toBe(members(a).has(value));
      }),
    );
  });

  test('addresses (bigint) are split like ports (number)', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const big = (s: Intervals<number>): Intervals<bigint> => s.map(([x, y]) => [BigInt(x), BigInt(y)] as const);
        expect(equal(minus(big(a), big(b)), big(minus(a, b)))).toBe(true);
        expect(equal(union(big(a), big(b)), big(union(a, b)))).toBe(true);
      }),
    );
  });
});

function both(a: Set<number>, b: Set<number>): Set<number> {
  return new Set([...a].filter((value) => b.has(value)));
}
