/**
 * ufw's own numbers for places in its list: IPv4 rules are counted first, and all rules of one application profile as one,
 * while the list itself holds each of them. Source: ufw 0.36.2, frontend.py `set_rule`, backend.py `get_rules_count`,
 * backend_iptables.py `set_rule`.
 */
import type { Family, UfwTuple } from '../../model.ts';

const ofApp = (tuple: UfwTuple | undefined): tuple is UfwTuple =>
  tuple !== undefined && (tuple.dapp !== null || tuple.sapp !== null);

/** What ufw takes for one rule of an application profile. */
const profile = ({ dapp, sapp, dport, sport, dst, src, direction, interfaceIn, interfaceOut }: UfwTuple): string =>
  [dapp ?? dport, dst, sapp ?? sport, src, interfaceIn ?? interfaceOut ?? direction].join(' ');

function counted(tuples: readonly UfwTuple[], family: Family): number {
  const own = tuples.filter((tuple) => tuple.family === family);
  return own.filter((tuple) => !ofApp(tuple)).length + new Set(own.filter(ofApp).map(profile)).size;
}

const sameApp = (a: UfwTuple | undefined, b: UfwTuple | undefined): boolean =>
  ofApp(a) && ofApp(b) && (['dst', 'src', 'dapp', 'sapp'] as const).every((key) => a[key] === b[key]);

/** Where `insert NUMBER` puts a rule among those of its family, from 0; null where ufw refuses, or takes another place. */
export function indexOfNumber(tuples: readonly UfwTuple[], family: Family, number: number): number | null {
  const ahead = family === 6 ? counted(tuples, 4) : 0;
  const index = number - ahead - 1;
  const own = tuples.filter((tuple) => tuple.family === family);
  if (index < 0 || index >= counted(tuples, family) || sameApp(own[index - 1], own[index])) return null;
  return index;
}

/** The number for a place (from 0) in its family; null: the end, which has none; undefined: ufw cannot say it. */
export function numberOfIndex(tuples: readonly UfwTuple[], family: Family, index: number): number | null | undefined {
  if (index === tuples.filter((tuple) => tuple.family === family).length) return null;
  const number = (family === 6 ? counted(tuples, 4) : 0) + index + 1;
  return indexOfNumber(tuples, family, number) === index ? number : undefined;
}
