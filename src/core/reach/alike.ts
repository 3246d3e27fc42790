/**
 * Ways in that no rule tells apart: ports that the same rules name before one of them ends the walk, two addresses of this
 * computer that every rule treats alike, two interfaces that none names. They are walked once. It is part of the index;
 * without it each is walked by itself, with the same answers.
 */
import type { Chain, Effect, Field, Statement, Test } from '../firewalls/netfilter/model.ts';
import { type Intervals, addEdges, has, pieces } from '../intervals.ts';
import type { Family } from '../model.ts';
import type { ByPort, ChainMap } from './chains.ts';
import { onTheWayIn } from './doors.ts';
import { fieldsIn } from './fields.ts';
import { NUMBER, type Start } from './follow.ts';
import { nameMatches } from './match.ts';
import { type AddressSpace, isLinkLocal, isLoopback } from './space.ts';

/** Starts with the same key have the same outcomes, but for the packet's own address, port and interface. Null: walk it. */
export type Alike = (start: Start) => string | null;

/** All that the rules of one machine ask about the way in. */
interface Asked {
  readonly destinations: Record<Family, Set<Intervals<bigint>>>;
  readonly interfaces: Set<string>;
  /** Where some test of a port begins or ceases to hold: all tests, and those by which no rule was found. */
  readonly edges: { readonly all: Set<number>; readonly others: Set<number> };
  /** More is looked at than can be listed: addresses, interfaces and ports are alike only to themselves. */
  exactly: boolean;
}

export function alike(
  chains: readonly Chain[],
  map: ChainMap,
  space: AddressSpace,
  sysctls: ReadonlyMap<string, string>,
): Alike {
  const found = foundByPort(chains, map);
  const asked = whatIsAsked(chains, new Set(found.flatMap(({ tests }) => tests)));
  const bits = (truths: readonly boolean[]): string => truths.map(Number).join('');
  const toOf = (destination: bigint, family: Family): string =>
    [
      space.typeOf(destination, family),
      isLinkLocal(destination, family),
      bits([...asked.destinations[family]].map((set) => has(set, destination))),
    ].join();
  const throughOf = (name: string, family: Family): string =>
    [
      family === 6 ? sysctls.get(`net.ipv6.conf.${name}.disable_ipv6`) : '',
      bits([...asked.interfaces].map((pattern) => nameMatches(pattern, name))),
    ].join();
  const wayOf = ({ interface: name, family, destination }: Start): string | null => {
    if (isLoopback(destination, family) || space.typeOf(destination, family) === 'unicast') return null;
    // What the kernel asks of sources by itself depends on the interface, and it may on the address.
    return asked.exactly || (family === 4 && filters(name, sysctls))
      ? `${family}/${destination}/${name}`
      : `${family}/${toOf(destination, family)}/${throughOf(name, family)}`;
  };
  const [pieceOf, otherPieceOf] = [pieces(asked.edges.all), pieces(asked.edges.others)];
  /** The same text, the same rules that name the port and are come to. */
  const rulesOf = once(({ family, protocol, port }: Start): string => {
    const lists = found.map((one) => (one.families.includes(family) ? one.places(NUMBER[protocol], port) : []));
    return `${otherPieceOf(port)}/${lists.join('/')}`;
  });
  const ways = numbered(wayOf);
  return (start) => {
    const { protocol, family, port } = start;
    const way = ways(start);
    if (way === null) return null;
    const piece = pieceOf(port);
    return `${protocol}/${way}/${asked.exactly ? piece : rulesOf(`${protocol}/${family}/${piece}`, start)}`;
  };
}

/** What the index knows of ports, but for chains before routing: what those do is said with the packet's own port. */
function foundByPort(chains: readonly Chain[], map: ChainMap): readonly (ByPort & Pick<Chain, 'families'>)[] {
  const before = new Set(onTheWayIn(chains));
  return chains.flatMap((chain) => {
    const byPort = before.has(chain) ? null : (map.get(chain.key)?.byPort ?? null);
    return byPort === null ? [] : [{ ...byPort, families: chain.families }];
  });
}

