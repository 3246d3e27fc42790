/**
 * What problems say, in German: worded from what they mean, in files of the names that `core/problem-words` has. What a
 * program said, a rule, a file and a command stay as they are.
 */
import type { ChangingProblem, Problem, ProblemMeaning, ProblemText } from '../../../core/problem.ts';
import type { Around } from '../facts.ts';
import { isTooLong, said, sentence } from '../format.ts';
import { changingWords } from './de-changing.ts';
import { plainWords } from './de-plain.ts';

const changed = <K extends ChangingProblem['kind']>(
  means: ChangingProblem & { readonly kind: K },
  around: Around,
): ProblemText => changingWords[means.kind](means, around);

const isOfChange = (means: ProblemMeaning): means is ChangingProblem => Object.hasOwn(changingWords, means.kind);

/** Null: of a kind that this version does not know. */
export const meaningWords = (means: ProblemMeaning, around: Around): ProblemText | null =>
  isOfChange(means) ? changed(means, around) : plainWords(means, around);

/** What programs said is cut where the sentence is too long: what became of the change stands behind it. */
function fittingWords(means: ProblemMeaning, around: Around): ProblemText | null {
  const text = meaningWords(means, around);
  if (text === null || !isTooLong(text[0])) return text;
  const cut = (key: string, part: unknown) => (key === 'said' && typeof part === 'string' ? said(part) : part);
  return meaningWords(JSON.parse(JSON.stringify(means), cut) as ProblemMeaning, around);
}

/** Where there is text alone, that is shown as it is. */
export function germanProblem({ message, hint, means }: Problem, around: Around): ProblemText {
  const [what, next] = (means === undefined ? null : fittingWords(means, around)) ?? [message, hint];
  return [sentence(what), sentence(next)];
}
