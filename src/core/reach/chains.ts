/**
 * Chains made ready for walking: rules that can never decide are set aside, and the rest is indexed by protocol and
 * destination port, so that a walk looks only at rules that could match. `index: false` looks at every rule; the answers
 * are the same (the bench asserts it), only slower.
 */
import { type Intervals, has, normalize } from '../intervals.ts';
import type { Chain, Field, Rule, Statement, Test } from '../firewalls/netfilter/model.ts';

export interface WalkChain {
  readonly chain: Chain;
  /** ufw hangs its chains into this built-in one, and sets its policy. */
  readonly usedByUfw: boolean;
  /** Rules that could match a packet of this protocol and destination port, in order. */
  readonly candidates: (protocol: number, port: number) => readonly Rule[];
}

export type ChainMap = ReadonlyMap<string, WalkChain>;

export function prepareChains(chains: readonly Chain[], indexed: boolean): ChainMap {
  const inert = inertChains(chains);
  const map = new Map<string, WalkChain>();
  for (const chain of chains) {
    const rules = chain.rules.filter((rule) => !isInert(rule, inert)).map(cheapFirst);
    map.set(chain.key, {
      chain,
      usedByUfw: chain.base !== null && chain.rules.some(visitsUfw),
      candidates: indexed ? indexOf(rules) : () => rules,
    });
  }
  return map;
}

/**
 * How much a test costs: those that decide for all sources at once come first, then those that split them, then guesses.
 */
const COST: { readonly [on in Field['on']]?: number } = {
  source: 1,
  'original-source': 1,
  'source-port': 1,
  'original-source-port': 1,
  'source-type': 1,
  any: 2,
  rate: 3,
  unknown: 4,
};
const cost = ({ field }: Test): number => COST[field.on] ?? 0;

/** Tests that stand together must all hold, in whatever order: a rule for another port shall not split the sources first. */
function cheapFirst(rule: Rule): Rule {
  const statements: Statement[] = [];
  let tests: Test[] = [];
  const flush = (): void => {
    tests.sort((a, b) => cost(a) - cost(b));
    for (const test of tests) statements.push({ kind: 'test', test });
    tests = [];
  };
  for (const statement of rule.statements) {
    if (statement.kind === 'test') tests.push(statement.test);
    else {
      flush();
      statements.push(statement);
    }
  }
  flush();
  return { text: rule.text, statements };
}

const visitsUfw = (rule: Rule): boolean =>
  rule.statements.some(
    (statement) =>
      statement.kind === 'effect' && statement.effect.do === 'jump' && /\/ufw6?-/.test(statement.effect.chain),
  );

/** A rule that logs, counts or comments only, or that visits a chain which comes back whatever it sees. */
function isInert(rule: Rule, inert: ReadonlySet<string>): boolean {
  return rule.statements.every((statement) => {
    if (statement.kind === 'test') return true;
    if (statement.kind === 'choose') return false;
    return statement.effect.do === 'jump' && inert.has(statement.effect.chain);
  });
}

/** User chains in which nothing decides: every rule is inert or a return. Found by removing those that are not. */
function inertChains(chains: readonly Chain[]): ReadonlySet<string> {
  const inert = new Set(chains.filter((chain) => chain.base === null).map((chain) => chain.key));
  const comesBack = (statement: Statement): boolean =>
    statement.kind === 'test' ||
    (statement.kind === 'effect' &&
      (statement.effect.do === 'return' ||
        ((statement.effect.do === 'jump' || statement.effect.do === 'goto') && inert.has(statement.effect.chain))));
  for (let before = -1; before !== inert.size; ) {
    before = inert.size;
    for (const chain of chains) {
      if (inert.has(chain.key) && !chain.rules.every((rule) => rule.statements.every(comesBack)))
        inert.delete(chain.key);
    }
  }
  return inert;
}

// ---------------------------------------------------------------- the index

interface Narrow {
  readonly protocols: Intervals<number> | null;
  readonly ports: Intervals<number> | null;
}

