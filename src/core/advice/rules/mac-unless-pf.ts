/** Looks at a Mac whose packet filter was not read: what is open there unless it filters. */
import { targetsInOrder } from '../../listeners/targets.ts';
import { few } from '../few.ts';
import type { MachineRule } from '../rule.ts';
import { isLocalUnlessPf, isUnlessPf } from '../unless-pf.ts';

/** Ports that are named one by one. */
const NAMED = 6;

export const macUnlessPf: MachineRule = {
  name: 'mac-unless-pf',
  about: 'machine',
  advise: (facts) => {
    const unsure = facts.listeners.filter((one) => !one.kept && isUnlessPf(one, facts));
    if (unsure.length === 0) return [];
    const open = targetsInOrder(unsure.filter((one) => !isLocalUnlessPf(one)));
    return [
      {
        key: 'darwin',
        listener: null,
        advice: 'review',
        severity: open.length > 0 ? 'medium' : 'low',
        ways: [],
        says: {
          kind: 'mac-unless-pf',
          open: few(open, NAMED, 2),
          local: targetsInOrder(unsure.filter(isLocalUnlessPf)).length,
        },
      },
    ];
  },
};
