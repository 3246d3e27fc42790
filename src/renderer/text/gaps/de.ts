/** What could not be read, and why something is unknown, in German: worded from its meaning, never from the English. */
import type { GapMeaning } from '../../../core/gaps/index.ts';
import { sentence } from '../format.ts';
import { settles } from './settles.ts';
import { germanHow } from './de-how.ts';
import { germanWhat } from './de-what.ts';
import { germanWhy } from './de-why.ts';

export { germanReason } from './de-why.ts';

export const germanGap = ({ what, why, how }: GapMeaning) => ({
  what: sentence(germanWhat(what)),
  why: sentence(germanWhy(why)),
  how: settles(germanHow(how), how),
});
