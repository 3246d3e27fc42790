/** Text in PowerShell scripts. */

/** PowerShell takes typographic quotes for quotes as well. Source: about_Quoting_Rules, and its tokenizer's IsSingleQuote. */
const QUOTES = /['\u2018\u2019\u201a\u201b]/g;

/** Nothing of it ends a line, or is half of a character: what is not so cannot be written into a script as it is. */
export const isTellable = (text: string): boolean => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text);

/**
 * A single-quoted PowerShell string that is exactly the text. Throws where that cannot be: control characters, ends of
 * lines, halves of characters.
 */
export function literal(text: string): string {
  if (!isTellable(text)) throw new RangeError('not to be written in a script');
  return `'${text.replace(QUOTES, '$&$&')}'`;
}

/** A list of such strings. */
export const literals = (texts: readonly string[]): string => `@(${texts.map(literal).join(', ')})`;
