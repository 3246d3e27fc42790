/** What every exported file is made from, and the one rule for text in comments. */
import type { Target } from '../model.ts';

/** One port to close and what is known about it. */
export interface ExportItem {
  readonly target: Target;
  readonly name: string | null;
  readonly why: string | null;
  /** Paths of the programs that hold it, as far as they are known: for firewalls that ask for programs. */
  readonly programs?: readonly string[];
}

export interface ExportSource {
  /** null: not to be named. */
  readonly host: string | null;
  readonly takenAt: string;
}

/** Text for a comment: one line, nothing that could end it or disturb a terminal. */
export const commentText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
