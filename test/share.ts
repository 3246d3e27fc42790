/**
 * How much of a wide test is run: TEST_TIMES is how many times what `npm test` runs, and vitest called by itself. `npm run
 * check` runs a quarter of the random inputs and some of the saved computers, `npm run prove:random` many times the inputs.
 */
const TIMES = Number(process.env['TEST_TIMES'] ?? 1);
if (!(TIMES > 0)) throw new Error('TEST_TIMES is not a number above 0');

/** Less than all is run, or more. */
export const SHARE = TIMES < 1;
export const MORE = TIMES > 1;

/** Of so many random inputs how many are run now, rounded up. */
export const share = (all: number): number => Math.ceil(all * TIMES);

/** Of so many cases which are run now: all, or every fourth. */
export const some = <Case>(all: readonly Case[]): readonly Case[] =>
  SHARE ? all.filter((_, at) => at % 4 === 0) : all;
