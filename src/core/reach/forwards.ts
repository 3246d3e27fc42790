/**
 * Doors that lead on: ports that rules forward to a container, a guest or another computer. They are open whether or not
 * anything listens here, so they are looked for in the rules. The other way to the same place is its own address, which a
 * neighbour reaches who adds a route through this computer.
 */
import { type AddressSet, EVERYTHING, formatAddress, formatSet } from '../address.ts';
import { type Intervals, has, intersect } from '../intervals.ts';
import type { Chain, Netfilter } from '../firewalls/netfilter/model.ts';
import type { Family, Forward, Protocol } from '../model.ts';
import { ANY, type Conditional, edgesOf, effectsOf, onTheWayIn } from './doors.ts';
import { NUMBER, follow } from './follow.ts';
import type { Outcome, Paths } from './path.ts';
import { type WayIn, summarize } from './places.ts';
import { firewallOf, withPort } from './tools.ts';
import { foundIn, mergeAlike, toWayIn } from './ways.ts';

/** A rule that sends packets to an address that is not this computer's. */
interface Lead {
  readonly protocols: readonly Protocol[];
  readonly family: Family;
  readonly from: Intervals<number>;
  readonly set: AddressSet;
  /** null: the port that was knocked at. */
  readonly toPort: number | null;
  readonly chain: Chain;
  readonly rule: string;
  readonly firewall: string;
  readonly container: string | null;
}

export function forwardsOf(netfilter: Netfilter, paths: Paths): readonly Forward[] {
  const before = onTheWayIn(netfilter.chains);
  const leads = before.flatMap((chain) => chain.rules.flatMap((rule) => leadsOf(chain, rule, netfilter, paths)));
  if (leads.length === 0) return [];
  const edges = edgesOf(netfilter.chains, new Set(netfilter.chains));
  const found = new Map<string, Forward>();
  for (const lead of leads) {
    for (const protocol of lead.protocols) {
      for (const forward of throughRule(lead, protocol, edges, paths)) {
        const known = found.get(forward.id);
        found.set(forward.id, known === undefined ? forward : wider(known, forward));
      }
    }
  }
  const doors = [...found.values()];
  const direct = leads.flatMap((lead) =>
    lead.protocols.flatMap((protocol) => byItsOwnAddress(lead, protocol, doors, paths)),
  );
  for (const forward of direct) if (!found.has(forward.id)) found.set(forward.id, forward);
  return [...found.values()];
}

function leadsOf(chain: Chain, rule: Chain['rules'][number], netfilter: Netfilter, { space }: Paths): readonly Lead[] {
  return effectsOf(rule).flatMap(({ effect, tests }: Conditional): readonly Lead[] => {
    if (effect.do !== 'dnat' || effect.set === null) return [];
    const family: Family = familyOf(tests, chain);
    const [first] = effect.set;
    // What stays on this computer is a second door to what listens here.
    if (first === undefined || space.typeOf(first[0], family) !== 'unicast') return [];
    let from = ANY;
    let protocols: readonly Protocol[] = ['tcp', 'udp'];
    for (const { field, negate } of tests) {
      if (negate) continue;
      if (field.on === 'destination-port' || field.on === 'original-destination-port')
        from = intersect(from, field.ports);
      if (field.on === 'protocol') protocols = protocols.filter((name) => has(field.protocols, NUMBER[name]));
    }
    const toPort = effect.ports?.[0]?.[0] ?? null;
    const firewall = firewallOf(chain.key, chain.name, rule.text);
    const container = containerOf(chain, rule.text, from, netfilter);
    return [{ protocols, family, from, set: effect.set, toPort, chain, rule: rule.text, firewall, container }];
  });
}

function familyOf(tests: Conditional['tests'], chain: Chain): Family {
  for (const { field } of tests) {
    if (field.on === 'family' && field.families.length === 1) return field.families[0] as Family;
    if (field.on === 'source' || field.on === 'destination') return field.family;
  }
  return chain.families[0] ?? 4;
}

/** One for each part of the ports within which all rules act alike. */
function throughRule(lead: Lead, protocol: Protocol, edges: readonly number[], paths: Paths): readonly Forward[] {
  const out: Forward[] = [];
  for (const [first, last] of segments(lead.from, edges)) {
    const ways: WayIn[] = [];
    for (const entry of paths.space.interfaces) {
      if (entry.kind === 'loopback' || !entry.up) continue;
      for (const destination of paths.space.answering(entry.name, lead.family)) {
        const knock = { family: lead.family, entry, destination, port: first };
        const start = {
          protocol,
          interface: entry.name,
          family: lead.family,
          destination: destination.value,
          port: first,
          sources: EVERYTHING[lead.family],
        };
        const outcomes = follow(start, paths);
        if (!outcomes.some((outcome) => passes(outcome, lead))) continue;
        const counted = outcomes.map(
          (outcome): Outcome => (passes(outcome, lead) ? outcome : { ...outcome, verdict: 'blocked' }),
        );
        ways.push(toWayIn(foundIn(counted, lead.family, leaves, true, paths.ranks), knock, paths.space));
      }
    }
    // What other rules leave nothing of is told only where the rule is about this one port.
    if (ways.length === 0 && !isOnePort(lead.from)) continue;
    out.push({ ...named(lead, protocol, first, last, paths), ...summarize(mergeAlike(ways), false) });
  }
  return out;
}

const isOnePort = ([only, ...more]: Intervals<number>): boolean =>
  only !== undefined && more.length === 0 && only[0] === only[1];

