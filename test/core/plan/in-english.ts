/** What a plan warns of, and what was checked after it, in English. */
import type { Outcome, Plan } from '../../../src/core/model.ts';
import { checkedWords, warningWords } from '../../../src/core/plan/index.ts';

export const warningsOf = ({ warnings }: Pick<Plan, 'warnings'>): readonly string[] => warnings.map(warningWords);

export const checkedOf = ({ checked }: Pick<Outcome, 'checked'>): readonly string[] => checked.map(checkedWords);
