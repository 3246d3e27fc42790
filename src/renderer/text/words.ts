/** The catalogue in use. One language so far; another one is another object of the same type. */
import { en } from './en.ts';

export type Words = typeof en;
export const words: Words = en;
