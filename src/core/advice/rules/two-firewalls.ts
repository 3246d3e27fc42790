/** Looks at whether two firewalls are on at once: each must let a connection in, and each hides what the other does. */
import { frontsOf } from '../fronts.ts';
import type { MachineRule } from '../rule.ts';

export const twoFirewalls: MachineRule = {
  name: 'two-firewalls',
  about: 'machine',
  advise: (facts) => {
    const on = frontsOf(facts).filter(({ active }) => active === true);
    if (on.length < 2) return [];
    const firewalls = on.map(({ id }) => id);
    return [
      {
        key: firewalls.join('-'),
        listener: null,
        advice: 'review',
        severity: 'low',
        ways: [],
        says: { kind: 'two-firewalls', firewalls },
      },
    ];
  },
};
