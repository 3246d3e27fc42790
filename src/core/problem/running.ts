/** Problems of the program itself, and of changes that stand in each other's way. */
import { z } from 'zod';
import { change, count, doing, line, name, said } from './fields.ts';

export const running = z.discriminatedUnion('kind', [
  /** holder: whose change it is, as far as that is known; `doing` says it in no language. retry: it is to be tried again then. */
  z.strictObject({
    kind: z.literal('busy'),
    holder: z.strictObject({ who: name, seconds: count, what: line(400), doing: doing.optional() }).nullable(),
    retry: z.boolean(),
  }),
  /** In this process. */
  z.strictObject({ kind: z.literal('busy-here') }),
  z.strictObject({ kind: z.literal('another-waits'), change }),
  /** Whoever made it runs and does not answer. */
  z.strictObject({ kind: z.literal('silent-holder') }),
  z.strictObject({ kind: z.literal('lock-failed'), exit: z.union([z.number(), said]) }),
  /** A saved snapshot cannot be changed. */
  z.strictObject({ kind: z.literal('replayed') }),
  /** A request of the window that does not fit its schema; that is not known; that did not come from its page; that has no answer. */
  z.strictObject({ kind: z.literal('request-misunderstood'), request: name, said }),
  z.strictObject({ kind: z.enum(['request-unknown', 'request-foreign', 'answer-failed']) }),
  /** A fault of the program. */
  z.strictObject({ kind: z.literal('fault'), said }),
  /** Of another version, which sends text alone. */
  z.strictObject({ kind: z.literal('told'), message: said, hint: said }),
]);
export type RunningProblem = z.output<typeof running>;
