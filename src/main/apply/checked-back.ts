/** What is to be said after a change was put back: is it as it was before, in the files, the kernel, and for each listener? */
import type { Plan, Report } from '../../core/model.ts';
import type { Checked } from '../../core/told.ts';
import { endsBack } from './ends-back.ts';
import { restoredIn } from './layers/index.ts';

/** `ours`: the layer's part of the kernel is what it was. */
export const checkedBack = (plan: Plan, report: Report, ours: boolean): readonly Checked[] => [
  ...restoredIn(plan, ours),
  ...endsBack(plan, report),
];
