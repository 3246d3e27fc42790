import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Reason, reasonText, togetherReasons } from '../../../src/core/gaps/index.ts';
import { REASONS } from './examples.ts';
import { share } from '../../share.ts';

const holder = (...rules: readonly string[]): Reason => ({ kind: 'holder', rules, apps: true });
const asks = (rule: string, ...texts: readonly string[]): Reason => ({ kind: 'asks', rules: [rule], asks: texts });

test('the same of several rules is one reason, in the place of the first', () => {
  const other: Reason = { kind: 'source-port' };
  expect(
    togetherReasons([
      holder('a'),
      asks('a', 'LUOwn=S-1-5-18'),
      other,
      holder('b'),
      asks('b', 'LUOwn=S-1-5-18'),
      holder('c'),
    ]),
  ).toEqual([holder('a', 'b', 'c'), { kind: 'asks', rules: ['a', 'b'], asks: ['LUOwn=S-1-5-18'] }, other]);
});

test('what is asked in other words, and rules for apps beside rules for programs, stay apart', () => {
  const all = [asks('a', 'LUOwn=S-1-5-18'), asks('b', 'LUOwn=S-1-5-19'), holder('a'), { ...holder('b'), apps: false }];
  expect(togetherReasons(all)).toEqual(all);
});

test('no reason is lost, none is told twice', () => {
  const some = Object.values(REASONS)
    .flat()
    .map(([reason]): Reason => reason);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...some), { maxLength: 12 }), (reasons) => {
      const told = togetherReasons(reasons);
      expect(new Set(told.map(reasonText)).size).toBe(told.length);
      for (const reason of reasons) {
        const alike = told.filter(({ kind }) => kind === reason.kind);
        if ('rules' in reason && reason.rules.length > 0)
          expect(alike.flatMap((one) => ('rules' in one ? one.rules : []))).toEqual(
            expect.arrayContaining([...reason.rules]),
          );
        else expect(alike.map(reasonText)).toContain(reasonText(reason));
      }
    }),
    { numRuns: share(60) },
  );
});
