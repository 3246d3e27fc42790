/** Problems of files: snapshots, what a person chose, what is to be saved, what only root may write. */
import { z } from 'zod';
import { path, said } from './fields.ts';

const unwritten = z.discriminatedUnion('is', [
  z.strictObject({ is: z.enum(['refused', 'read-only', 'no-folder', 'not-a-folder', 'a-folder', 'full']) }),
  /** As the system says it. */
  z.strictObject({ is: z.literal('said'), said }),
]);
export type Unwritten = z.output<typeof unwritten>;

export const files = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('snapshot-not-json'), name: said }),
  /** at: the first place that is wrong, and what is wrong there. */
  z.strictObject({
    kind: z.literal('snapshot-unknown'),
    name: said,
    at: z.strictObject({ field: said, said }).nullable(),
  }),
  z.strictObject({ kind: z.literal('snapshot-twice'), name: said, id: said }),
  z.strictObject({
    kind: z.enum(['intent-not-json', 'intent-utf16', 'intent-too-large', 'intent-unreadable']),
    name: said,
  }),
  z.strictObject({
    kind: z.literal('intent-unknown'),
    name: said,
    at: z.strictObject({ field: said, said }).nullable(),
  }),
  z.strictObject({ kind: z.literal('intent-twice'), name: said, port: said }),
  /** A file that would do nothing. */
  z.strictObject({ kind: z.enum(['nothing-to-export', 'programs-unknown']), format: said }),
  z.strictObject({ kind: z.enum(['kept-damaged', 'kept-unreadable']), path }),
  z.strictObject({ kind: z.literal('kept-unsaved'), path, said }),
  z.strictObject({ kind: z.literal('file-unwritten'), path, why: unwritten }),
  z.strictObject({ kind: z.enum(['login-unwritten', 'login-unremoved', 'preference-unsaved']), path, said }),
  /** A folder in which root keeps what it believes. */
  z.strictObject({ kind: z.enum(['folder-not-roots', 'folder-open']), path }),
  /** There is nowhere to ask for a place. */
  z.strictObject({ kind: z.literal('not-savable') }),
]);
export type FilesProblem = z.output<typeof files>;
