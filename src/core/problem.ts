/**
 * An error that a face can show, and how to raise one.
 *
 * Apart from `api.ts` because that one brings the schemas: whoever only reports a problem must not pay for loading them.
 * Nor for any language: what is raised is what is meant, and `problem-words` has the English of it.
 */
import type { Gap } from './model.ts';
import type { Cause } from './problem/cause.ts';
import type { Unforeseen } from './problem/foreseeing.ts';
import type { ProblemMeaning } from './problem/meaning.ts';
import type { PlainProblem } from './problem/plain.ts';

export type { AheadWhy } from './problem/ahead.ts';
export type { ChangingProblem, WaitedWhy } from './problem/changing.ts';
export type { Cause, Output, Wrong } from './problem/cause.ts';
export type { NotBack } from './problem/undoing.ts';
export type { ProblemMeaning } from './problem/meaning.ts';
export type { PlainProblem } from './problem/plain.ts';
export type { Refusal, Stale, Unasked } from './problem/ordering.ts';
export type { Unforeseen } from './problem/foreseeing.ts';
export type { Unwritten } from './problem/files.ts';
export type { WayOut } from './problem/closing.ts';
export type { ProblemText, Wording } from './problem/wording.ts';

/** What went wrong, for people and for scripts. */
export type ErrorCode =
  | 'bad-input'
  | 'not-permitted'
  | 'cancelled'
  | 'no-firewall'
  | 'unsupported'
  /** It is so already: no fault of anybody. */
  | 'nothing-to-do'
  | 'stale-plan'
  | 'rolled-back'
  | 'drift'
  | 'busy'
  | 'failed';

export interface Problem {
  readonly code: ErrorCode;
  /** One sentence: what happened. */
  readonly message: string;
  /** One sentence: what to do next. */
  readonly hint: string;
  /** The same as data, for whoever words it in another language; absent where there is text alone. */
  readonly means?: ProblemMeaning;
}

interface Raised {
  readonly code: ErrorCode;
  readonly means: ProblemMeaning;
}

/** An error that a face can show. Everything else that is thrown is a fault of the program. */
export class ProblemError extends Error {
  readonly problem: Raised;
  constructor(problem: Raised) {
    super(problem.means.kind);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export const problem = (code: ErrorCode, means: ProblemMeaning): ProblemError => new ProblemError({ code, means });

/** How a step cannot be foreseen because something was not read. */
export const unread = ({ means: { what, why } }: Gap): Unforeseen => ({ is: 'unread', what, why });

/** A problem that is the cause of another. One that has a cause itself gives that. */
export function causeOfProblem({ problem: { means } }: ProblemError): Cause {
  if ('cause' in means) return means.cause;
  if ('failure' in means) return means.failure;
  return isPlain(means) ? { kind: 'problem', means } : { kind: 'said', said: means.kind };
}

const isPlain = (means: ProblemMeaning): means is PlainProblem =>
  !('note' in means || 'waited' in means || 'cause' in means);
