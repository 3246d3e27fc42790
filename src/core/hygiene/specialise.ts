/**
 * Copies of the chains of one hook in which everything that the engine knows about a first packet only, or about this
 * machine as it is now, is either fixed for one kind of packet or left open (`unknown`: may hold and may not).
 *
 * A rule is called useless only if it is so for every packet of every connection, whatever address the machine has
 * tomorrow: so tests of connection status, of the machine's own addresses and of named sets, which change while the
 * rules stay, are left open.
 */
import { ruleDoubt } from '../gaps/index.ts';
import type { Case, Chain, Field, Rule, Statement, Test } from '../firewalls/netfilter/model.ts';
import type { CtState } from '../firewalls/netfilter/model.ts';

/** What is the same for all packets that walk these copies. */
export interface Kind {
  readonly state: CtState;
  /** TCP's flags; null for what is not TCP. */
  readonly flags: number | null;
  readonly headers: Headers;
}

/** Are headers there that ordinary packets do not have, and that a rule asks for? `some`: of several, some may be. */
export type Headers = 'none' | 'all' | 'some';

/** A test that no first packet of an ordinary connection passes: for a fragment, or a header that it does not have. */
export const asksForMore = ({ field, negate }: Test): boolean =>
  (field.on === 'always' && negate) || (field.on === 'any' && field.rows.length === 0);

const open = (text: string): Test => ({ field: { on: 'unknown', doubt: ruleDoubt(text) }, negate: false });
const settled = (holds: boolean): Test => ({ field: { on: 'always' }, negate: !holds });

export const specialise = (chain: Chain, kind: Kind): Chain => ({
  ...chain,
  rules: chain.rules.map((rule) => specialiseRule(rule, kind)),
});

const NAMED_SET = / @|--match-set /;

function specialiseRule(rule: Rule, kind: Kind): Rule {
  if (!NAMED_SET.test(rule.text)) return { ...rule, statements: rule.statements.map((one) => of(one, kind)) };
  const text = `${rule.text}: what is in the set changes`;
  return {
    ...rule,
    statements: [
      { kind: 'test', test: open(text) },
      ...rule.statements.flatMap((statement): readonly Statement[] =>
        statement.kind === 'test'
          ? []
          : statement.kind === 'effect'
            ? [statement]
            : [{ ...statement, cases: statement.cases.map((one): Case => ({ ...one, tests: [open(text)] })) }],
      ),
    ],
  };
}

function of(statement: Statement, kind: Kind): Statement {
  switch (statement.kind) {
    case 'test':
      return { kind: 'test', test: ofTest(statement.test, kind) };
    case 'effect':
      return statement;
    case 'choose':
      return {
        kind: 'choose',
        cases: statement.cases.map(({ tests, effect }) => ({ effect, tests: tests.map((test) => ofTest(test, kind)) })),
      };
  }
}

function ofTest(test: Test, kind: Kind): Test {
  const { field, negate } = test;
  if (asksForMore(test)) return kind.headers === 'some' ? open('header') : settled(kind.headers === 'all');
  if (isLeftOpen(field, kind.state)) return open(field.on);
  if (field.on === 'ct-state') return settled(field.states.includes(kind.state) !== negate);
  if (field.on === 'any')
    return { negate, field: { on: 'any', rows: field.rows.map((row) => row.map((one) => ofTest(one, kind))) } };
  // What is not TCP has no flags: the engine knows that.
  return field.on === 'tcp-flags' && kind.flags !== null
    ? settled(((kind.flags & field.mask) === field.value) !== negate)
    : test;
}

/** Is it neither known nor one of the cuts, whether the test holds for packets of this state? */
export function isLeftOpen(field: Field, state: CtState): boolean {
  if (field.on === 'destination-type') return field.onInterface;
  // Asked for like states, and told by the translation of addresses.
  if (field.on === 'ct-state')
    return !field.states.includes(state) && field.states.some((one) => one === 'dnat' || one === 'snat');
  return !CUT.has(field.on);
}

/**
 * What the classes are cut by, or the sets of sources split by. Everything else is left open: it tells of the connection,
 * of its first packet's way here, or of this machine as it is now.
 */
const CUT: ReadonlySet<Field['on']> = new Set([
  'always',
  'in-interface',
  'out-interface',
  'source',
  'destination',
  'family',
  'protocol',
  'source-port',
  'destination-port',
  'tcp-flags',
  'rate',
  'unknown',
  'any',
] as const);