/** What the rule requires of protocol and port before it does anything; null = does not care. */
function narrow(rule: Rule): Narrow {
  let protocols: Intervals<number> | null = null;
  let ports: Intervals<number> | null = null;
  for (const statement of rule.statements) {
    if (statement.kind !== 'test') break;
    const { field, negate } = statement.test;
    if (negate) continue;
    if (field.on === 'protocol') protocols ??= field.protocols;
    if (field.on === 'destination-port') ports ??= field.ports;
  }
  return { protocols, ports };
}

function indexOf(rules: readonly Rule[]): WalkChain['candidates'] {
  const entries = rules.map(narrow);
  const byProtocol = new Map<number, (port: number) => readonly Rule[]>();
  return (protocol, port) => {
    let lookup = byProtocol.get(protocol);
    if (lookup === undefined) {
      const some = rules
        .map((rule, at) => ({ rule, at, ports: entries[at]?.ports ?? null, protocols: entries[at]?.protocols ?? null }))
        .filter((entry) => entry.protocols === null || has(entry.protocols, protocol));
      lookup = byPort(some);
      byProtocol.set(protocol, lookup);
    }
    return lookup(port);
  };
}

interface Entry {
  readonly rule: Rule;
  readonly at: number;
  readonly ports: Intervals<number> | null;
}

/**
 * Rules by port, over the elementary intervals that all port ranges cut 0 to 65535 into. Lists are made when first asked
 * for, from the rules that start at or before the segment, so a ruleset of wide ranges costs no more than its use.
 */
function byPort(entries: readonly Entry[]): (port: number) => readonly Rule[] {
  const anywhere = entries.filter((entry) => entry.ports === null);
  const exact = new Map<number, Entry[]>();
  const ranged: Entry[] = [];
  const edges = new Set<number>([0]);
  for (const entry of entries) {
    if (entry.ports === null) continue;
    let isRanged = false;
    for (const [first, last] of normalize(entry.ports)) {
      if (first === last) {
        const list = exact.get(first);
        if (list === undefined) exact.set(first, [entry]);
        else list.push(entry);
      } else {
        isRanged = true;
        edges.add(first);
        edges.add(last + 1);
      }
    }
    if (isRanged) ranged.push(entry);
  }
  const bounds = Uint32Array.from([...edges].sort((a, b) => a - b));
  const segments = new Map<number, { readonly entries: readonly Entry[]; readonly rules: readonly Rule[] }>();
  const merged = new Map<number, readonly Rule[]>();
  const inRange = (entry: Entry, port: number): boolean =>
    entry.ports?.some(([first, last]) => first < last && first <= port && port <= last) ?? false;
  const segmentAt = (port: number): number => {
    let low = 0;
    let high = bounds.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((bounds[middle] as number) <= port) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const rulesOf = (list: readonly Entry[]): readonly Rule[] => list.map((entry) => entry.rule);
  return (port) => {
    const at = segmentAt(port);
    let segment = segments.get(at);
    if (segment === undefined) {
      const entries = mergeInOrder(
        anywhere,
        ranged.filter((entry) => inRange(entry, port)),
      );
      segment = { entries, rules: rulesOf(entries) };
      segments.set(at, segment);
    }
    const own = exact.get(port);
    if (own === undefined) return segment.rules;
    let rules = merged.get(port);
    if (rules === undefined) {
      rules = rulesOf(mergeInOrder(segment.entries, own));
      merged.set(port, rules);
    }
    return rules;
  };
}

/** Two lists in the order of the chain -> one, each rule once. */
function mergeInOrder(a: readonly Entry[], b: readonly Entry[]): readonly Entry[] {
  const out: Entry[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    const takeFirst = y === undefined || (x !== undefined && x.at <= y.at);
    const next = takeFirst ? x : y;
    if (takeFirst) i++;
    else j++;
    if (next !== undefined && out.at(-1)?.at !== next.at) out.push(next);
  }
  return out;
}
