/** Ports of which rules lead to other ports: a second door to what listens there. */
import { type Intervals, has, intersect } from '../intervals.ts';
import type { Chain, Effect, Netfilter, Rule, Test } from '../firewalls/netfilter/model.ts';
import { fieldsIn } from './fields.ts';

export interface Doors {
  /** Ports to knock at, one for each range within which all rules act alike. */
  readonly ports: ReadonlySet<number>;
  /** TPROXY hands packets to a local socket whatever address they are for: even to one that is bound to loopback. */
  readonly captured: boolean;
}

/** What leads on: from which ports, to which ones. */
interface Lead {
  readonly from: Intervals<number>;
  /** null: to the same port. */
  readonly to: Intervals<number> | null;
  readonly captures: boolean;
}

export const ANY: Intervals<number> = [[1, 65535]];

/** The doors to a port. Only what stands on the way of a packet that comes in counts. */
export function redirectedPorts({ chains }: Netfilter): (port: number) => Doors {
  const before = onTheWayIn(chains);
  const leads = before.flatMap((chain) => chain.rules.flatMap(leadsOf));
  const edges = leads.length === 0 ? [] : edgesOf(chains, new Set(before));
  return (port) => {
    const ports = new Set<number>();
    let captured = false;
    for (const { from, to, captures } of leads) {
      if (to === null) ports.add(port);
      if (to === null || !has(to, port)) continue;
      captured ||= captures;
      for (const [first] of from) ports.add(first);
      for (const edge of edges) if (has(from, edge)) ports.add(edge);
    }
    return { ports, captured };
  };
}

/** Chains that a packet passes before it is routed. */
export function onTheWayIn(chains: readonly Chain[]): readonly Chain[] {
  const byKey = new Map(chains.map((chain) => [chain.key, chain]));
  const seen = new Set(chains.filter(({ base }) => base?.hook === 'prerouting'));
  for (const chain of seen) {
    for (const { effect } of chain.rules.flatMap(effectsOf)) {
      const next = effect.do === 'jump' || effect.do === 'goto' ? byKey.get(effect.chain) : undefined;
      if (next !== undefined) seen.add(next);
    }
  }
  return [...seen];
}

export interface Conditional {
  readonly effect: Effect;
  readonly tests: readonly Test[];
}

/** What a rule does, with the tests that come before. */
export function effectsOf(rule: Rule): readonly Conditional[] {
  const out: Conditional[] = [];
  const tests: Test[] = [];
  for (const statement of rule.statements) {
    if (statement.kind === 'test') tests.push(statement.test);
    else if (statement.kind === 'effect') out.push({ effect: statement.effect, tests: [...tests] });
    else
      for (const { effect, tests: own } of statement.cases)
        if (effect !== null) out.push({ effect, tests: [...tests, ...own] });
  }
  return out;
}

const leadsOf = (rule: Rule): readonly Lead[] =>
  effectsOf(rule).flatMap(({ effect, tests }): readonly Lead[] => {
    const from = tests.reduce(
      (ports, { field, negate }) =>
        field.on === 'destination-port' && !negate ? intersect(ports, field.ports) : ports,
      ANY,
    );
    if (effect.do === 'redirect' || effect.do === 'dnat') return [{ from, to: effect.ports, captures: false }];
    // What is not known may lead anywhere.
    if (effect.do === 'unknown') return [{ from, to: effect.captures ?? ANY, captures: effect.captures !== undefined }];
    return [];
  });

/** The ports at which some test begins or ceases to hold for the port that was knocked at. */
export function edgesOf(chains: readonly Chain[], before: ReadonlySet<Chain>): readonly number[] {
  const edges = new Set<number>();
  for (const chain of chains) {
    const fields = chain.rules.flatMap((rule) => rule.statements.flatMap(fieldsIn));
    for (const field of fields) {
      const knocked =
        field.on === 'original-destination-port' || (field.on === 'destination-port' && before.has(chain));
      if (!knocked) continue;
      for (const [first, last] of field.ports) edges.add(first).add(last + 1);
    }
  }
  return [...edges].filter((edge) => edge <= 65535);
}
