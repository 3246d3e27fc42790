/** Problems of a change that was begun, and what became of it. They hold why. */
import { z } from 'zod';
import { cause } from './cause.ts';
import { command, paths, said, targets } from './fields.ts';
import { note, waitedWhy } from './notes.ts';

/** What its note says; text where that is all that there is; null: nothing. */
const noted = z.union([note, said]).nullable();

export const changing = z.discriminatedUnion('kind', [
  /** Only these ports are closed in Portcullis's own table. */
  z.strictObject({ kind: z.literal('closed-otherwise'), held: targets, cause }),
  z.strictObject({ kind: z.literal('not-saved-first'), cause, folders: paths }),
  /** It was put back; whole: all of it. */
  z.strictObject({ kind: z.literal('put-back'), cause, whole: z.boolean() }),
  /** Others were changing these files. */
  z.strictObject({ kind: z.literal('left-to-others'), cause, files: paths, look: command }),
  z.strictObject({ kind: z.literal('not-put-back'), cause, failure: cause, look: command }),
  // It waited to be confirmed.
  z.strictObject({ kind: z.literal('waited-left'), waited: waitedWhy, files: paths, look: command }),
  z.strictObject({ kind: z.literal('waited-not-put-back'), waited: waitedWhy, failure: cause, look: command }),
  z.strictObject({ kind: z.literal('too-late'), note: noted }),
  z.strictObject({ kind: z.enum(['not-restored', 'does-not-wait']), note: noted, look: command }),
  /** An interrupted change was ended, though not as it was asked for. */
  z.strictObject({ kind: z.literal('ended-otherwise'), note, look: command }),
  z.strictObject({ kind: z.literal('not-recovered'), cause, look: command }),
  z.strictObject({ kind: z.literal('not-undone'), cause, look: command }),
  z.strictObject({ kind: z.literal('helper-failed'), cause }),
]);
export type ChangingProblem = z.output<typeof changing>;
export type WaitedWhy = z.output<typeof waitedWhy>;
