/** The catalogue in use, and the one place where the language changes: with it go numbers, dates, lists and plural forms. */
import { en, type Words } from './en/index.ts';
import { formatAs } from './format.ts';

export type Language = 'en' | 'de';

const catalogues: Record<Language, Words | null> = { en, de: null };

/** Read the words of a language; English ones are there. */
export async function fetchWords(language: Language): Promise<void> {
  if (language === 'de') catalogues.de ??= (await import('./de/index.ts')).de;
}

/** Read when it is needed, never kept: another language is another object. */
export let words: Words = en;

/**
 * @param language one whose words are there
 * @param tag the language with its region, `de-AT`: whose way of writing numbers and dates it is
 */
export function speak(language: Language, tag: string = language): void {
  const spoken = catalogues[language];
  if (spoken === null) throw new Error(`the words of ${language} are not there yet`);
  words = spoken;
  formatAs(tag);
}
