/**
 * An error that a face can show, and how to raise one.
 *
 * Apart from `api.ts` because that one brings the schemas: whoever only reports a problem must not pay for loading them.
 */

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
}

/** An error that a face can show. Everything else that is thrown is a fault of the program. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export const problem = (code: ErrorCode, message: string, hint: string): ProblemError =>
  new ProblemError({ code, message, hint });
