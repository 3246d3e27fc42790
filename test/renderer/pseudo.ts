/**
 * A language that nobody speaks, made of the English catalogue: every letter with an accent, every word about 40 % longer,
 * every text in brackets. What is cut off in it would be cut off in some language; what is without accents passed by the
 * catalogue.
 */

const PLAIN = 'aceinorsuyzACEINORSUYZ';
const ACCENTED = 'áçéíñóřšúýžÁÇÉÍÑÓŘŠÚÝŽ';
const VOWEL = /[aeiouyáéíóúý]/i;
const LONGER = 1.4;

/** Names and numbers that no language writes otherwise: `443/tcp`, `0 – 1023`. */
const SAME_EVERYWHERE = /^\d+(?:\/(?:tcp|udp)| – \d+)?$/;
/** A function may give back what another one, or a view, has put together already. */
const DONE = /^\[.*\]$/s;
/** Not words, but kinds that code asks for. */
const KINDS: ReadonlySet<string> = new Set(['code', 'seen']);

const accented = (letter: string): string => {
  const at = PLAIN.indexOf(letter);
  return at < 0 ? letter : (ACCENTED[at] ?? letter);
};

/** Vowels twice until it is long enough; a word without any gets a tail. */
function longer(word: string): string {
  const wanted = Math.ceil(word.length * LONGER);
  let left = /[a-z]/i.test(word) ? wanted - word.length : 0;
  let made = '';
  for (const letter of word) {
    made += accented(letter);
    if (left > 0 && VOWEL.test(letter)) {
      made += accented(letter).toLowerCase();
      left -= 1;
    }
  }
  return `${made}${'ý'.repeat(left)}`;
}

export const pseudoText = (text: string): string =>
  text.trim() === '' || SAME_EVERYWHERE.test(text) || DONE.test(text)
    ? text
    : `[${text.split(' ').map(longer).join(' ')}]`;

/** The same catalogue in that language: texts, lists of them, and what functions give back. */
export function pseudo<T>(value: T, key = ''): T {
  const made = ((): unknown => {
    if (typeof value === 'string') return KINDS.has(key) ? value : pseudoText(value);
    if (typeof value === 'function') return (...given: unknown[]) => pseudo((value as unknown as Say)(...given));
    if (Array.isArray(value)) return value.map((one: unknown) => pseudo(one));
    if (value === null || typeof value !== 'object' || value instanceof RegExp) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, pseudo<unknown>(one, name)]));
  })();
  return made as T;
}

type Say = (...given: unknown[]) => unknown;
