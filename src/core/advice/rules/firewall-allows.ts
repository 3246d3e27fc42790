/** Looks at a firewall that is on and lets in everything that no rule forbids: on, but of little use. */
import type { FirewallId } from '../../model.ts';
import { frontsOf, maybeClosed } from '../fronts.ts';
import { isFixed } from '../fixed.ts';
import { openPorts } from '../open-ports.ts';
import type { MachineRule } from '../rule.ts';

const COMMANDS: { readonly [id in FirewallId]?: string } = {
  ufw: 'sudo ufw default deny incoming',
  windows: 'Set-NetFirewallProfile -All -DefaultInboundAction Block',
};

export const firewallAllows: MachineRule = {
  name: 'firewall-allows',
  about: 'machine',
  advise: (facts) => {
    const front = frontsOf(facts).find(({ active, defaults }) => active === true && defaults.inbound === 'allow');
    if (front === undefined || maybeClosed(facts.firewalls)) return [];
    const open = openPorts(facts);
    return [
      {
        key: front.id,
        listener: null,
        advice: 'review',
        severity: open.unneeded === 0 ? 'low' : front.id === 'windows' ? 'high' : 'medium',
        ways: [],
        says: {
          kind: 'firewall-allows',
          firewall: front.id,
          open,
          byPolicy: isFixed(facts, front.id, 'allows'),
          command: isFixed(facts, front.id, 'allows') ? null : (COMMANDS[front.id] ?? null),
        },
      },
    ];
  },
};
