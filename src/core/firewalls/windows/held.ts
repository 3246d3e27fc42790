/** The rules for each listener, by who holds it. */
import type { WindowsHolder } from '../../listeners/windows.ts';
import type { Listener, Protocol } from '../../model.ts';
import type { Netfilter } from '../netfilter/model.ts';
import { type Policy, type Relevant, chainsOf, relevant } from './compile.ts';
import { ruleSelector } from './select.ts';

/** Nobody is known: whatever a rule asks of the program may hold. */
const NOBODY: WindowsHolder = { path: null, file: null, services: null, contained: null, family: null };

/** A port, and all that listens there as far as it is asked about. */
interface Asked {
  readonly protocol: Protocol;
  readonly port: number;
  readonly listeners: readonly Listener[];
}

/** @param index false: every rule is asked, for every holder anew */
export type RulesFor = (asked: Asked, index: boolean) => Netfilter;

/**
 * Where the same rules count, the answer is the same object, so that it is made ready once.
 * @param unread whatever could change any verdict and was not read
 */
export function heldRules(
  policy: Policy,
  holderOf: (pid: number | null) => WindowsHolder,
  unread: Netfilter['unread'],
): RulesFor {
  const made = new Map<string, Netfilter>();
  const rulesBy = (key: string, rules: () => readonly Relevant[]): Netfilter => {
    const netfilter = made.get(key) ?? { chains: chainsOf(policy, rules()), beside: [], unread };
    made.set(key, netfilter);
    return netfilter;
  };
  let select: ReturnType<typeof ruleSelector> | null = null;
  return ({ protocol, port, listeners }, index) => {
    const pids = new Set(listeners.flatMap(({ sockets }) => sockets.map(({ pid }) => pid)));
    const holders = new Map([...pids].map(holderOf).map((holder) => [JSON.stringify(holder), holder]));
    // Several programs at one port: which of them gets a packet cannot be told.
    const [only = NOBODY] = holders.size === 1 ? holders.values() : [];
    if (!index) return rulesBy(`all ${JSON.stringify(only)}`, () => relevant(policy, only));
    select ??= ruleSelector(policy);
    const { key, rules } = select(protocol, port, only);
    return rulesBy(key, rules);
  };
}
