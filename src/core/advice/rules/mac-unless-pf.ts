/** Looks at a Mac whose packet filter was not read: what is open there unless it filters. */
import type { ReportListener, Target } from '../../model.ts';
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
    const open = portsOf(unsure.filter((one) => !isLocalUnlessPf(one)));
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
          local: portsOf(unsure.filter(isLocalUnlessPf)).length,
        },
      },
    ];
  },
};

/** Each once, in their order. */
function portsOf(listeners: readonly ReportListener[]): readonly Target[] {
  const sorted = [...listeners].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
  return [
    ...new Map(sorted.map(({ protocol, port }) => [`${protocol}/${port}`, { protocol, port }] as const)).values(),
  ];
}
