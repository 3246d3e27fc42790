/**
 * Commands that a person copies into a shell: the one place where they are made of words. Shown, and never run from here.
 *
 * What a word means to the program itself is up to whoever puts it there: `nft` reads its words as a script again, and
 * others take a word with `-` in front for an option.
 */
import { visible } from './visible.ts';

/** What no shell reads anything into. `!` alone negates in iptables, and only a command that begins with it in a shell. */
const PLAIN = /^(?:[\w./:,=+@%-]+|!)$/;

const quoted = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);

/**
 * The line that gives a POSIX shell exactly these words. null: one of them holds what does not show or does not stay on a
 * line, so that what is copied would not be what is meant.
 */
export const shellCommand = (argv: readonly string[]): string | null =>
  argv.some((word) => visible(word) !== word) ? null : argv.map(quoted).join(' ');

export const asRoot = (argv: readonly string[]): string | null => shellCommand(['sudo', ...argv]);

/** The same for what Portcullis itself runs: told to the end, with what does not show spelled out. */
export const shownCommand = (argv: readonly string[]): string => argv.map(visible).map(quoted).join(' ');
