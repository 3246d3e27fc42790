/** Looks at whether the firewall that is installed is on. What is kept stays open when it is turned on. */
import type { FirewallId, FirewallState } from '../../model.ts';
import { frontsOf, maybeClosed } from '../fronts.ts';
import { isFixed } from '../fixed.ts';
import { openPorts } from '../open-ports.ts';
import type { MachineRule } from '../rule.ts';

export const firewallOff: MachineRule = {
  name: 'firewall-off',
  about: 'machine',
  advise: (facts) => {
    const fronts = frontsOf(facts);
    const off = fronts.find(({ active }) => active === false);
    if (off === undefined || maybeClosed(facts.firewalls) || fronts.some(isOn)) return [];
    const open = openPorts(facts);
    return [
      {
        key: off.id,
        listener: null,
        advice: 'review',
        // Windows comes with it on: somebody, or something, has turned it off.
        severity: open.unneeded === 0 ? 'low' : off.id === 'windows' ? 'high' : 'medium',
        // Portcullis turns on ufw alone.
        ways: off.id === 'ufw' ? ['enable-firewall'] : [],
        says: {
          kind: 'firewall-off',
          firewall: off.id,
          open,
          byPolicy: isFixed(facts, off.id, 'off'),
          command: isFixed(facts, off.id, 'off') ? null : (COMMANDS[off.id] ?? null),
        },
      },
    ];
  },
};

const COMMANDS: { readonly [id in FirewallId]?: string } = {
  firewalld: 'sudo systemctl enable --now firewalld',
  windows: 'Set-NetFirewallProfile -All -Enabled True',
  alf: 'sudo /usr/libexec/ApplicationFirewall/socketfilterfw --setglobalstate on',
};

const isOn = ({ active }: FirewallState): boolean => active === true;
