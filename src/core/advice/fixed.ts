/** Settings of Windows Firewall over which policy stands: no command of this computer changes them. */
import type { FirewallId } from '../model.ts';
import type { AdviceFacts } from './rule.ts';

/** Is it so by policy in all networks that the computer is in and in which it is so? */
export function isFixed({ windows }: AdviceFacts, firewall: FirewallId, fault: 'off' | 'allows'): boolean {
  if (firewall !== 'windows' || windows === null) return false;
  const here = windows.profiles.filter((note) => note.fault === fault && note.interfaces.length > 0);
  return here.length > 0 && here.every(({ command }) => command === null);
}
