/** What a statement looks at. */
import type { Field, Statement, Test } from '../firewalls/netfilter/model.ts';

/** The field of a test, or those of several at once one by one, however deep they stand. */
const fieldsOf = ({ field }: Test): readonly Field[] =>
  field.on === 'any' ? field.rows.flat().flatMap(fieldsOf) : [field];

/** All fields that a statement tests. */
export function fieldsIn(statement: Statement): readonly Field[] {
  if (statement.kind === 'test') return fieldsOf(statement.test);
  return statement.kind === 'choose' ? statement.cases.flatMap(({ tests }) => tests.flatMap(fieldsOf)) : [];
}