/** Does this outcome's way lead through that rule? Where the rule is only guessed to be passed, too. */
function passes({ flow }: Outcome, { chain, rule }: Lead): boolean {
  for (let step = flow.passed; step !== null; step = step.before)
    if (step.chainKey === chain.key && step.rule === rule && step.effect === 'dnat') return true;
  return false;
}

const leaves = ({ flow: { packet } }: Outcome): boolean => packet.outInterface !== null;

/** `from` cut at the edges. */
function segments(from: Intervals<number>, edges: readonly number[]): readonly (readonly [number, number])[] {
  return from.flatMap(([first, last]) => {
    const cuts = [...new Set([first, ...edges.filter((edge) => edge > first && edge <= last)])].sort((a, b) => a - b);
    return cuts.map((cut, index): readonly [number, number] => [cut, (cuts[index + 1] ?? last + 1) - 1]);
  });
}

type Named = Pick<Forward, 'id' | 'protocol' | 'port' | 'lastPort' | 'via' | 'to' | 'firewall' | 'container'>;

function named(lead: Lead, protocol: Protocol, first: number, last: number, paths: Paths): Named {
  const address = addressOf(lead);
  const port = lead.toPort ?? first;
  return {
    id: `${protocol}/${first}>${withPort(address, port)}`,
    protocol,
    port: first,
    lastPort: last,
    via: 'rule',
    to: { address, port, ...placeOf(lead, paths) },
    firewall: lead.firewall,
    container: lead.container,
  };
}

function addressOf({ set, family }: Lead): string {
  const [only] = set;
  if (only !== undefined && set.length === 1 && only[0] === only[1]) return formatAddress({ family, value: only[0] });
  return formatSet(set, family).join(', ');
}

const GUESTS = /^(virbr|vnet|vmnet|vboxnet|lxdbr|lxcbr|incusbr)/;
const MAKERS: Readonly<Record<string, Forward['to']['kind']>> = {
  docker: 'container',
  podman: 'container',
  kubernetes: 'container',
  libvirt: 'guest',
  incus: 'guest',
};

function placeOf(lead: Lead, { space }: Paths): Pick<Forward['to'], 'interface' | 'kind'> {
  const out = space.routeFor(lead.set[0]?.[0] ?? 0n, lead.family);
  const name = out?.interface ?? null;
  const attached = space.interfaces.find((entry) => entry.name === name);
  const kind =
    MAKERS[lead.firewall] ??
    (name !== null && GUESTS.test(name) ? 'guest' : attached?.kind === 'container' ? 'container' : 'computer');
  return { interface: name, kind };
}

const ID = /\bid: \\?"?([0-9a-f]{12,64})/;

/** Podman notes in the rule that leads to its chain for a port which container that is for. */
function containerOf(chain: Chain, rule: string, from: Intervals<number>, { chains }: Netfilter): string | null {
  const callers = chains.flatMap(({ rules }) =>
    rules.filter((one) =>
      effectsOf(one).some(
        ({ effect, tests }) => effect.do === 'jump' && effect.chain === chain.key && meets(tests, from),
      ),
    ),
  );
  const ids = new Set(
    [rule, ...callers.map(({ text }) => text)].flatMap((text) => ID.exec(text)?.[1]?.slice(0, 12) ?? []),
  );
  return ids.size === 1 ? ([...ids][0] ?? null) : null;
}

/** Could these tests hold for one of the ports? */
const meets = (tests: Conditional['tests'], ports: Intervals<number>): boolean =>
  tests.every(
    ({ field, negate }) => negate || field.on !== 'destination-port' || intersect(field.ports, ports).length > 0,
  );

/** Of two rules for the same door, the first that lets somebody through. */
const wider = (a: Forward, b: Forward): Forward => (a.exposure === 'self' && a.exposureComplete ? b : a);

/** Neighbours that speak to the place by its own address. Its own network needs no help for that. */
function byItsOwnAddress(lead: Lead, protocol: Protocol, doors: readonly Forward[], paths: Paths): readonly Forward[] {
  const [only] = lead.set;
  const { interface: out, kind } = placeOf(lead, paths);
  if (only === undefined || lead.set.length > 1 || only[0] !== only[1] || out === null || kind === 'computer')
    return [];
  const address = addressOf(lead);
  const ports = new Set(
    doors.flatMap(({ protocol: of, via, to }) =>
      of === protocol && via === 'rule' && to.address === address ? [to.port] : [],
    ),
  );
  return [...ports].flatMap((port): readonly Forward[] => {
    const ways = paths.space.interfaces.flatMap((entry): readonly WayIn[] => {
      if (entry.kind === 'loopback' || !entry.up || entry.name === out) return [];
      const destination = { text: address, value: only[0], own: true };
      const start = {
        protocol,
        interface: entry.name,
        family: lead.family,
        destination: only[0],
        port,
        sources: EVERYTHING[lead.family],
      };
      const untouched = ({ flow: { packet } }: Outcome): boolean => packet.outInterface === out && !packet.dnat;
      const found = foundIn(follow(start, paths), lead.family, untouched, true, paths.ranks);
      return [toWayIn(found, { family: lead.family, entry, destination, port }, paths.space)];
    });
    return [
      {
        ...named(lead, protocol, port, port, paths),
        id: `${protocol}/${withPort(address, port)}`,
        via: 'route',
        to: { address, port, interface: out, kind },
        ...summarize(ways, false),
      },
    ];
  });
}
