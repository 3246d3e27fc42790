/** Problems that hold no other, in German. */
import type { PlainProblem, ProblemText, Wording } from '../../../core/problem.ts';
import type { Around } from '../facts.ts';
import { askingWords } from './de-asking.ts';
import { closingWords } from './de-closing.ts';
import { elevatingWords } from './de-elevating.ts';
import { filesWords } from './de-files.ts';
import { foreseeingWords } from './de-foreseeing.ts';
import { orderingWords } from './de-ordering.ts';
import { runningWords } from './de-running.ts';
import { stoppingWords } from './de-stopping.ts';
import { undoingWords } from './de-undoing.ts';
import { windowsWords } from './de-windows.ts';

const plain: Wording<PlainProblem, [Around]> = {
  ...closingWords,
  ...stoppingWords,
  ...undoingWords,
  ...foreseeingWords,
  ...askingWords,
  ...orderingWords,
  ...filesWords,
  ...elevatingWords,
  ...runningWords,
  ...windowsWords,
};

/** Null: of a kind that this version does not know. */
export const plainWords = <K extends PlainProblem['kind']>(
  means: PlainProblem & { readonly kind: K },
  around: Around,
): ProblemText | null => (Object.hasOwn(plain, means.kind) ? plain[means.kind](means, around) : null);
