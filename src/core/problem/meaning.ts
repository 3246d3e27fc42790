/** What a problem means, in no language. */
import { z } from 'zod';
import { changing } from './changing.ts';
import { plain } from './plain.ts';

export const problemMeaning = z.discriminatedUnion('kind', [plain, changing]);
export type ProblemMeaning = z.output<typeof problemMeaning>;
