/** A question on the terminal. Apart, because most commands ask none. */
import { createInterface } from 'node:readline/promises';

/**
 * Only `y` and `yes` are a yes; the end of the input and Ctrl+C are answers too: no. Where the question is `over` at some
 * time, the end of the input is none: a terminal that was cut off has not said no.
 */
export async function askYesNo(question: string, over?: AbortSignal): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const gone = new Promise<string>((resolve) => {
      over?.addEventListener('abort', () => resolve(''), { once: true });
      reader.once('SIGINT', () => resolve(''));
      reader.once('close', () => {
        if (over === undefined) resolve('');
      });
    });
    return /^y(?:es)?$/i.test((await Promise.race([reader.question(question), gone])).trim());
  } finally {
    reader.close();
  }
}
