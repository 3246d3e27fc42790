/** What was not read, and why a rule could not be judged, in German: their own English text, as long as they carry no other. */
import type { Gap } from '../../../core/model.ts';
import { foreign } from '../format.ts';

export const gapWords = ({ what, why, how }: Gap): Gap => ({
  what: foreign(what),
  why: foreign(why),
  how: foreign(how),
});

export const reasonWords = (reason: string): string => foreign(reason);
