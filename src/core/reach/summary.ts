/** What a summary needs to know beyond the places: read out of a finished reach, for every face alike. */
import { type AddressSet, parseAddress, parseRange, setOf } from '../address.ts';
import { minus } from '../intervals.ts';
import type {
  Deciding,
  Family,
  InterfaceKind,
  ListenerReach,
  Place,
  PlaceKind,
  Reach,
  Report,
  TraceStep,
} from '../model.ts';
import { NOT_PUBLIC, isPublicText } from './places.ts';

type Ways = Pick<ListenerReach, 'reach'>;

/** Who gets in, in whatever form. */
type Lets<Part extends 'open' | 'limited' | 'unknown'> = Readonly<Record<Part, readonly unknown[]>>;

/** Does somebody get in by this way? */
export const letsThrough = ({ open, limited }: Lets<'open' | 'limited'>): boolean => open.length + limited.length > 0;

/** The same, or it cannot be told. */
export const mayLetThrough = (way: Lets<'open' | 'limited' | 'unknown'>): boolean =>
  letsThrough(way) || way.unknown.length > 0;

/** What kind of network a place is: the interface's own kind where it is a plain network. */
export const networkKind = (
  { kind, interface: name }: Pick<Place, 'kind' | 'interface'>,
  interfaces: Report['interfaces'],
): InterfaceKind | PlaceKind => (kind === 'lan' ? (interfaces.find((one) => one.name === name)?.kind ?? kind) : kind);

const TUNNELS: ReadonlySet<string> = new Set(['vpn', 'tailnet', 'container', 'loopback']);

/**
 * Would somebody on the internet, who is not led here otherwise, get through if a router led him here? It is so where public
 * sources are let in at a private IPv4 address of a real network, or at a public address of another network than the one
 * they would come by. Whether a router does that cannot be seen from this computer.
 */
export const routerMayForward = ({ reach }: Ways, interfaces: Report['interfaces']): boolean =>
  reach.some((way) => {
    const kind = interfaces.find(({ name }) => name === way.interface)?.kind ?? 'other';
    if (isGroup(way.address, interfaces)) return false;
    if (isPublicText(way.address) ? kind === 'container' : way.family === 6 || TUNNELS.has(kind)) return false;
    const through = setOf([...way.open, ...way.limited], way.family) ?? [];
    return minus(minus(through, NOT_PUBLIC[way.family]), networksOf(interfaces, way.family)).length > 0;
  });

/** Whoever is on them is a neighbour, whatever address that network has. */
const networksOf = (interfaces: Report['interfaces'], family: Family): AddressSet =>
  setOf(
    interfaces.flatMap(({ addresses }) => addresses).filter((text) => parseRange(text) !== null),
    family,
  ) ?? [];

/**
 * May it be said that the internet does not get in directly, though a router may lead it here? Only where it is known that it
 * does not: where that cannot be told, nothing of the kind is said.
 */
export const notDirectly = (reach: ListenerReach, interfaces: Report['interfaces']): boolean =>
  reach.exposureComplete &&
  reach.exposure !== 'internet' &&
  reach.places.every(({ kind, verdict }) => kind !== 'internet' || verdict === 'blocked') &&
  routerMayForward(reach, interfaces);

/** An interface that ways come in by, and the addresses that are spoken to there; `groups`: by which many are, at once. */
interface Entrance {
  readonly name: string;
  readonly kind: InterfaceKind;
  readonly own: readonly string[];
  readonly groups: readonly string[];
}

/** Each interface once, in the order of the ways. */
export function entrancesOf(
  ways: readonly Pick<Reach, 'interface' | 'address'>[],
  interfaces: Report['interfaces'],
): readonly Entrance[] {
  return [...new Set(ways.map((way) => way.interface))].map((name) => {
    const addresses = ways.filter((way) => way.interface === name).map(({ address }) => address);
    const groups = addresses.filter((address) => isGroup(address, interfaces));
    return {
      name,
      kind: interfaces.find((one) => one.name === name)?.kind ?? 'other',
      own: addresses.filter((address) => !groups.includes(address)),
      groups,
    };
  });
}

