/** What became of a change, as it crosses from one program to another. */
import { z } from 'zod';
import type { Back, Checked, Note } from '../told.ts';
import { cause } from './cause.ts';
import { count, end, paths, port, said } from './fields.ts';
import { reason as doubt } from './gaps.ts';

const whole = z.enum(['whole', 'but-others']);
const back: z.ZodType<Back> = z.union([whole, z.strictObject({ files: paths })]);
/** Text: of an earlier version. */
const reason = z.union([cause, said]);

/** Why a change that waited was not kept. */
export const waitedWhy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unwanted') }),
  z.strictObject({ kind: z.literal('unconfirmed'), seconds: count }),
  z.strictObject({ kind: z.literal('unable-to-wait'), reason }),
]);

export const note: z.ZodType<Note> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unwanted'), back }),
  z.strictObject({ kind: z.literal('unconfirmed'), seconds: count, back }),
  z.strictObject({ kind: z.literal('unable-to-wait'), reason, back }),
  z.strictObject({ kind: z.enum(['interrupted', 'may-stand', 'not-begun', 'unreadable', 'unheard', 'under-way']) }),
  z.strictObject({ kind: z.enum(['recovered', 'recovered-waiting', 'recovered-undo']), back: whole }),
  z.strictObject({ kind: z.literal('unrecovered'), files: paths }),
  z.strictObject({ kind: z.literal('not-as-planned'), cause, files: paths }),
]);

export const checked: z.ZodType<Checked> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['nobody-reaches', 'as-predicted', 'gone', 'same-as-before', 'others-than-before']),
    end,
  }),
  z.strictObject({ kind: z.literal('reach-untold'), end, reason: doubt.nullable() }),
  z.strictObject({ kind: z.enum(['others-same', 'unworded']), count }),
  z.strictObject({ kind: z.enum(['connections-ended', 'connections-unread']), port }),
  z.strictObject({ kind: z.literal('connections-left'), port, count }),
  z.strictObject({ kind: z.enum(['until-restart', 'rules-at-start', 'connections-gone', 'no-systemd']) }),
  z.strictObject({ kind: z.literal('files-back'), of: z.enum(['ufw', 'firewalld']) }),
  z.strictObject({ kind: z.literal('rules-back'), of: z.enum(['ufw', 'firewalld', 'own-table']) }),
  z.strictObject({ kind: z.literal('services-back'), all: z.boolean() }),
  z.strictObject({ kind: z.enum(['stays', 'all-back']) }),
  z.strictObject({ kind: z.literal('unwritten'), reason }),
  z.strictObject({ kind: z.literal('noted'), note }),
]);
