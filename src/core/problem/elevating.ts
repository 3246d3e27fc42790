/** Problems of a change on Windows: of asking for an administrator's rights there, and of the journal in the person's own folder. */
import { z } from 'zod';
import { changeId, command, count, path, said } from './fields.ts';

export const elevating = z.discriminatedUnion('kind', [
  /** It could not be asked for. said: what Windows calls it; empty: nothing. command: what does it as administrator. */
  z.strictObject({ kind: z.literal('not-elevated'), command, said }),
  /** More than fits on the command line of what is started as administrator. */
  z.strictObject({ kind: z.literal('elevated-too-long'), characters: count, most: count }),
  /** It was started, and how it ended was not heard. change: what may be in force; null: nothing was changed. */
  z.strictObject({ kind: z.literal('elevated-unheard'), change: changeId.nullable() }),
  z.strictObject({ kind: z.enum(['journal-damaged', 'journal-unreadable']), path }),
  /** Nothing is begun that was not written down before. */
  z.strictObject({ kind: z.literal('journal-unwritten'), path, said }),
  /** What the change made is not as it left it. */
  z.strictObject({ kind: z.literal('rules-drifted'), change: changeId }),
]);
export type ElevatingProblem = z.output<typeof elevating>;
