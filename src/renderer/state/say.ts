/** What is said to screen readers, politely. */
import type { Problem } from '../../core/problem.ts';
import { words } from '../text/words.ts';
import { aroundOf } from './select.ts';
import type { Store } from './store.ts';

export interface Say {
  readonly announce: (text: string) => void;
  readonly announceProblem: (problem: Problem) => void;
}

export function createSay(store: Store): Say {
  const announce = (text: string): void => store.set(() => ({ announcement: text }));
  return {
    announce,
    announceProblem: (problem) => announce(words.problem(problem, aroundOf(store.get()))[0]),
  };
}
