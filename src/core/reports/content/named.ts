/** Rules and firewalls as people call them. */
import type { Deciding } from '../../model.ts';
import { visible } from '../../visible.ts';

/** `ufw: allow 3000/tcp`; the chain that an iptables rule stands in is told with the way. */
export const decided = ({ firewall, rule }: Deciding): string =>
  `${firewallCalled(firewall)}: ${visible(rule.replace(/^-A \S+ /, ''))}`;

/** As people call it. */
export const firewallCalled = (firewall: string): string =>
  firewall === 'windows' ? 'Windows Firewall' : visible(firewall);
