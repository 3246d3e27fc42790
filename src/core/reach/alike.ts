/**
 * Ways in that no rule tells apart: two addresses of this computer that every rule treats alike, two interfaces that none
 * names. They are walked once. It is part of the index; without it each is walked by itself, with the same answers.
 */
import type { Chain, Field } from '../firewalls/netfilter/model.ts';
import { type Intervals, has } from '../intervals.ts';
import type { Family } from '../model.ts';
import { fieldsIn } from './fields.ts';
import type { Start } from './follow.ts';
import { nameMatches } from './match.ts';
import { type AddressSpace, isLinkLocal, isLoopback } from './space.ts';

/** Starts with the same key have the same outcomes, but for the packet's own address and interface. Null: walk it. */
export type Alike = (start: Start) => string | null;

export function alike(chains: readonly Chain[], space: AddressSpace, sysctls: ReadonlyMap<string, string>): Alike {
  const sets: Record<Family, Set<Intervals<bigint>>> = { 4: new Set(), 6: new Set() };
  const names = new Set<string>();
  for (const chain of chains) {
    for (const rule of chain.rules) {
      for (const statement of rule.statements) {
        // What sends packets elsewhere looks at more of the interface than its name.
        if (statement.kind !== 'test' && effectsOf(statement).some((effect) => MOVES.has(effect))) return () => null;
        for (const field of fieldsIn(statement)) {
          if (looksAtInterface(field)) return () => null;
          if (field.on === 'destination' || field.on === 'original-destination') sets[field.family].add(field.set);
          if (field.on === 'in-interface') for (const name of field.names) names.add(name);
        }
      }
    }
  }
  const known = new Map<string, string>();
  const once = (key: string, compute: () => string): string => {
    const found = known.get(key) ?? compute();
    known.set(key, found);
    return found;
  };
  const bits = (truths: readonly boolean[]): string => truths.map(Number).join('');
  return ({ interface: name, family, destination, protocol, port }) => {
    if (isLoopback(destination, family) || space.typeOf(destination, family) === 'unicast') return null;
    const to = once(`${family} ${destination}`, () =>
      [
        space.typeOf(destination, family),
        isLinkLocal(destination, family),
        bits([...sets[family]].map((set) => has(set, destination))),
      ].join(),
    );
    const through = once(`${family} ${name}`, () =>
      [
        family === 6 ? sysctls.get(`net.ipv6.conf.${name}.disable_ipv6`) : '',
        bits([...names].map((pattern) => nameMatches(pattern, name))),
      ].join(),
    );
    return `${protocol}/${port}/${family}/${to}/${through}`;
  };
}

const MOVES = new Set(['redirect', 'dnat', 'unknown']);

type Doing = Exclude<Chain['rules'][number]['statements'][number], { kind: 'test' }>;

const effectsOf = (statement: Doing): readonly string[] =>
  statement.kind === 'effect'
    ? [statement.effect.do]
    : statement.cases.flatMap(({ effect }) => (effect === null ? [] : [effect.do]));

const looksAtInterface = (field: Field): boolean =>
  (field.on === 'source-type' || field.on === 'destination-type') && field.onInterface;
