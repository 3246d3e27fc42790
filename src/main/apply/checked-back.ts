/** What is to be said after a change was put back: is it as it was before, in the files, the kernel, and for each listener? */
import type { Plan, Report } from '../../core/model.ts';
import { endsOf, sameReach } from '../../core/plan/index.ts';
import type { Checked } from '../../core/told.ts';
import { restoredIn } from './layers/index.ts';

/** `ours`: the layer's part of the kernel is what it was. */
export function checkedBack(plan: Plan, report: Report, ours: boolean): readonly Checked[] {
  const each = plan.effects.flatMap(({ listener, name, before }): readonly Checked[] => {
    const now = endsOf(report).find(({ id }) => id === listener);
    if (now === undefined) return [];
    return [{ kind: sameReach(now, before) ? 'same-as-before' : 'others-than-before', end: { listener, name } }];
  });
  return [...restoredIn(plan, ours), ...each];
}
