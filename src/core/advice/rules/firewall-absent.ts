/** Looks at whether anything filters at all. Says nothing where that could not be read. */
import { frontsOf, maybeClosed } from '../fronts.ts';
import { openPorts } from '../open-ports.ts';
import type { MachineRule } from '../rule.ts';

export const firewallAbsent: MachineRule = {
  name: 'firewall-absent',
  about: 'machine',
  advise: (facts) => {
    if (facts.platform !== 'linux' || frontsOf(facts).length > 0 || maybeClosed(facts.firewalls)) return [];
    // Rules that could not be read may well close everything.
    const blind = facts.listeners.some(({ exposure }) => exposure === 'unknown');
    if (facts.gaps.length > 0 && (blind || facts.listeners.length === 0)) return [];
    const open = openPorts(facts);
    return [
      {
        key: 'linux',
        listener: null,
        advice: 'review',
        severity: open.unneeded > 0 ? 'medium' : 'low',
        ways: ['install-firewall'],
        says: { kind: 'firewall-absent', open },
      },
    ];
  },
};
