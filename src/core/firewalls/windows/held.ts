/** The rules for each listener, by who holds it. */
import type { WindowsHolder } from '../../listeners/windows.ts';
import type { Listener } from '../../model.ts';
import type { Netfilter } from '../netfilter/model.ts';
import { type Policy, chainsFor } from './compile.ts';

/** Nobody is known: whatever a rule asks of the program may hold. */
const NOBODY: WindowsHolder = { path: null, file: null, services: null, contained: null, packaged: null };

/** @param unread whatever could change any verdict and was not read */
export function heldRules(
  policy: Policy,
  holderOf: (pid: number | null) => WindowsHolder,
  unread: Netfilter['unread'],
): (listeners: readonly Listener[]) => Netfilter {
  const made = new Map<string, Netfilter>();
  return (listeners) => {
    const pids = new Set(listeners.flatMap(({ sockets }) => sockets.map(({ pid }) => pid)));
    const holders = new Map([...pids].map(holderOf).map((holder) => [keyOf(holder), holder]));
    // Several programs at one port: which of them gets a packet cannot be told.
    const [only = NOBODY] = holders.size === 1 ? holders.values() : [];
    const key = keyOf(only);
    const rules = made.get(key) ?? { chains: chainsFor(policy, only), beside: [], unread };
    made.set(key, rules);
    return rules;
  };
}

const keyOf = (holder: WindowsHolder): string => JSON.stringify(holder);
