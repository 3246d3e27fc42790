/** Looks at whether two firewalls are on at once: each must let a connection in, and each hides what the other does. */
import { frontsOf, NAMES } from '../fronts.ts';
import { joined } from '../audience.ts';
import type { MachineRule } from '../rule.ts';

export const twoFirewalls: MachineRule = {
  name: 'two-firewalls',
  about: 'machine',
  advise: (facts) => {
    const on = frontsOf(facts).filter(({ active }) => active === true);
    if (on.length < 2) return [];
    const names = joined(on.map(({ id }) => NAMES[id]));
    return [
      {
        key: on.map(({ id }) => id).join('-'),
        listener: null,
        advice: 'review',
        severity: 'low',
        title: `${names} are on at the same time`,
        why: `Both filter what comes in, so a connection gets through only where both let it, and neither shows what the other does. Use one: sudo ufw disable, or sudo systemctl disable --now firewalld.`,
        ifClosed: 'What only the firewall that you turn off forbids is open then. Look at the ports again afterwards.',
        ways: [],
      },
    ];
  },
};
