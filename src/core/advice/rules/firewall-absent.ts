/** Looks at whether anything filters at all. Says nothing where that could not be read. */
import { frontsOf, maybeClosed } from '../fronts.ts';
import { open, WHAT_CLOSES } from '../open-ports.ts';
import type { MachineRule } from '../rule.ts';

export const firewallAbsent: MachineRule = {
  name: 'firewall-absent',
  about: 'machine',
  advise: (facts) => {
    if (facts.platform !== 'linux' || frontsOf(facts).length > 0 || maybeClosed(facts.firewalls)) return [];
    // Rules that could not be read may well close everything.
    const blind = facts.listeners.some(({ exposure }) => exposure === 'unknown');
    if (facts.gaps.length > 0 && (blind || facts.listeners.length === 0)) return [];
    const { unneeded, sentence } = open(facts);
    return [
      {
        key: 'linux',
        listener: null,
        advice: 'review',
        severity: unneeded > 0 ? 'medium' : 'low',
        title: 'No firewall is installed',
        why: `${sentence} A firewall such as ufw lets in only what you keep open.`,
        ifClosed: WHAT_CLOSES,
        ways: ['install-firewall'],
      },
    ];
  },
};
