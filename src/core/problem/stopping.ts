/** Problems of stopping what listens: a service, or a program. */
import { z } from 'zod';
import { count, many, name, namedPort, pid, target } from './fields.ts';
import { gapHow, gapWhy } from './gaps.ts';

export const stopping = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stops-for-all'), reopen: z.boolean() }),
  z.strictObject({ kind: z.enum(['nothing-listens', 'listening-unread', 'owner-unseen']), target }),
  z.strictObject({ kind: z.literal('services-and-programs') }),
  z.strictObject({ kind: z.literal('services-unknown'), why: gapWhy, how: gapHow }),
  z.strictObject({ kind: z.enum(['unit-not-systems', 'unit-of-containers', 'unit-needed']), unit: name }),
  z.strictObject({ kind: z.literal('of-container'), port: namedPort }),
  z.strictObject({ kind: z.literal('of-another-user'), program: name, pid }),
  /** A program that was ended cannot be brought back. */
  z.strictObject({ kind: z.literal('nothing-to-confirm') }),
  z.strictObject({ kind: z.literal('another-listens'), port: namedPort }),
  /** A remote session would go with it, or whether there is one could not be read. */
  z.strictObject({ kind: z.enum(['session-ends', 'sessions-unread']) }),
  // While it is ended.
  z.strictObject({ kind: z.enum(['program-left', 'program-unasked']), program: name, pid }),
  z.strictObject({ kind: z.literal('end-unread'), programs: many(name) }),
  z.strictObject({ kind: z.literal('still-listens'), name, seconds: count, pid: pid.nullable() }),
]);
export type StoppingProblem = z.output<typeof stopping>;
