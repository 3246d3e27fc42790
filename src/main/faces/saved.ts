/** How a window is told to show a saved snapshot instead of this machine. */

/** The argument, with the file's whole path behind it. */
export const SAVED = '--from=';

/** The path in the arguments of a program; null: there is none. */
export function savedIn(argv: readonly string[]): string | null {
  const found = argv.find((arg) => arg.startsWith(SAVED) && arg.length > SAVED.length);
  return found === undefined ? null : found.slice(SAVED.length);
}
