/** Looks at whether the firewall that is installed is on. What is kept stays open when it is turned on. */
import type { FirewallState } from '../../model.ts';
import { frontsOf, maybeClosed, NAMES } from '../fronts.ts';
import { open, WHAT_CLOSES } from '../open-ports.ts';
import type { MachineRule } from '../rule.ts';

export const firewallOff: MachineRule = {
  name: 'firewall-off',
  about: 'machine',
  advise: (facts) => {
    const fronts = frontsOf(facts);
    const off = fronts.find(({ active }) => active === false);
    if (off === undefined || maybeClosed(facts.firewalls) || fronts.some(isOn)) return [];
    const name = NAMES[off.id];
    const { unneeded, sentence } = open(facts);
    return [
      {
        key: off.id,
        listener: null,
        advice: 'review',
        severity: unneeded > 0 ? 'medium' : 'low',
        title: `The firewall (${name}) is off`,
        why: `${sentence} Turned on, ${name} lets in only what you keep open${off.id === 'firewalld' ? ': sudo systemctl enable --now firewalld' : ''}.`,
        ifClosed: WHAT_CLOSES,
        // Portcullis turns on ufw alone.
        ways: off.id === 'firewalld' ? [] : ['enable-firewall'],
      },
    ];
  },
};

const isOn = ({ active }: FirewallState): boolean => active === true;
