/** What a plan warns of, in English. */
import type { Plan } from '../../../src/core/model.ts';
import { warningWords } from '../../../src/core/plan/index.ts';

export const warningsOf = ({ warnings }: Pick<Plan, 'warnings'>): readonly string[] => warnings.map(warningWords);
