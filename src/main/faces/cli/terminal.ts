/** The terminal that a command speaks to: results on standard output, all else on standard error. */
import { readFileSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { COLOURS, PLAIN, type Style } from './text.ts';

export interface Terminal {
  /** The result. */
  readonly out: (text: string) => void;
  /** Everything else: progress, notes, questions, problems. */
  readonly note: (text: string) => void;
  readonly style: Style;
  readonly noteStyle: Style;
  /** Columns to lay results out for. */
  readonly columns: number;
  /** Can a question be asked and answered here? */
  readonly interactive: boolean;
  /** A line that the next one replaces; shown only on a terminal. Null takes it away. */
  readonly status: (text: string | null) => void;
  /** Ask, and wait for an answer. Only `y` and `yes` are a yes. `over`: ends the question with a no. */
  readonly confirm: (question: string, over?: AbortSignal) => Promise<boolean>;
  /** All of standard input. */
  readonly input: () => string;
}

const MIN_COLUMNS = 40;
const MAX_COLUMNS = 100;

const [INPUT, RESULT, NOTES] = [0, 1, 2] as const;

/**
 * The terminal of this process. Node's streams for it are never made: that alone takes longer than a scan's judging, and
 * what is written here may as well be written at once.
 * @param onLost called once when nobody can take the result any more; null = the reader went away, which is no fault
 */
export function processTerminal(onLost: (error: Error | null) => never): Terminal {
  const { env } = process;
  const dumb = env['TERM'] === 'dumb';
  const coloured = (descriptor: number): boolean => isatty(descriptor) && (env['NO_COLOR'] ?? '') === '' && !dumb;
  const noteStyle = coloured(NOTES) ? COLOURS : PLAIN;
  const live = isatty(NOTES) && !dumb;
  let shown = false;
  const note = (text: string): void => {
    try {
      writeAll(NOTES, text);
    } catch {
      // Nobody is left to be told.
    }
  };
  const status = (text: string | null): void => {
    if (!live || (text === null && !shown)) return;
    shown = text !== null;
    note(text === null ? '\r\u001b[K' : `\r\u001b[K${noteStyle.dim(text)}`);
  };
  return {
    out: (text) => {
      status(null);
      try {
        writeAll(RESULT, text);
      } catch (error) {
        onLost((error as NodeJS.ErrnoException).code === 'EPIPE' ? null : (error as Error));
      }
    },
    note: (text) => {
      status(null);
      note(text);
    },
    style: coloured(RESULT) ? COLOURS : PLAIN,
    noteStyle,
    columns: isatty(RESULT) ? Math.min(Math.max(process.stdout.columns, MIN_COLUMNS), MAX_COLUMNS) : 80,
    interactive: isatty(INPUT) && isatty(NOTES),
    status,
    confirm: async (question, over) => {
      status(null);
      const { askYesNo } = await import('./ask.ts');
      return askYesNo(question, over);
    },
    input: () => readFileSync(INPUT, 'utf8'),
  };
}

/** Write the whole text. A pipe that somebody made non-blocking may be full for a while. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
