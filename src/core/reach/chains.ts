/**
 * Chains made ready for walking: rules that can never decide are set aside, and the rest is indexed by protocol and
 * destination port, so that a walk looks only at rules that could match. `index: false` looks at every rule; the answers
 * are the same (the bench asserts it), only slower.
 */
import { type Intervals, addEdges, equal, has, normalize, pieces } from '../intervals.ts';
import type { Chain, Field, Rule, Statement, Test } from '../firewalls/netfilter/model.ts';

export interface WalkChain {
  readonly chain: Chain;
  /** ufw hangs its chains into this built-in one, and sets its policy. */
  readonly usedByUfw: boolean;
  /** Rules that could match a packet of this protocol and destination port, in order. */
  readonly candidates: (protocol: number, port: number) => Iterable<WalkRule>;
  /** Null: no rule is found by its port. */
  readonly byPort: ByPort | null;
}

/** What the index knows of the ports that a chain's rules name. */
export interface ByPort {
  /** The places of the rules that name this port, as far as one of them ends the walk of all that comes there. */
  readonly places: (protocol: number, port: number) => readonly number[];
  /** The tests by which they were found. */
  readonly tests: readonly Test[];
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
      ...(indexed ? indexOf(rules) : { candidates: () => rules, byPort: null }),
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
  /** The test that names the ports. */
  readonly by: Test | null;
}

/** What the rule requires of protocol and port before it does anything; null = does not care. */
function narrow(rule: Rule): Narrow {
  let protocols: Intervals<number> | null = null;
  let ports: Intervals<number> | null = null;
  let by: Test | null = null;
  for (const statement of rule.statements) {
    if (statement.kind !== 'test') break;
    const { field, negate } = statement.test;
    if (negate) continue;
    if (field.on === 'protocol') protocols ??= field.protocols;
    if (field.on === 'destination-port' && by === null) [ports, by] = [field.ports, statement.test];
  }
  return { protocols, ports, by };
}

/** Does the rule test nothing else, and end the walk of all that comes to it? */
function endsAll({ statements }: Rule, { protocols, by }: Narrow): boolean {
  for (const statement of statements) {
    if (statement.kind === 'choose') return false;
    if (statement.kind === 'effect') return /^(accept|drop|reject)$/.test(statement.effect.do);
    const { field, negate } = statement.test;
    const same = field.on === 'protocol' && !negate && protocols !== null && equal(field.protocols, protocols);
    if (!same && statement.test !== by) return false;
  }
  return false;
}

function indexOf(rules: readonly WalkRule[]): Pick<WalkChain, 'candidates' | 'byPort'> {
  const entries = rules.map((rule): Entry => ({ rule, ...narrow(rule) }));
  const tests = entries.flatMap(({ by }) => by ?? []);
  const ending = new Set(entries.filter((entry) => endsAll(entry.rule, entry)).map(({ rule }) => rule));
  const byProtocol = new Map<number, Lookup>();
  const of = (protocol: number): Lookup => {
    let lookup = byProtocol.get(protocol);
    if (lookup === undefined) {
      lookup = makeLookup(entries.filter(({ protocols }) => protocols === null || has(protocols, protocol)));
      byProtocol.set(protocol, lookup);
    }
    return lookup;
  };
  const places = (protocol: number, port: number): readonly number[] => {
    const out: number[] = [];
    for (const rule of of(protocol).naming(port)) {
      out.push(rule.at);
      if (ending.has(rule)) break;
    }
    return out;
  };
  return {
    candidates: (protocol, port) => of(protocol).candidates(port),
    byPort: tests.length === 0 ? null : { places, tests },
  };
}

interface Lookup {
  readonly candidates: (port: number) => Iterable<WalkRule>;
  /** Those among them that name the port. */
  readonly naming: (port: number) => Iterable<WalkRule>;
}

interface Entry extends Narrow {
  readonly rule: WalkRule;
}

/**
 * Rules by port, over the pieces that all ports and ranges cut 0 to 65535 into. Those of a piece are looked for as far as
 * a walk comes, and rules for any port are in none of them but merged in on the way: neither many ranges nor many rules
 * without a port cost more than their use.
 */
function makeLookup(entries: readonly Entry[]): Lookup {
  const anywhere: WalkRule[] = [];
  const exact = new Map<number, WalkRule[]>();
  const ranged: WalkRule[] = [];
  // Flat arrays, because there may be thousands of ranges for each of thousands of pieces.
  const first: number[] = [];
  const last: number[] = [];
  const edges = new Set<number>();
  for (const { rule, ports } of entries) {
    if (ports === null) {
      anywhere.push(rule);
      continue;
    }
    addEdges(edges, ports);
    for (const [from, to] of normalize(ports)) {
      if (from < to) {
        ranged.push(rule);
        first.push(from);
        last.push(to);
      } else {
        const list = exact.get(from);
        if (list === undefined) exact.set(from, [rule]);
        else list.push(rule);
      }
    }
  }
  if (edges.size === 0) return { candidates: () => anywhere, naming: () => [] };
  const pieceOf = pieces(edges);
  const known = new Map<number, Iterable<WalkRule>>();
  function* around(port: number): Generator<WalkRule> {
    for (let i = 0; i < ranged.length; i++)
      if ((first[i] as number) <= port && port <= (last[i] as number)) yield ranged[i] as WalkRule;
  }
  const naming = (port: number): Iterable<WalkRule> => {
    const piece = pieceOf(port);
    const own = known.get(piece) ?? remembered(mergeInOrder(exact.get(port) ?? [], around(port)));
    known.set(piece, own);
    return own;
  };
  return {
    candidates: (port) => (anywhere.length === 0 ? naming(port) : mergeInOrder(anywhere, naming(port))),
    naming,
  };
}

/** What was found once is not looked for again. */
function remembered<T>(source: Iterator<T>): Iterable<T> {
  const found: T[] = [];
  return {
    *[Symbol.iterator]() {
      for (let i = 0; ; i++) {
        if (i === found.length) {
          const next = source.next();
          if (next.done === true) return;
          found.push(next.value);
        }
        yield found[i] as T;
      }
    },
  };
}

/** Two lists in the order of the chain -> one. No rule is in both: a rule's ports do not overlap. */
function* mergeInOrder(a: readonly WalkRule[], b: Iterable<WalkRule>): Generator<WalkRule> {
  let i = 0;
  for (const rule of b) {
    for (; i < a.length && (a[i] as WalkRule).at < rule.at; i++) yield a[i] as WalkRule;
    yield rule;
  }
  for (; i < a.length; i++) yield a[i] as WalkRule;
}
