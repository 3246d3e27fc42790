/** What the helper and its caller say to each other: one JSON object a line on the helper's standard output. */
import type { Problem } from '../../core/problem.ts';
import type { Change, Transcript } from '../../core/model.ts';
import type { Checked } from '../../core/told.ts';

export interface HelperProgress {
  readonly type: 'progress';
  readonly phase: 'recover' | 'check' | 'save' | 'step' | 'verify' | 'put-back';
  readonly text: string;
  readonly done: number | null;
  readonly of: number | null;
}

/** What was done and checked. */
export interface Done {
  readonly change: Change;
  /** Text: a note that has no other form. */
  readonly checked: readonly (Checked | string)[];
  readonly verified: boolean;
  /** What only root can read, as it is now, so that the caller can judge without asking again. */
  readonly transcripts: readonly Transcript[];
}

export type HelperLine =
  | HelperProgress
  | { readonly type: 'read'; readonly transcripts: readonly Transcript[] }
  /** It is done and checked, and put back at the change's deadline unless a word comes before. `done` follows. */
  | { readonly type: 'waiting'; readonly value: Done }
  | { readonly type: 'recovered'; readonly count: number }
  | { readonly type: 'done'; readonly value: Done }
  | { readonly type: 'history'; readonly changes: readonly Change[] }
  | { readonly type: 'problem'; readonly problem: Problem };

export const VERBS = ['read', 'apply', 'confirm', 'undo', 'history', 'recover'] as const;
export type Verb = (typeof VERBS)[number];

/** The installed helper's own code, started by the program beside it that `locate` names. */
export const INSTALLED_HELPER = '/usr/lib/portcullis/helper.cjs';

/** What the caller may say on the helper's standard input while its change waits, one word a line. */
export const WORDS = ['confirm', 'undo'] as const;
export type Word = (typeof WORDS)[number];

/** Largest plan that the helper takes, bytes. */
export const PLAN_LIMIT = 4 * 1024 * 1024;

/** Where a plan lies for the helper when it gets no standard input. Belongs to the user `uid`. */
export const planPath = (uid: number): string => `/run/user/${uid}/portcullis-plan.json`;
