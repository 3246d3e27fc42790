/**
 * How much of a wide test is run. `npm run check` sets TEST_SHARE=1 and runs a quarter of the random inputs, and some of
 * the saved computers; `npm test`, and vitest called by itself, run all.
 */
export const SHARE = process.env['TEST_SHARE'] === '1';

/** Of so many random inputs how many are run now: all, or a quarter, rounded up. */
export const share = (all: number): number => (SHARE ? Math.ceil(all / 4) : all);

/** Of so many cases which are run now: all, or every fourth. */
export const some = <Case>(all: readonly Case[]): readonly Case[] =>
  SHARE ? all.filter((_, at) => at % 4 === 0) : all;
