/** Problems of asking for an administrator's rights, and of the helper that has them. */
import { z } from 'zod';
import { command, path, said } from './fields.ts';

export const asking = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('permission-refused') }),
  /** Nobody is there to ask; it could not be confirmed later; it was not given; it could not be asked for. */
  z.strictObject({
    kind: z.enum(['nobody-asks', 'unconfirmable-here', 'not-authorised', 'not-askable', 'folder-misread']),
    command,
  }),
  /** exit: null, a signal. said: the first line of what it said; empty: nothing. */
  z.strictObject({ kind: z.literal('helper-silent'), exit: z.number().int().nullable(), said }),
  z.strictObject({ kind: z.literal('plan-not-handed-over'), folder: path }),
  z.strictObject({ kind: z.enum(['helper-missing', 'helper-odd']) }),
  /** by: an ordinary user where only root may; another one than who runs it. */
  z.strictObject({ kind: z.literal('helper-changeable'), path, by: z.enum(['ordinary', 'another']) }),
]);
export type AskingProblem = z.output<typeof asking>;