/** Is that an address by which many are spoken to at once: a multicast group, or the broadcast of a network? */
export function isGroup(address: string, interfaces: Report['interfaces']): boolean {
  const read = parseAddress(address);
  if (read === null) return false;
  if (read.family === 6) return read.value >> 120n === 0xffn;
  if (read.value >> 28n === 0xen || read.value === 0xffffffffn) return true;
  return interfaces.some(({ addresses }) =>
    addresses.some((text) => {
      const network = parseRange(text);
      return network?.family === 4 && !/\/3[12]$/.test(text) && network.range[1] === read.value;
    }),
  );
}

/** Does only that get through which is sent to many at once? */
export function onlyGroups({ reach }: Ways, interfaces: Report['interfaces']): boolean {
  const through = reach.filter(letsThrough);
  return through.length > 0 && through.every(({ address }) => isGroup(address, interfaces));
}

/** All sources that get through by any way, as texts, each once; one address without the length of its network. */
export const sourcesThrough = ({ reach }: Ways): readonly string[] => [
  ...new Set(reach.flatMap(({ open, limited }) => [...open, ...limited].map(bareAddress))),
];

/** `192.168.1.50/32` -> `192.168.1.50`; a network as it is. */
export const bareAddress = (range: string): string => range.replace(/^([\d.]+)\/32$|^(.*:.*)\/128$/, '$1$2');

/**
 * The rules that let somebody in, each once; where nobody is let in, those that turn away. One that only perhaps does (it may
 * be for another program, or its part of the rules was not read) is left out where another one does for certain.
 */
export function decidingRules({ reach }: Ways): { readonly letIn: boolean; readonly rules: readonly Deciding[] } {
  const through = reach.filter(letsThrough);
  const letIn = through.length > 0;
  const ways = letIn ? through : reach.filter(({ unknown }) => unknown.length === 0);
  const rules = new Map(
    ways.flatMap((way) => certain(way, letIn)).map((deciding) => [`${deciding.firewall} ${deciding.rule}`, deciding]),
  );
  return { letIn, rules: [...rules.values()] };
}

function certain({ decidedBy, trace }: Reach, letIn: boolean): readonly Deciding[] {
  const by = (deciding: Deciding): readonly TraceStep[] =>
    trace.filter(
      ({ decides, firewall, words }) =>
        (letIn ? decides === 'open' || decides === 'limited' : decides === 'blocked') &&
        firewall === deciding.firewall &&
        words === deciding.rule,
    );
  const sure = decidedBy.filter((deciding) => by(deciding).some(({ when }) => when !== 'perhaps'));
  return sure.length > 0 ? sure : decidedBy;
}

/**
 * The steps that are worth reading: visits to other chains are told by the chain in which they ended, and policies that
 * let everything by only where nothing else decided.
 */
export function tellingSteps({ trace }: Pick<Reach, 'trace'>): readonly TraceStep[] {
  const seen = new Set<string>();
  return trace.filter((step) => {
    if (/^(jump|goto|return)\b/.test(step.effect)) return false;
    if (step.effect === 'accept' && step.rule.startsWith('policy ')) {
      if (step.decides === null || !/^(input|forward)$/.test(step.hook)) return false;
    }
    // Several tables may have chains of one name and one policy.
    const same = JSON.stringify([step.hook, step.chain, step.words, step.effect, step.sources]);
    if (seen.has(same)) return false;
    seen.add(same);
    return true;
  });
}

/** Ways that are answered alike by the same rules, together; the widest first. Everyone of one family is everyone of the other. */
export function alikeWays({ reach }: Ways): readonly (readonly [Reach, ...Reach[]])[] {
  const groups = new Map<string, [Reach, ...Reach[]]>();
  for (const way of reach) {
    const steps = tellingSteps(way).map(({ hook, chain, words, effect, when, decides, share, sources }) => [
      hook,
      chain.replace(/^ufw6-/, 'ufw-'),
      words,
      effect,
      when,
      decides,
      share === 'some' ? sources : share,
    ]);
    const sets = [way.open, way.limited, way.unknown].map((list) => (isEveryone(list) ? 'everyone' : list));
    const key = JSON.stringify([way.port, sets, steps.length > 0 ? steps : way.decidedBy, way.reasons]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [way]);
    else group.push(way);
  }
  return [...groups.values()].sort(([a], [b]) => rank(a) - rank(b));
}

export const isEveryone = (list: readonly string[]): boolean =>
  list.length === 1 && (list[0] === '0.0.0.0/0' || list[0] === '::/0');

const rank = ({ open, limited, unknown }: Reach): number =>
  open.length > 0 ? 0 : limited.length > 0 ? 1 : unknown.length > 0 ? 2 : 3;
