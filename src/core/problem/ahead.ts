/** Why a firewall cannot close a port, as a plan carries it to the helper, which keeps it in root's journal. */
import { z } from 'zod';
import { closing } from './closing.ts';
import { steersNowhere } from './fields.ts';
import { foreseeing } from './foreseeing.ts';

/** Nothing in it steers, and it names no other way: what programs call themselves is no part of a plan. */
export const aheadWhy = z
  .discriminatedUnion('kind', [closing, foreseeing])
  .refine((means) => steersNowhere(means) && (!('ways' in means) || means.ways.length === 0));
export type AheadWhy = z.output<typeof aheadWhy>;
