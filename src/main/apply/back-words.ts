/** What is to be said after a change was put back: is it as it was before, in the files, the kernel, and for each listener? */
import { listenerName } from '../../core/listeners/name.ts';
import type { Plan, Report } from '../../core/model.ts';
import { endsOf, sameReach } from '../../core/plan/index.ts';
import { restoredWords } from './layers/index.ts';

/** Behind “everything was put back”, where it was not all. */
export const EXCEPT_OTHERS = ', except what others changed or removed meanwhile';

/** `ours`: the layer's part of the kernel is what it was. */
export function backWords(plan: Plan, report: Report, ours: boolean): readonly string[] {
  const each = plan.effects.flatMap(({ listener, name, before }) => {
    const now = endsOf(report).find(({ id }) => id === listener);
    if (now === undefined) return [];
    return [
      sameReach(now, before)
        ? `${listenerName(listener)} (${name}) can be reached by the same as before the change.`
        : `${listenerName(listener)} (${name}) can be reached by others than before the change: the network or other rules are different now.`,
    ];
  });
  return [...restoredWords(plan, ours), ...each];
}
