/**
 * What the helper answers, as far as it is told to people in their language: data that is not exactly of a known kind does
 * not count, and the text beside it is shown as it is. It may be another version that answers.
 */
import { z } from 'zod';
import { checked } from '../../core/problem/notes.ts';
import { problemMeaning } from '../../core/problem/meaning.ts';
import { type ErrorCode, type ProblemError, problem } from '../../core/problem.ts';
import { withKnownNote } from './known-note.ts';
import type { Answer } from './pkexec.ts';
import type { Done } from './protocol.ts';

/** The same, of which none is a problem. */
export type HelperAnswer = Exclude<Answer, { readonly type: 'problem' }>;

const CODES: Readonly<Record<ErrorCode, true>> = {
  'bad-input': true,
  'not-permitted': true,
  cancelled: true,
  'no-firewall': true,
  unsupported: true,
  'nothing-to-do': true,
  'stale-plan': true,
  'rolled-back': true,
  drift: true,
  busy: true,
  failed: true,
};

/** What is said is looked at; what was done is the helper's word. */
const problemShape = z.looseObject({ code: z.string(), message: z.string(), hint: z.string() });
const doneShape = z.looseObject({ change: z.looseObject({}), checked: z.array(z.unknown()) });
const historyShape = z.array(z.looseObject({}));

const odd = (): ProblemError => problem('failed', { kind: 'helper-odd' });

function raised(given: unknown): ProblemError {
  const text = problemShape.safeParse(given);
  if (!text.success) return odd();
  const { code, message, hint, means } = text.data;
  const parsed = problemMeaning.safeParse(means);
  return problem(
    Object.hasOwn(CODES, code) ? (code as ErrorCode) : 'failed',
    parsed.success ? parsed.data : { kind: 'told', message, hint },
  );
}

const isKnown = (line: unknown): boolean => typeof line === 'string' || checked.safeParse(line).success;

/** Null: it is no such thing at all. */
export function known(done: Done): Done | null {
  if (!doneShape.safeParse(done).success) return null;
  const lines = done.checked.filter(isKnown);
  const count = done.checked.length - lines.length;
  // A caution that is left out would pass for none.
  const more = count === 0 ? [] : [{ kind: 'unworded', count } as const];
  return { ...done, change: withKnownNote(done.change), checked: [...lines, ...more] };
}

/** Throws what the helper says went wrong. */
export function heard(answer: Answer): HelperAnswer {
  switch (answer.type) {
    case 'problem':
      throw raised(answer.problem);
    case 'done': {
      const value = known(answer.value);
      if (value === null) throw odd();
      return { ...answer, value };
    }
    case 'history':
      if (!historyShape.safeParse(answer.changes).success) throw odd();
      return { ...answer, changes: answer.changes.map(withKnownNote) };
    case 'read':
    case 'recovered':
      return answer;
    default:
      throw odd();
  }
}
