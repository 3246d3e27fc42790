/** Orders that may be and differ: of those that come to the same, one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinctOrders } from '../../../src/core/reach/orders.ts';

const pairs =
  (...of: readonly string[]) =>
  (a: string, b: string): boolean =>
    of.includes(`${a}${b}`);
const either =
  (...of: readonly string[]) =>
  (a: string, b: string): boolean =>
    of.includes(`${a}${b}`) || of.includes(`${b}${a}`);
const orders = (list: string, before: readonly string[], matters: readonly string[], most = 24): readonly string[] =>
  distinctOrders(list.split(''), { before: pairs(...before), matters: either(...matters) }, most).map((order) =>
    order.join(''),
  );

describe('the orders of things', () => {
  test('where nothing matters, the one that they were given in', () => {
    expect(orders('abcdefgh', [], [])).toEqual(['abcdefgh']);
  });
  test('two that matter to each other, among others that do not', () => {
    expect(orders('abc', [], ['ac'])).toEqual(['abc', 'bca']);
    expect(orders('abc', ['ac'], ['ac'])).toEqual(['abc']);
  });
  test('all that matter, and too many of them', () => {
    expect(orders('abcd', [], ['ab', 'ac', 'ad', 'bc', 'bd', 'cd'])).toHaveLength(24);
    expect(orders('abcd', [], ['ab', 'ac', 'ad', 'bc', 'bd', 'cd'], 23)).toEqual([]);
  });
});

const LETTERS = ['a', 'b', 'c', 'd', 'e'];
const aPair = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }));
const somePairs = fc
  .uniqueArray(aPair, { maxLength: 7 })
  .map((list) => list.filter(([a, b]) => a < b).map(([a, b]) => `${LETTERS[a]}${LETTERS[b]}`));

const permutations = (list: readonly string[]): readonly (readonly string[])[] =>
  list.length === 0
    ? [[]]
    : list.flatMap((first) => permutations(list.filter((other) => other !== first)).map((rest) => [first, ...rest]));

/** What tells orders apart: which of two that matter comes first. */
const kindOf = (order: readonly string[], matters: readonly string[]): string =>
  matters.map((pair) => Number(order.indexOf(pair[0] ?? '') < order.indexOf(pair[1] ?? ''))).join('');

test('property: every kind of order that may be is there, and no order that may not', () => {
  fc.assert(
    fc.property(somePairs, somePairs, (before, matters) => {
      const found = distinctOrders(LETTERS, { before: pairs(...before), matters: either(...matters) }, 120);
      const may = permutations(LETTERS).filter((order) =>
        before.every((pair) => order.indexOf(pair[0] ?? '') < order.indexOf(pair[1] ?? '')),
      );
      const kinds = (list: readonly (readonly string[])[]): readonly string[] =>
        [...new Set(list.map((order) => kindOf(order, matters)))].sort();
      expect(kinds(found)).toEqual(kinds(may));
      expect(found.every((order) => may.some((other) => other.join('') === order.join('')))).toBe(true);
    }),
  );
});
