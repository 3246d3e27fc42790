/** Is a rule of use? What was proved about it, and whether anything listens where it opens a port. */
import { portsOf, type WrittenRule } from '../firewalls/gist.ts';
import type { Facts } from '../facts.ts';
import { findIdleRules, passedBy, type RuleFault, SCAN_WALKS } from '../hygiene/index.ts';
import { has } from '../intervals.ts';
import { isListWhole } from '../listeners/whole.ts';
import type { Report, ReportListener, RuleInWords, Target } from '../model.ts';

type Use = Pick<RuleInWords, 'use' | 'because' | 'opening'>;

const NUMBER = { tcp: 6, udp: 17 } as const;

export function usesOf(
  facts: Facts,
  report: Report,
  unvisited: ReadonlySet<string>,
): { readonly use: (rule: WrittenRule) => Use; readonly complete: boolean } {
  const { faults, complete } = findIdleRules(facts.netfilter, facts.ownedRules, SCAN_WALKS);
  const all = [...faults, ...passedBy(facts.ownedRules, faults, report.listeners)];
  const unused = new Set(report.findings.filter(({ advice }) => advice === 'close').map(({ id }) => id));
  const plainly = (use: RuleInWords['use']): Use => ({ use, because: [], opening: [] });

  const use = (rule: WrittenRule): Use => {
    const state = facts.firewalls.find(({ id }) => id === rule.firewall);
    const quiet = quietness(rule, facts, report);
    const opening = quiet === 'nothing-listens' ? openingOf(rule, facts, unused) : [];
    if (rule.firewall === 'ufw' && state?.active === false) return { use: 'off', because: [], opening };
    if (rule.kernel !== null && unvisited.has(rule.kernel.chain)) return plainly('never-matches');
    const fault = all.find((one) => isAbout(one, rule));
    if (fault !== undefined)
      return { use: fault.kind === 'shadowed' ? 'never-matches' : 'no-effect', because: fault.by, opening: [] };
    if (quiet === 'nothing-listens') return { use: quiet, because: [], opening };
    return plainly(isKnown(rule, facts) ? quiet : 'unknown');
  };
  return { use, complete };
}

/** Does the kernel hold it, as far as that was read? */
function isKnown(rule: WrittenRule, { netfilter, firewalls, ownedRules }: Facts): boolean {
  if (rule.families.some((family) => netfilter.unread[family].length > 0)) return false;
  if (rule.kernel !== null) return true;
  if (firewalls.find(({ id }) => id === rule.firewall)?.active !== true) return false;
  return (
    rule.firewall !== 'ufw' ||
    rule.traffic !== 'in' ||
    rule.families.every((family) =>
      ownedRules.some((one) => one.firewall === 'ufw' && one.text === rule.text && one.families.includes(family)),
    )
  );
}

/** A fault is told of a rule only where it is so in each family in which the rule stands. */
function isAbout({ rules, families }: RuleFault, rule: WrittenRule): boolean {
  const { kernel } = rule;
  if (kernel !== null) return rules.some(({ chain, lines }) => chain === kernel.chain && lines.includes(kernel.line));
  return (
    rule.firewall === 'ufw' &&
    rules.some(({ firewall, text }) => firewall === 'ufw' && text === rule.text) &&
    rule.families.every((family) => families.includes(family))
  );
}

/** Does something listen for others where the rule opens ports? */
function quietness(
  rule: WrittenRule,
  facts: Facts,
  report: Report,
): 'in-use' | 'nothing-listens' | 'in-force' | 'unknown' {
  const opens = (rule.action === 'allow' || rule.action === 'limit') && rule.traffic === 'in' && rule.gists.length > 0;
  const ports = portsOf(rule.gists);
  if (!opens || ports === null || rule.owner === 'tool' || rule.gists.some(({ only }) => only !== null))
    return 'in-force';
  // Without the whole list of listeners "nothing listens" would be a guess.
  if (!isListWhole({ unread: facts.gaps }) || report.listeners.length === 0) return 'unknown';
  const used = report.listeners.some((listener) => isOpenedBy(listener, rule));
  const leads = report.forwards.some(({ port, lastPort }) =>
    ports.some(([first, last]) => first <= lastPort && port <= last),
  );
  if (used) return 'in-use';
  return leads || rule.gists.some(({ more }) => more) ? 'in-force' : 'nothing-listens';
}

function isOpenedBy({ protocol, port, addresses, reach }: ReportListener, { gists }: WrittenRule): boolean {
  return gists.some((gist) => {
    if (gist.protocols !== null && !has(gist.protocols, NUMBER[protocol])) return false;
    const named = (one: number): boolean => gist.ports !== null && has(gist.ports, one);
    const outward = addresses.some(({ scope, family }) => scope !== 'loopback' && gist.families.includes(family));
    return (named(port) && outward) || reach.some((way) => named(way.port) && gist.families.includes(way.family));
  });
}

/** Ports that `remove-opening` would take from it: all that it opens must be of no use. */
function openingOf(rule: WrittenRule, { openings }: Facts, unused: ReadonlySet<string>): readonly Target[] {
  const mine = openings.filter((one) => rule.firewall === 'ufw' && one.rule === rule.text).map(({ target }) => target);
  const free = mine.filter(({ protocol, port }) => unused.has(`unused-opening:${protocol}/${port}`));
  return free.length === mine.length ? free : [];
}
