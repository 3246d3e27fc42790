/** Problems that hold no other, in English. */
import type { PlainProblem, ProblemText, Wording } from '../problem.ts';
import { askingWords } from './asking.ts';
import { closingWords } from './closing.ts';
import { elevatingWords } from './elevating.ts';
import { filesWords } from './files.ts';
import { foreseeingWords } from './foreseeing.ts';
import { orderingWords } from './ordering.ts';
import { runningWords } from './running.ts';
import { stoppingWords } from './stopping.ts';
import { undoingWords } from './undoing.ts';
import { windowsWords } from './windows.ts';

const plain: Wording<PlainProblem> = {
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

/** The table has for each kind what words it. */
export const plainWords = <K extends PlainProblem['kind']>(means: PlainProblem & { readonly kind: K }): ProblemText =>
  plain[means.kind](means);
