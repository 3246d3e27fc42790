/** Problems of taking a change back, and of keeping one. */
import { z } from 'zod';
import { change, changeId, family, lefts, paths, rule, thing } from './fields.ts';

/** Why a rule of ufw cannot be put back to its place. */
const notBack = z.discriminatedUnion('is', [
  /** by: the rule of the later change that stands there. */
  z.strictObject({ is: z.literal('built-on'), by: rule, later: change }),
  /** Its comment is one that ufw's own command does not take. */
  z.strictObject({ is: z.literal('comment') }),
  /** Its place is not known; the rules around it stand in another order; application profiles are in the way. */
  z.strictObject({ is: z.enum(['no-place', 'reordered', 'profiles']) }),
]);
export type NotBack = z.output<typeof notBack>;

export const undoing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('no-such-change') }),
  z.strictObject({ kind: z.literal('not-an-id') }),
  z.strictObject({ kind: z.enum(['waits', 'kept-already']), change: changeId }),
  z.strictObject({ kind: z.enum(['undone-already', 'not-in-force']), change }),
  z.strictObject({ kind: z.literal('rule-not-back'), family, rule, why: notBack }),
  /** What cannot be put back, since another change that stands is about it too. */
  z.strictObject({ kind: z.literal('about-the-same'), thing, later: change }),
  z.strictObject({ kind: z.literal('step-skipped') }),
  /** None of it can be taken back now; or there is nothing of it any more. */
  z.strictObject({ kind: z.enum(['none-now', 'none-left']), change, left: lefts }),
  /** Nothing was changed; or no change with that id can be undone. */
  z.strictObject({ kind: z.enum(['nothing-to-undo', 'not-undoable']) }),
  z.strictObject({ kind: z.literal('later-on-top'), change: changeId, later: change }),
  z.strictObject({ kind: z.literal('files-changed'), files: paths, change: changeId }),
  /** The last change is not the one that was agreed to. */
  z.strictObject({ kind: z.literal('asked-about-another'), change }),
  z.strictObject({ kind: z.literal('saved-unreadable') }),
  /** No change with that id waits in this process. */
  z.strictObject({ kind: z.literal('none-waits') }),
]);
export type UndoingProblem = z.output<typeof undoing>;
