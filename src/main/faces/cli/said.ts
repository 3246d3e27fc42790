/** What an error says in the terminal. The English of problems is loaded now, where there is one. */
import { type Problem, ProblemError } from '../../../core/problem.ts';
import { visible } from '../../../core/visible.ts';
import { TerminalProblem } from '../terminal-problem.ts';
import type { Terminal } from './terminal.ts';

type Said = Pick<Problem, 'code' | 'message' | 'hint'>;

/** null: it is a fault of the program. */
export async function problemIn(error: unknown): Promise<Said | null> {
  if (error instanceof TerminalProblem) return error;
  if (!(error instanceof ProblemError)) return null;
  const { inEnglish } = await import('../../../core/problem-words/index.ts');
  return inEnglish(error);
}

/** The same of a problem with this code, which is dealt with; any other is thrown on. */
export async function problemWith(code: Said['code'], error: unknown): Promise<Said> {
  const said = await problemIn(error);
  if (said?.code !== code) throw error;
  return said;
}

/** That it is so already (`nothing-to-do`) is an answer, not a failure. */
export async function answerNothingToDo(error: unknown, terminal: Pick<Terminal, 'out' | 'note'>): Promise<void> {
  const { message, hint } = await problemWith('nothing-to-do', error);
  terminal.out(`${visible(message)}\n`);
  terminal.note(`${visible(hint)}\n`);
}