function once(compute: (start: Start) => string): (key: string, start: Start) => string {
  const known = new Map<string, string>();
  return (key, start) => {
    const text = known.get(key) ?? compute(start);
    known.set(key, text);
    return text;
  };
}

/** A number for each way; the same few are asked for with every port. */
function numbered(wayOf: (start: Start) => string | null): (start: Start) => number | null {
  const numbers = new Map<string, number>();
  const known: Readonly<Record<Family, Map<string, Map<bigint, number | null>>>> = { 4: new Map(), 6: new Map() };
  return (start) => {
    const byName = known[start.family];
    const byAddress = byName.get(start.interface) ?? new Map<bigint, number | null>();
    byName.set(start.interface, byAddress);
    let number = byAddress.get(start.destination);
    if (number === undefined) {
      const way = wayOf(start);
      number = way === null ? null : (numbers.get(way) ?? numbers.size);
      if (way !== null && number !== null) numbers.set(way, number);
      byAddress.set(start.destination, number);
    }
    return number;
  };
}

const filters = (name: string, sysctls: ReadonlyMap<string, string>): boolean =>
  ['all', name].some((one) => (sysctls.get(`net.ipv4.conf.${one}.rp_filter`)?.trim() ?? '0') !== '0');

function whatIsAsked(chains: readonly Chain[], found: ReadonlySet<Test>): Asked {
  const asked: Asked = {
    destinations: { 4: new Set(), 6: new Set() },
    interfaces: new Set(),
    edges: { all: new Set(), others: new Set() },
    exactly: false,
  };
  for (const { rules } of chains) {
    for (const { statements } of rules) {
      for (const statement of statements) {
        const byIt = statement.kind === 'test' && found.has(statement.test);
        for (const field of fieldsIn(statement)) noteField(field, byIt, asked);
        for (const effect of effectsOf(statement)) noteEffect(effect, asked);
      }
    }
  }
  return asked;
}

function noteField(field: Field, found: boolean, asked: Asked): void {
  switch (field.on) {
    case 'destination':
    case 'original-destination':
      asked.destinations[field.family].add(field.set);
      break;
    case 'destination-port':
    case 'original-destination-port':
      addEdges(asked.edges.all, field.ports);
      if (!found) addEdges(asked.edges.others, field.ports);
      break;
    case 'in-interface':
      for (const name of field.names) asked.interfaces.add(name);
      break;
    case 'reverse-path':
      asked.exactly = true;
      break;
    case 'address-bits':
      asked.exactly ||= field.of === 'destination';
      break;
    case 'source-type':
    case 'destination-type':
      asked.exactly ||= field.onInterface;
      break;
    // Nothing that two ways in of one protocol and family differ in.
    case 'always':
    case 'any':
    case 'ct-direction':
    case 'ct-mark':
    case 'ct-state':
    case 'ct-status':
    case 'family':
    case 'mark':
    case 'original-source':
    case 'original-source-port':
    case 'out-interface':
    case 'packet-type':
    case 'protocol':
    case 'rate':
    case 'source':
    case 'source-port':
    case 'tcp-flags':
    case 'unknown':
      break;
  }
}

function noteEffect(effect: Effect, asked: Asked): void {
  // What sends packets elsewhere looks at more of the interface than its name; what it leads to is a port of its own.
  if (effect.do === 'unknown') asked.exactly = true;
  if (effect.do !== 'redirect' && effect.do !== 'dnat') return;
  asked.exactly = true;
  if (effect.ports !== null) addEdges(asked.edges.all, effect.ports);
}

const effectsOf = (statement: Statement): readonly Effect[] =>
  statement.kind === 'effect'
    ? [statement.effect]
    : statement.kind === 'choose'
      ? statement.cases.flatMap(({ effect }) => (effect === null ? [] : [effect]))
      : [];
