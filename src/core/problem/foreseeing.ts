/** Problems of foreseeing: what a step would do cannot be told. */
import { z } from 'zod';
import { family, name, path } from './fields.ts';
import { gapWhat, gapWhy } from './gaps.ts';

/** Why it cannot. */
const unforeseen = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('unread'), what: gapWhat, why: gapWhy }),
  z.strictObject({ is: z.literal('no-unit'), unit: name }),
  /** A rule of Windows Firewall that is not as the step has it. */
  z.strictObject({ is: z.literal('rule-differs'), rule: name }),
  z.strictObject({ is: z.literal('kernel-unread'), why: gapWhy }),
  z.strictObject({ is: z.enum(['file-unread', 'file-line']), path }),
  z.strictObject({ is: z.enum(['family-line', 'kernel-family']), family }),
  z.strictObject({ is: z.enum(['zone-missing', 'zone-priority', 'zone-differs', 'zone-halved']), zone: name }),
  z.strictObject({
    is: z.enum([
      'sockets',
      'chains-missing',
      /** MANAGE_BUILTINS=yes. */
      'builtins',
      'off-but-loaded',
      'ufw-missing',
      'ufw-off',
      'saved',
      'skipped',
      'nonsense',
      'no-effect',
    ]),
  }),
]);
export type Unforeseen = z.output<typeof unforeseen>;

export const foreseeing = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unforeseen'),
    of: z.enum(['ufw', 'firewalld', 'own-table', 'services', 'windows']),
    why: unforeseen,
  }),
  /** What was saved before a change is no part of a snapshot. */
  z.strictObject({ kind: z.literal('saved-not-read') }),
]);
export type ForeseeingProblem = z.output<typeof foreseeing>;
