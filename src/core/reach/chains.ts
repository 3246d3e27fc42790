/**
 * Chains made ready for walking: rules that can never decide are set aside, and the rest is indexed by protocol and
 * destination port, so that a walk looks only at rules that could match. `index: false` looks at every rule; the answers
 * are the same (the bench asserts it), only slower.
 */
import { type Intervals, addEdges, has, normalize, pieces } from '../intervals.ts';
import type { Chain, Field, Rule, Statement, Test } from '../firewalls/netfilter/model.ts';

export interface WalkChain {
  readonly chain: Chain;
  /** ufw hangs its chains into this built-in one, and sets its policy. */
  readonly usedByUfw: boolean;
  /** Rules that could match a packet of this protocol and destination port, in order. */
  readonly candidates: (protocol: number, port: number) => Iterable<WalkRule>;
}

export interface WalkRule extends Rule {
  /** Its place in the chain. */
  readonly at: number;
}

export type ChainMap = ReadonlyMap<string, WalkChain>;

export function prepareChains(chains: readonly Chain[], indexed: boolean): ChainMap {
  const inert = inertChains(chains);
  const map = new Map<string, WalkChain>();
  for (const chain of chains) {
    const rules = chain.rules.flatMap((rule, at) => (isInert(rule, inert) ? [] : [cheapFirst(rule, at)]));
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
function cheapFirst(rule: Rule, at: number): WalkRule {
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
  return { text: rule.text, statements, at };
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

function indexOf(rules: readonly WalkRule[]): WalkChain['candidates'] {
  const narrowed = rules.map(narrow);
  const byProtocol = new Map<number, (port: number) => Iterable<WalkRule>>();
  return (protocol, port) => {
    let lookup = byProtocol.get(protocol);
    if (lookup === undefined) {
      const entries: Entry[] = [];
      for (const [at, { protocols, ports }] of narrowed.entries()) {
        const rule = rules[at];
        if (rule !== undefined && (protocols === null || has(protocols, protocol))) entries.push({ rule, at, ports });
      }
      lookup = byPort(entries);
      byProtocol.set(protocol, lookup);
    }
    return lookup(port);
  };
}

interface Entry {
  readonly rule: WalkRule;
  /** Its place in the chain. */
  readonly at: number;
  readonly ports: Intervals<number> | null;
}

/**
 * Rules by port, over the pieces that all ports and ranges cut 0 to 65535 into. The list of a piece is made when first
 * asked for, and rules for any port are in none of them but merged in on the way: neither many ranges nor many rules
 * without a port cost more than their use.
 */
function byPort(entries: readonly Entry[]): (port: number) => Iterable<WalkRule> {
  const anywhere = entries.filter(({ ports }) => ports === null);
  const anyRule = anywhere.map(({ rule }) => rule);
  const exact = new Map<number, Entry[]>();
  const ranged: Entry[] = [];
  const first: number[] = [];
  const last: number[] = [];
  const edges = new Set<number>();
  for (const entry of entries) {
    if (entry.ports === null) continue;
    addEdges(edges, entry.ports);
    for (const [from, to] of normalize(entry.ports)) {
      if (from < to) {
        ranged.push(entry);
        first.push(from);
        last.push(to);
      } else {
        const list = exact.get(from);
        if (list === undefined) exact.set(from, [entry]);
        else list.push(entry);
      }
    }
  }
  const pieceOf = pieces(edges);
  const made = new Map<number, readonly Entry[]>();
  const make = (port: number): readonly Entry[] => {
    // Flat arrays, because there may be thousands of ranges for each of thousands of pieces.
    const here = ranged.filter((_, i) => (first[i] as number) <= port && port <= (last[i] as number));
    return [...mergeInOrder(here, exact.get(port) ?? [])];
  };
  return (port) => {
    const piece = pieceOf(port);
    const own = made.get(piece) ?? make(port);
    made.set(piece, own);
    if (own.length === 0) return anyRule;
    return rulesOf(anywhere.length === 0 ? own : mergeInOrder(anywhere, own));
  };
}

function* rulesOf(entries: Iterable<Entry>): Iterable<WalkRule> {
  for (const { rule } of entries) yield rule;
}

/** Two lists in the order of the chain -> one. No entry is in both: a rule's ports do not overlap. */
function* mergeInOrder(a: readonly Entry[], b: readonly Entry[]): Iterable<Entry> {
  let i = 0;
  let j = 0;
  for (;;) {
    const [x, y] = [a[i], b[j]];
    if (x === undefined && y === undefined) return;
    if (y === undefined || (x !== undefined && x.at < y.at)) {
      if (x !== undefined) yield x;
      i++;
    } else {
      yield y;
      j++;
    }
  }
}
