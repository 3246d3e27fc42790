/**
 * A problem that only the terminal can show: what was typed, and the ways to a window. It is English text alone; what the
 * window may show as well is raised by `core/problem.ts`, as data.
 */
import type { ErrorCode } from '../../core/problem.ts';

export class TerminalProblem extends Error {
  readonly code: ErrorCode;
  /** One sentence: what to do next. */
  readonly hint: string;
  constructor(code: ErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'TerminalProblem';
    this.code = code;
    this.hint = hint;
  }
}

export const terminalProblem = (code: ErrorCode, message: string, hint: string): TerminalProblem =>
  new TerminalProblem(code, message, hint);
