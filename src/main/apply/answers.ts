/**
 * What the helper answers, as far as it is told to people in their language: data that is not exactly of a known kind does
 * not count, and the text beside it is shown as it is. It may be another version that answers.
 */
import type { Change } from '../../core/model.ts';
import { checked, note } from '../../core/problem/notes.ts';
import { problemMeaning } from '../../core/problem/meaning.ts';
import { type Problem, problem } from '../../core/problem.ts';
import type { Answer } from './pkexec.ts';
import type { Done } from './protocol.ts';

/** The same, of which none is a problem. */
export type HelperAnswer = Exclude<Answer, { readonly type: 'problem' }>;

function raised({ code, message, hint, means }: Problem) {
  const parsed = problemMeaning.safeParse(means);
  return problem(code, parsed.success ? parsed.data : { kind: 'told', message: String(message), hint: String(hint) });
}

/** A change whose note says only what is known. */
export function withKnownNote(change: Change): Change {
  if (change.says === undefined || note.safeParse(change.says).success) return change;
  const { says: _, ...bare } = change;
  return bare;
}

const isKnown = (line: unknown): boolean => typeof line === 'string' || checked.safeParse(line).success;

export const known = (done: Done): Done => ({
  ...done,
  change: withKnownNote(done.change),
  checked: done.checked.filter(isKnown),
});

/** Throws what the helper says went wrong. */
export function heard(answer: Answer): HelperAnswer {
  switch (answer.type) {
    case 'problem':
      throw raised(answer.problem);
    case 'done':
      return { ...answer, value: known(answer.value) };
    case 'history':
      return { ...answer, changes: answer.changes.map(withKnownNote) };
    case 'read':
    case 'recovered':
      return answer;
  }
}
