/** Commands as a person may copy them into a shell. */
import { visible } from '../visible.ts';

/** A word of a command as a shell takes it. */
const quoted = (word: string): string => {
  const safe = visible(word);
  return /^[\w./:,=+@%-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
};

export const asRoot = (argv: readonly string[]): string => `sudo ${argv.map(quoted).join(' ')}`;
