/** Problems of a plan on its way: it is not one, or not the one that was agreed to, or not right any more. */
import { z } from 'zod';
import { changeId, line, name, said } from './fields.ts';

/** Why a plan is refused. */
const refusal = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('not-json') }),
  /** What its schema says of a field; empty: the plan itself. */
  z.strictObject({ is: z.literal('field'), field: said, said }),
  z.strictObject({ is: z.enum(['other-layers', 'other-way-back', 'summary', 'confirmation', 'id']) }),
  // Its steps do not belong to its choice.
  z.strictObject({ is: z.enum(['other-way', 'opens-only', 'turns-on', 'on-before-end', 'puts-back']) }),
  z.strictObject({
    is: z.enum([
      'step-unchosen',
      'step-other-rule',
      'step-takes-back',
      'step-stops',
      'step-starts',
      'step-ends-connections',
    ]),
    step: z.number().int().min(1),
  }),
  // They do not follow from it here and now.
  z.strictObject({ is: z.enum(['stops-unchosen', 'connections-unread', 'ends-unchosen']) }),
]);
export type Refusal = z.output<typeof refusal>;

/** What the helper does not do. */
const undoable = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.enum([
      'unknown-caller',
      'file-unreadable',
      'file-not-own',
      'file-other',
      'question-silent',
      'question-other',
      'unconfirmable',
      'too-many-words',
      'not-an-id',
      'not-seconds',
      'asked-about-another',
    ]),
  }),
  /** The words that it was started with. */
  z.strictObject({ is: z.literal('words'), words: said }),
]);
export type Unasked = z.output<typeof undoable>;

/** What is not as the plan saw it any more. */
const stale = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('rules') }),
  z.strictObject({ is: z.literal('reach'), listener: line(128) }),
  z.strictObject({ is: z.literal('lets-in'), listener: line(128), name }),
]);
export type Stale = z.output<typeof stale>;

export const ordering = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('plan-refused'), why: refusal }),
  z.strictObject({ kind: z.literal('helper-misasked'), what: undoable }),
  z.strictObject({ kind: z.enum(['not-root', 'plan-late', 'plan-too-large']) }),
  z.strictObject({ kind: z.literal('undo-summary') }),
  z.strictObject({ kind: z.literal('undo-steps'), change: changeId }),
  z.strictObject({ kind: z.literal('plan-stale'), what: stale }),
  /** It was not made in this process, or was carried out already. */
  z.strictObject({ kind: z.literal('plan-unknown') }),
]);
export type OrderingProblem = z.output<typeof ordering>;
