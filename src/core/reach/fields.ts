/** What a statement looks at. */
import type { Chain, Field, Statement, Test } from '../firewalls/netfilter/model.ts';
import type { Family } from '../model.ts';

/** The field of a test, or those of several at once one by one, however deep they stand. */
const fieldsOf = ({ field }: Test): readonly Field[] =>
  field.on === 'any' ? field.rows.flat().flatMap(fieldsOf) : [field];

/** All fields that a statement tests. */
export function fieldsIn(statement: Statement): readonly Field[] {
  if (statement.kind === 'test') return fieldsOf(statement.test);
  return statement.kind === 'choose' ? statement.cases.flatMap(({ tests }) => tests.flatMap(fieldsOf)) : [];
}

/** Addresses at which some test of a destination begins or ceases to hold. */
export function destinationEdges(chains: readonly Chain[], family: Family): readonly bigint[] {
  const edges = new Set<bigint>();
  for (const field of chains.flatMap(({ rules }) => rules.flatMap(({ statements }) => statements.flatMap(fieldsIn)))) {
    if ((field.on !== 'destination' && field.on !== 'original-destination') || field.family !== family) continue;
    for (const [first, last] of field.set) edges.add(first).add(last + 1n);
  }
  return [...edges];
}
