/** Talking to the helper over its standard input and output, and what it means when it does not answer. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ProblemError, problem } from '../../core/problem.ts';
import type { Done, HelperLine, HelperProgress, Word } from './protocol.ts';

export type Answer = Exclude<HelperLine, HelperProgress | { readonly type: 'waiting' }>;

/** Told that the change waits for a word, and given what says it. */
export type OnWaiting = (value: Done, say: (word: Word) => void) => void;

export const cancelled = (): ProblemError => problem('cancelled', { kind: 'permission-refused' });

/** `command`: what to type in a terminal. */
export const cannotAsk = (command: string): ProblemError => problem('not-permitted', { kind: 'nobody-asks', command });

export const cannotConfirm = (command: string): ProblemError =>
  problem('not-permitted', { kind: 'unconfirmable-here', command });

/** Was it that nobody was there to ask? */
export const isUnasked = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.problem.means.kind === 'nobody-asks';

/** What pkexec's exit status means. Source: pkexec(1): 126 dismissed, 127 not authorised, no agent, or an error. */
export function pkexecProblem(code: number | null, stderr: string, command: string): ProblemError {
  if (/No authentication agent|authentication agent found|Error creating textual/i.test(stderr)) {
    return cannotAsk(command);
  }
  if (/dismissed/i.test(stderr) || code === 126) return cancelled();
  if (/not authorized/i.test(stderr)) return problem('not-permitted', { kind: 'not-authorised', command });
  if (code === 127 || /ENOENT|No such file|not found/i.test(stderr)) {
    return problem('not-permitted', { kind: 'not-askable', command });
  }
  return noAnswer(code, stderr);
}

/** The helper was started and ended in silence. */
export function noAnswer(code: number | null, stderr: string): ProblemError {
  const said = stderr.trim().split('\n', 1)[0] ?? '';
  return problem('failed', { kind: 'helper-silent', exit: code, said });
}

export function parseLine(line: string): HelperLine | null {
  try {
    return line.startsWith('{') ? (JSON.parse(line) as HelperLine) : null;
  } catch {
    return null;
  }
}

interface Conversation {
  readonly input: string;
  readonly onProgress: ((progress: HelperProgress) => void) | undefined;
  readonly failure: (code: number | null, stderr: string) => ProblemError;
  /** Where the change may wait: standard input stays open for the word. */
  readonly onWaiting?: OnWaiting | undefined;
  /** In a session of its own, so that what ends the caller's does not end it. */
  readonly detached?: boolean;
  /** Milliseconds after which nothing is waited for any more. Root's program may run on: it cannot be ended from here. */
  readonly limit?: number;
}

/** Start it, hand the input over, and hear it out. */
export function converse(program: string, args: readonly string[], conversation: Conversation) {
  const { input, onProgress, failure, onWaiting, detached = false, limit = 0 } = conversation;
  return new Promise<Answer>((resolve, reject) => {
    const child: ChildProcess = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'pipe'], detached });
    let answer: Answer | null = null;
    let stderr = '';
    const giveUp = (): void => {
      child.kill();
      reject(failure(null, 'No answer came in time.'));
    };
    const timer = limit === 0 ? undefined : setTimeout(giveUp, limit);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-8000);
    });
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on('line', (text) => {
        const line = parseLine(text);
        if (line?.type === 'progress') onProgress?.(line);
        else if (line?.type === 'waiting') onWaiting?.(line.value, (word) => child.stdin?.write(`${word}\n`));
        else if (line !== null) answer = line;
      });
    }
    child.stdin?.on('error', () => {}); // it ended first; its exit says why
    child.on('error', (error) => reject(failure(null, error.message)));
    child.on('close', (code) => {
      clearTimeout(timer);
      if (answer === null) reject(failure(code, stderr));
      else resolve(answer);
    });
    if (onWaiting === undefined) child.stdin?.end(input);
    else child.stdin?.write(`${input}\n`);
  });
}
