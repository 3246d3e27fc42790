/** Firewalls that a person switches on and off, as opposed to bare rules in the kernel. */
import type { FirewallId, FirewallState } from '../model.ts';
import type { AdviceFacts } from './rule.ts';

const FRONTS: readonly FirewallId[] = ['ufw', 'firewalld', 'windows', 'alf'];

export const frontsOf = ({ firewalls }: AdviceFacts): readonly FirewallState[] =>
  firewalls.filter(({ id }) => FRONTS.includes(id));

/** Whether a port can be closed through a firewall of this machine: ufw also where it is off, firewalld where it is on. */
export function canClose({ firewalls, platform }: AdviceFacts): boolean {
  if (platform !== 'linux') return true;
  return firewalls.some(({ id, active }) => id === 'ufw' || (id === 'firewalld' && active === true));
}

/** Lets nothing in unless a rule says so. */
export const closesByDefault = ({ active, defaults }: FirewallState): boolean =>
  active === true && (defaults.inbound === 'deny' || defaults.inbound === 'reject');

/** Whether anything is known to close ports by default, or nobody can tell: then there is nothing to advise. */
export const maybeClosed = (states: readonly FirewallState[]): boolean =>
  states.some(
    (state) =>
      closesByDefault(state) ||
      // pf is off as macOS comes: that it may not be read is no sign of it.
      (state.active === null && state.id !== 'pf') ||
      (state.active && state.defaults.inbound === 'unknown'),
  );
