/** Looks at a firewall that is on and lets in everything that no rule forbids: on, but of little use. */
import { frontsOf, maybeClosed, NAMES } from '../fronts.ts';
import { open, WHAT_CLOSES } from '../open-ports.ts';
import type { MachineRule } from '../rule.ts';

export const firewallAllows: MachineRule = {
  name: 'firewall-allows',
  about: 'machine',
  advise: (facts) => {
    const front = frontsOf(facts).find(({ active, defaults }) => active === true && defaults.inbound === 'allow');
    if (front === undefined || maybeClosed(facts.firewalls)) return [];
    const name = NAMES[front.id];
    const { unneeded, sentence } = open(facts);
    return [
      {
        key: front.id,
        listener: null,
        advice: 'review',
        severity: unneeded > 0 ? 'medium' : 'low',
        title: `The firewall (${name}) is on but lets in whatever no rule forbids`,
        why: `${sentence} Set to deny by default, ${name} lets in only what you keep open${front.id === 'ufw' ? ': sudo ufw default deny incoming' : ''}.`,
        ifClosed: WHAT_CLOSES,
        ways: [],
      },
    ];
  },
};
