/** A question on the terminal. Apart, because most commands ask none. */
import { createInterface } from 'node:readline/promises';

/** Only `y` and `yes` are a yes; the end of the input and Ctrl+C are answers too: no. */
export async function askYesNo(question: string, over?: AbortSignal): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    over?.addEventListener('abort', () => reader.close(), { once: true });
    const gone = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
    return /^y(?:es)?$/i.test((await Promise.race([reader.question(question), gone])).trim());
  } finally {
    reader.close();
  }
}
