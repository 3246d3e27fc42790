/** A step that did not go, with what is to be told about it. */
import type { Cause, Output } from '../../core/problem.ts';

export class StepError extends Error {
  readonly because: Cause;
  constructor(because: Cause) {
    super(because.kind);
    this.name = 'StepError';
    this.because = because;
  }
}

/** How a program ended. */
interface Ended {
  readonly exit: number | null;
  readonly stderr: string;
  /** Seconds after which it was killed; null: it was not. */
  readonly late: number | null;
}

/** As much as is kept of what a program says. */
const LONGEST = 8000;

/** What is kept of a text. */
export const shortened = (text: string): string => text.slice(0, LONGEST);

function outputFrom({ late }: Ended, text: string): Output | null {
  if (late !== null) return { is: 'late', seconds: late };
  return text === '' ? null : { is: 'said', said: shortened(text) };
}

/** Its first line; null: it said nothing. */
export const outputOf = (ended: Ended, longest = LONGEST): Output | null =>
  outputFrom(ended, ended.stderr.trim().split('\n', 1)[0]?.slice(0, longest) ?? '');

/** The same, or its exit status. */
export const outputOrExit = (ended: Ended): Output => outputOf(ended) ?? { is: 'exit', status: ended.exit };

/** All that it said, or its exit status. */
export const wholeOrExit = (ended: Ended): Output =>
  outputFrom(ended, ended.stderr.trim()) ?? { is: 'exit', status: ended.exit };

/** Its first line, kept short, or that it was stopped. */
export const outputOrStopped = (ended: Ended): Output => outputOf(ended, SHORT) ?? { is: 'stopped' };

/** Characters of what ufw or firewalld says, in a sentence. */
export const SHORT = 200;
