/** Names in a sentence: the same in every language. */
import { visible } from '../visible.ts';

/** One line in which nothing is hidden, cut where it would never end. */
export function short(text: string, longest: number): string {
  const safe = visible(text);
  return safe.length > longest ? `${safe.slice(0, longest - 1)}…` : safe;
}

/** For names of programs and services. */
export const LONGEST_NAME = 60;
/** For rules. */
export const LONGEST_RULE = 120;

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** `PostgreSQL (postgres)`: what a listener is called, with its program; that is left out where the name says it already. */
export function withProgram(called: string, { program: own }: { readonly program: string | null }): string {
  const name = short(called, LONGEST_NAME);
  const program = own === null ? '' : short(own, LONGEST_NAME);
  const said = program === '' || plain(name).includes(plain(program));
  return said ? name : name.endsWith(')') ? `${name.slice(0, -1)}, ${program})` : `${name} (${program})`;
}

/** Those that are called alike together, in their order. */
export function byName<T>(all: readonly T[], nameOf: (one: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, readonly T[]>();
  for (const one of all) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return [...groups];
}
