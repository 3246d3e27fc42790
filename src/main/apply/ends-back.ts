/** Who can reach what a plan spoke of, after it was put back or taken back. */
import type { Plan, Report } from '../../core/model.ts';
import { endsOf, lostSight, sameReach } from '../../core/plan/index.ts';
import type { Checked } from '../../core/told.ts';

export const endsBack = (plan: Plan, report: Report): readonly Checked[] =>
  plan.effects.flatMap(({ listener, name, before }): readonly Checked[] => {
    const now = endsOf(report).find(({ id }) => id === listener);
    if (now === undefined) return [];
    const end = { listener, name };
    if (sameReach(now, before)) return [{ kind: 'same-as-before', end }];
    const untold = lostSight(before, now);
    return [untold === null ? { kind: 'others-than-before', end } : { kind: 'reach-untold', end, ...untold }];
  });
