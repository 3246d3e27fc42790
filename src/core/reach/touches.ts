/** What a base chain, and those that it visits, changes of a packet and looks at: whether the order of two of them matters. */
import type { Chain, Effect, Field, Statement } from '../firewalls/netfilter/model.ts';
import type { ChainMap, WalkChain } from './chains.ts';
import { fieldsIn } from './fields.ts';

/** `settled`: a nat chain has had its say, and the next ones are not asked. `tracking`: whether the packet is tracked. */
type Thing = 'mark' | 'ct-mark' | 'source' | 'destination' | 'tracking' | 'settled';

interface Touches {
  readonly changes: ReadonlySet<Thing>;
  readonly looksAt: ReadonlySet<Thing>;
}

/** Could the order of two chains change what becomes of a packet? What drops, drops in either order. */
export type Matters = (a: WalkChain, b: WalkChain) => boolean;

export function orderMatters(map: ChainMap): Matters {
  const known = new Map<string, Touches>();
  const touched = ({ chain }: WalkChain): Touches => {
    const found = known.get(chain.key) ?? touchesOf(chain, map);
    known.set(chain.key, found);
    return found;
  };
  return (a, b) => {
    const [one, two] = [touched(a), touched(b)];
    return changesFor(one, two) || changesFor(two, one);
  };
}

const changesFor = (one: Touches, two: Touches): boolean =>
  [...one.changes].some((thing) => two.looksAt.has(thing) || two.changes.has(thing));

function touchesOf(start: Chain, map: ChainMap): Touches {
  const seen = new Set([start.key]);
  const changes = new Set<Thing>();
  const looksAt = new Set<Thing>();
  let stops = start.base?.policy === 'drop';
  for (const key of seen) {
    for (const statement of map.get(key)?.chain.rules.flatMap((rule) => rule.statements) ?? []) {
      for (const field of fieldsIn(statement)) for (const thing of seenBy(field)) looksAt.add(thing);
      for (const effect of effectsIn(statement)) {
        if (effect.do === 'jump' || effect.do === 'goto') seen.add(effect.chain);
        stops ||= effect.do === 'drop' || effect.do === 'reject' || effect.do === 'unknown';
        for (const thing of changedBy(effect)) changes.add(thing);
        for (const thing of neededBy(effect)) looksAt.add(thing);
      }
    }
  }
  if (start.base?.type === 'nat') {
    looksAt.add('tracking');
    if (stops || changes.size > 0) looksAt.add('settled');
  }
  return { changes, looksAt };
}

function seenBy(field: Field): readonly Thing[] {
  switch (field.on) {
    case 'destination':
    case 'destination-port':
    case 'destination-type':
    case 'packet-type':
      return ['destination'];
    case 'source':
    case 'source-port':
      return ['source'];
    case 'source-type':
      return ['source', 'destination'];
    case 'address-bits':
      return [field.of === 'destination' ? 'destination' : 'source'];
    case 'reverse-path':
      return field.usesMark ? ['source', 'destination', 'mark'] : ['source', 'destination'];
    case 'ct-state':
      return [
        'tracking',
        ...(field.states.includes('dnat') ? (['destination'] as const) : []),
        ...(field.states.includes('snat') ? (['source'] as const) : []),
      ];
    case 'ct-status':
      return ['tracking', 'source', 'destination'];
    case 'ct-direction':
    case 'original-source':
    case 'original-source-port':
    case 'original-destination':
    case 'original-destination-port':
      return ['tracking'];
    case 'mark':
      return ['mark'];
    case 'ct-mark':
      return ['ct-mark', 'tracking'];
    // Nothing that a chain could change. Both ways of what is not understood, or counts, are followed in any order.
    case 'always':
    case 'any':
    case 'family':
    case 'in-interface':
    case 'out-interface':
    case 'protocol':
    case 'rate':
    case 'tcp-flags':
    case 'unknown':
      return [];
  }
}

function changedBy(effect: Effect): readonly Thing[] {
  switch (effect.do) {
    case 'set-mark':
    case 'forget-mark':
      return [effect.target];
    case 'copy-mark':
      return [effect.from === 'mark' ? 'ct-mark' : 'mark'];
    case 'notrack':
    case 'template':
      return ['tracking'];
    case 'redirect':
    case 'dnat':
      return ['destination', 'settled'];
    case 'snat':
      return ['source', 'settled'];
    case 'accept':
    case 'drop':
    case 'reject':
    case 'return':
    case 'jump':
    case 'goto':
    case 'unknown':
      return [];
  }
}

function neededBy(effect: Effect): readonly Thing[] {
  if (effect.do === 'copy-mark') return [effect.from, 'tracking'];
  return (effect.do === 'set-mark' || effect.do === 'forget-mark') && effect.target === 'ct-mark' ? ['tracking'] : [];
}

export const effectsIn = (statement: Statement): readonly Effect[] =>
  statement.kind === 'effect'
    ? [statement.effect]
    : statement.kind === 'choose'
      ? statement.cases.flatMap(({ effect }) => (effect === null ? [] : [effect]))
      : [];
