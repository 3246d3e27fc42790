/** The helper's standard input: the plan on the first line, then one word a line while a change waits for it. */
import { problem } from '../../core/problem.ts';
import { PLAN_LIMIT, type Word, WORDS } from './protocol.ts';

/** Milliseconds until the plan must be there: it is sent before the helper starts. */
const PATIENCE = 30_000;

export interface Input {
  /** The first line, or all that there is where nothing ends it. */
  readonly first: () => Promise<string>;
  /** Told each word that comes from now on; what came earlier was said too early and does not count. */
  readonly onWord: (listener: (word: Word) => void) => void;
  /** Read no more, so that nobody is waited for at the end. */
  readonly close: () => void;
}

export function readLines(from: NodeJS.ReadStream): Input {
  let seen = Buffer.alloc(0);
  let plan: ((text: string | Error) => void) | null = null;
  let listener: (word: Word) => void = () => {};
  const line = (text: string): void => {
    if (plan !== null) {
      plan(text);
      plan = null;
      return;
    }
    const word = WORDS.find((one) => one === text.trim());
    if (word !== undefined) listener(word);
  };
  return {
    first: () =>
      new Promise((resolve, reject) => {
        const late = problem('bad-input', { kind: 'plan-late' });
        const timer = setTimeout(() => {
          plan?.(late);
          plan = null;
        }, PATIENCE);
        plan = (text) => {
          clearTimeout(timer);
          if (typeof text === 'string') resolve(text);
          else reject(text);
        };
        const end = (): void => {
          plan?.(seen.toString('utf8'));
          plan = null;
        };
        from.on('data', (chunk: Buffer) => {
          seen = Buffer.concat([seen, chunk]);
          for (let at = seen.indexOf('\n'); at >= 0; at = seen.indexOf('\n')) {
            const text = seen.subarray(0, at).toString('utf8');
            seen = seen.subarray(at + 1);
            line(text);
          }
          if (seen.length <= PLAN_LIMIT) return;
          plan?.(problem('bad-input', { kind: 'plan-too-large' }));
          plan = null;
          seen = Buffer.alloc(0);
        });
        // The end of it, however it came, is no answer to anything.
        from.on('end', end);
        from.on('error', end);
      }),
    onWord: (told) => {
      listener = told;
    },
    close: () => from.destroy(),
  };
}
