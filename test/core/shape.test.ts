import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import * as is from '../../src/core/shape.ts';
import { share } from '../share.ts';

const ours = is.object({
  name: is.filled,
  text: is.string,
  up: is.boolean,
  size: is.number,
  index: is.int(0, 128),
  kind: is.oneOf('a', 'b'),
  note: is.nullable(is.string),
  more: is.optional(is.array(is.either(is.object({ key: is.string }), is.int()))),
  any: is.unknown,
});

/** The same in zod, which is taken for right. */
const theirs = z.object({
  name: z.string().min(1),
  text: z.string(),
  up: z.boolean(),
  size: z.number(),
  index: z.number().int().min(0).max(128),
  kind: z.enum(['a', 'b']),
  note: z.string().nullable(),
  more: z.array(z.union([z.object({ key: z.string() }), z.number().int()])).optional(),
  any: z.unknown().refine((value) => value !== undefined),
});

const good = {
  name: 'n',
  text: '',
  up: true,
  size: 1.5,
  index: 3,
  kind: 'a',
  note: null,
  more: [{ key: 'k' }, 5],
  any: {},
};

test('takes what fits, and only the fields that it names', () => {
  expect(ours.safeParse({ ...good, extra: 1 })).toEqual({ success: true, data: good });
  const { more: _more, ...without } = good;
  expect(ours.safeParse(without)).toEqual({ success: true, data: without });
});

test('agrees with zod about whatever stands in a field', () => {
  const odd = fc.constantFrom(
    null,
    undefined,
    '',
    'a',
    'b',
    'c',
    0,
    -1,
    128,
    129,
    1.5,
    Number.NaN,
    Infinity,
    2 ** 60,
    true,
    [],
    [1, { key: '' }],
    [{ key: 1 }],
    {},
    { key: 'k' },
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(good)), fc.oneof(odd, fc.anything()), (field, value) => {
      const candidate = { ...good, [field]: value };
      expect(ours.safeParse(candidate).success).toBe(theirs.safeParse(candidate).success);
    }),
    { numRuns: share(2000) },
  );
});

test('nothing but an object is an object', () => {
  for (const value of [null, undefined, 5, 'text', [], [good]]) expect(ours.safeParse(value).success).toBe(false);
});

test('fields are its own, not inherited', () => {
  expect(is.object({ toString: is.unknown }).safeParse({}).success).toBe(false);
  expect(is.object({ constructor: is.optional(is.string) }).safeParse({})).toEqual({ success: true, data: {} });
});
