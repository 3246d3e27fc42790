/** A deny that packets never come to, because another rule sends them elsewhere before it is asked. */
import { letsThrough } from '../reach/summary.ts';
import { type OwnedRule, concerns } from '../firewalls/owned.ts';
import type { Deciding, Family, ListenerReach, Target } from '../model.ts';
import type { RuleFault } from './index.ts';

/**
 * Denies for everybody at ports through which somebody gets in all the same, redirected to another port or handed on to a
 * container. Exact as the verdicts are: only what is known to get through counts.
 */
export function passedBy(
  rules: readonly OwnedRule[],
  told: readonly RuleFault[],
  listeners: readonly (ListenerReach & Pick<Target, 'protocol'>)[],
): readonly RuleFault[] {
  return rules.flatMap((rule): RuleFault[] => {
    if (rule.action !== 'deny' || !rule.forAll || told.some((fault) => fault.rule === rule)) return [];
    const ways = listeners.flatMap(({ protocol, reach }) =>
      reach.filter(
        (way) =>
          rule.families.includes(way.family) &&
          concerns(rule, { protocol, port: way.port }) &&
          letsThrough(way) &&
          way.trace.some(({ effect }) => effect === 'dnat' || effect === 'redirect'),
      ),
    );
    if (ways.length === 0) return [];
    const by = new Map<string, Deciding>();
    for (const one of ways.flatMap(({ decidedBy }) => decidedBy)) by.set(one.rule, one);
    const families = rule.families.filter((family: Family) => ways.some((way) => way.family === family));
    return [{ kind: 'overridden', rule, rules: [rule], families, by: [...by.values()].slice(0, 3), against: true }];
  });
}
