/**
 * What problems say, in English: worded here from what they mean, and nowhere else. The terminal, and whatever carries a
 * problem on as text, load it when there is a problem.
 *
 *   closing, stopping, undoing, foreseeing   of plans      asking, ordering   of the way to the helper
 *   files, running                           of the rest   changing, cause    of a change that was begun, and why
 */
import type { ChangingProblem, Problem, ProblemError, ProblemMeaning, ProblemText } from '../problem.ts';
import { changingWords } from './changing.ts';
import { plainWords } from './plain.ts';

const worded = <K extends ChangingProblem['kind']>(means: ChangingProblem & { readonly kind: K }): ProblemText =>
  changingWords[means.kind](means);

const isOfChange = (means: ProblemMeaning): means is ChangingProblem => Object.hasOwn(changingWords, means.kind);

/** It never throws: what is told of a problem must not become another. */
export function problemWords(means: ProblemMeaning): ProblemText {
  try {
    return isOfChange(means) ? worded(means) : plainWords(means);
  } catch {
    return [`Something went wrong: ${means.kind}.`, 'Update Portcullis, then scan again.'];
  }
}

/** The problem with its English, as faces and programs hand it on. */
export function inEnglish({ problem: { code, means } }: ProblemError): Problem {
  const [message, hint] = problemWords(means);
  return means.kind === 'told' ? { code, message, hint } : { code, message, hint, means };
}
