/** Who can reach what a plan spoke of, after it was put back or taken back. */
import type { Plan, Report } from '../../core/model.ts';
import { endsOf, sameReach } from '../../core/plan/index.ts';
import type { Checked } from '../../core/told.ts';

export const endsBack = (plan: Plan, report: Report): readonly Checked[] =>
  plan.effects.flatMap(({ listener, name, before }): readonly Checked[] => {
    const now = endsOf(report).find(({ id }) => id === listener);
    if (now === undefined) return [];
    return [{ kind: sameReach(now, before) ? 'same-as-before' : 'others-than-before', end: { listener, name } }];
  });
