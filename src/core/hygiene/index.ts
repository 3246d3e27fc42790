/**
 * Rules that do nothing: proved on the sets that the engine walks with, for every packet, whatever its protocol, port,
 * interface, addresses and state, and not only for what listens today.
 *
 *   classes.ts      all packets of a hook, cut where a rule begins or ceases to hold
 *   specialise.ts   the rules for one kind of packet; what a first packet or this machine alone decides is left open
 *   hook.ts         one class walks the rules, all of them or without some
 *   fate.ts         do two walks end alike?
 *   check.ts        is one rule of use?
 *   passed-by.ts    denies that redirected packets never come to
 *
 * A false alarm is the worst that this could do: where anything is not known, nothing is said.
 */
import type { OwnedRule } from '../firewalls/owned.ts';
import type { Netfilter } from '../firewalls/netfilter/model.ts';
import type { Family } from '../model.ts';
import { type Budget, type Fault, checkRules } from './check.ts';
import { hookWalk } from './hook.ts';

export { passedBy } from './passed-by.ts';

/** What was found about a rule, with the families for which it holds. */
export interface RuleFault extends Fault {
  /** The rule, as often as it stands in the kernel: once in each family where each has its own. */
  readonly rules: readonly OwnedRule[];
  readonly families: readonly Family[];
}

export interface Hygiene {
  readonly faults: readonly RuleFault[];
  /** Rules that were looked at, and that could not be told because something about them is not known. */
  readonly checked: number;
  readonly untold: number;
  /** Classes that were walked. */
  readonly walks: number;
  /** False: there was no time for all. */
  readonly complete: boolean;
}

/** Classes that are walked at most in a scan: enough for some three hundred rules in order. */
export const SCAN_WALKS = 1000;

export function findIdleRules(netfilter: Netfilter, rules: readonly OwnedRule[], mostWalks: number = 1e9): Hygiene {
  const found: RuleFault[] = [];
  let [checked, untold] = [0, 0];
  const budget: Budget = { left: mostWalks };
  for (const family of [4, 6] as const) {
    if (netfilter.unread[family].length > 0) continue;
    const mine = rules.filter(({ families }) => families.includes(family));
    if (mine.length === 0) continue;
    const result = checkRules(hookWalk(netfilter.chains, 'input', family), mine, budget);
    for (const fault of result.faults) found.push({ ...fault, rules: [fault.rule], families: [family] });
    checked += result.checked;
    untold += result.untold;
  }
  return { faults: bothFamilies(found), checked, untold, complete: budget.left > 0, walks: mostWalks - budget.left };
}

/**
 * What stands in both families under the same words is one rule to a person: it is told once. A rule of nft for both is
 * of no use only if it is so for both, itself: another that reads the same may be of use where this one is not.
 */
function bothFamilies(faults: readonly RuleFault[]): readonly RuleFault[] {
  const groups = new Map<string, RuleFault>();
  for (const fault of faults) {
    const { kind, rule, against } = fault;
    const name = rule.families.length > 1 ? [rule.chain, rule.lines] : rule.text.replace('::/0', '0.0.0.0/0');
    const key = JSON.stringify([kind, rule.firewall, name, against]);
    const known = groups.get(key);
    if (known === undefined || known.families.includes(fault.families[0] ?? 4)) {
      groups.set(known === undefined ? key : `${key}${groups.size}`, fault);
    } else {
      const more = fault.by.filter((one) => !known.by.some((other) => other.rule === one.rule));
      const rules = known.rule === fault.rule ? known.rules : [...known.rules, fault.rule];
      groups.set(key, { ...known, rules, families: [4, 6], by: [...known.by, ...more] });
    }
  }
  return [...groups.values()].filter(
    ({ rule, families }) => rule.firewall !== 'nftables' || families.length >= rule.families.length,
  );
}
