/** Why a step did not go, in what is said of a change that was begun. */
import { z } from 'zod';
import { count, end, family, many, name, path, said } from './fields.ts';
import { gapWhat, gapWhy, reason } from './gaps.ts';
import { plain } from './plain.ts';

/** What a program said, the exit status where it said nothing, that it was stopped, or ran longer than so many seconds. */
const output = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('said'), said }),
  z.strictObject({ is: z.literal('exit'), status: z.number().int().nullable() }),
  z.strictObject({ is: z.literal('stopped') }),
  z.strictObject({ is: z.literal('late'), seconds: count }),
]);
export type Output = z.output<typeof output>;

/** What was found otherwise than it was foreseen. */
const wrong = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('unread') }),
  z.strictObject({ is: z.enum(['still-listens', 'other-reach']), end }),
  z.strictObject({ is: z.literal('reach-untold'), end, reason: reason.nullable() }),
  z.strictObject({ is: z.literal('not-loaded'), family }),
  z.strictObject({ is: z.literal('left-out'), path }),
]);
export type Wrong = z.output<typeof wrong>;

export const cause = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['disk-full', 'disk-fails', 'disk-read-only', 'not-writable']) }),
  /** As the system, or a fault of the program, says it. */
  z.strictObject({ kind: z.literal('said'), said }),
  z.strictObject({ kind: z.literal('problem'), means: plain }),
  z.strictObject({ kind: z.literal('found'), wrong: many(wrong) }),
  z.strictObject({ kind: z.literal('not-a-file'), path }),
  /** program: what was run, with the word that says what for. */
  z.strictObject({ kind: z.enum(['program', 'unfinished', 'listing']), program: name, output }),
  z.strictObject({ kind: z.literal('table-not-kept') }),
  z.strictObject({ kind: z.enum(['unit-started-again', 'unit-not-started']), unit: name }),
  /** step: from 1. said: what ufw or firewalld said; null: nothing. */
  z.strictObject({
    kind: z.enum(['ufw-other-rules', 'ufw-on', 'ufw-off']),
    step: z.number().int().min(1),
    output: output.nullable(),
  }),
  z.strictObject({
    kind: z.literal('zone-other-rules'),
    step: z.number().int().min(1),
    zone: name,
    output: output.nullable(),
  }),
  z.strictObject({ kind: z.literal('zone-not-back'), zone: name }),
  z.strictObject({ kind: z.literal('firewalld-untold'), what: gapWhat, why: gapWhy }),
  z.strictObject({ kind: z.literal('firewalld-down') }),
]);
export type Cause = z.output<typeof cause>;
