/** The catalogue in use, and the one place where the language changes: with it go numbers, dates, lists and plural forms. */
import { de } from './de.ts';
import { en, type Words } from './en.ts';
import { formatAs } from './format.ts';

export type Language = 'en' | 'de';

const CATALOGUES: Record<Language, Words> = { en, de };

/** Read when it is needed, never kept: another language is another object. */
export let words: Words = en;

/** @param tag the language with its region, `de-AT`: whose way of writing numbers and dates it is */
export function speak(language: Language, tag: string = language): void {
  words = CATALOGUES[language];
  formatAs(tag);
}
