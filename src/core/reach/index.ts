/**
 * Who can get to a listening port, exactly.
 *
 *   space.ts    the machine's own addresses and routes
 *   chains.ts   rules made ready and indexed; alike.ts   ways in that no rule tells apart
 *   flow.ts, match.ts, walk.ts   a set of sources walks one chain; every rule splits it
 *   order.ts    in which order base chains see a packet
 *   path.ts     hooks, redirects, routing
 *   lookup.ts   policy rules and routing tables; reverse.ts  would an answer leave where the packet came in
 *   follow.ts   one question -> outcomes; doors.ts  ports that redirects lead from; listener.ts  all ways into one listener
 *   ways.ts     one way in, walked and put into words; forwards.ts  ports that rules lead on to somewhere else
 *   resolve.ts  outcomes -> open, limited, blocked, unknown
 *   held.ts     rules that are for programs: a judge for each holder of ports
 *   places.ts   reach per way in -> places and one exposure; internet.ts  by which interface the internet comes in
 *   summary.ts  what faces ask of a finished reach; place-words.ts, place-words-de.ts  where people are who get through
 *   fields.ts   what a statement looks at
 *   tools.ts    rules of Docker, Podman, libvirt, Tailscale by their tool's name
 *   answers.ts  sources whose answers are thrown away
 *   beside.ts   what acts beside the rules
 *   words.ts    the deciding rules, in the firewall's own words; trace.ts   all rules on the way, and to whom they did what
 *
 * The walk is exact: it asks no sample addresses. What a rule tests and the engine does not know makes the answer
 * `unknown` where it matters, and only there.
 */
import { parseAddress } from '../address.ts';
import { type Reason, doubt, reasonsFrom, unreadDoubt } from '../gaps/index.ts';
import type { Netfilter } from '../firewalls/netfilter/model.ts';
import type { Groups } from '../machine/index.ts';
import type { Answer, Forward, Interface, Listener, ListenerReach, Question, Route, Routing } from '../model.ts';
import { type Outsider, concerning } from '../outside/index.ts';
import { alike } from './alike.ts';
import { makeAnswers } from './answers.ts';
import { prepareChains } from './chains.ts';
import { redirectedPorts } from './doors.ts';
import { destinationEdges } from './fields.ts';
import { ALL_PORTS } from './flow.ts';
import { doubtsOf, follow } from './follow.ts';
import { forwardsOf } from './forwards.ts';
import { type Held, heldJudge } from './held.ts';
import { type Ways, reachBy, waysInto } from './listener.ts';
import { ranksOf, stages, tracks } from './order.ts';
import type { Paths } from './path.ts';
import { resolve } from './resolve.ts';
import { makeSpace } from './space.ts';
import { traceOf } from './trace.ts';
import { answersArp } from './arp.ts';
import { decidedBy } from './words.ts';

export type { Held } from './held.ts';
export { keepsPlace } from './listener.ts';

/** All that decides about incoming connections on one machine. */
export interface World {
  readonly netfilter: Netfilter;
  readonly interfaces: readonly Interface[];
  /** There may be more interfaces, or more addresses of them: something of the list was not read. Absent: it is whole. */
  readonly interfacesUnread?: boolean;
  readonly routes: readonly Route[];
  readonly routing: Routing;
  readonly sysctls: ReadonlyMap<string, string>;
  /** What decides beside the rules. */
  readonly outsiders: readonly Outsider[];
  readonly groups: Groups;
  /** Where rules are for programs (Windows): those for each holder of a port. `netfilter` holds none then. */
  readonly held?: Held;
}

export interface Judge {
  /** One packet of a new connection: do the firewalls let it through? A port that nothing listens on is asked the same way. */
  readonly ask: (question: Question) => Answer;
  /** Who can reach one listener, from every interface. */
  readonly reachOf: (listener: Listener) => ListenerReach;
  /** Ports that rules lead on to a container, a guest or another computer. */
  readonly forwards: () => readonly Forward[];
}

export function createJudge(world: World, options: { readonly index?: boolean } = {}): Judge {
  const { held } = world;
  return held === undefined
    ? judgeOf(world, options)
    : heldJudge(held, (netfilter) => judgeOf({ ...world, netfilter }, options), options.index ?? true);
}

/** A judge, and the ways into a listener before they are put together. */
export interface WayJudge extends Judge {
  readonly waysTo: (listener: Listener) => Ways;
}

function judgeOf(world: World, options: { readonly index?: boolean }): WayJudge {
  const indexed = options.index ?? true;
  const chains = prepareChains(world.netfilter.chains, indexed);
  const space = makeSpace(
    world.interfaces,
    world.routes,
    world.routing,
    world.groups,
    (family) => destinationEdges(world.netfilter.chains, family),
    // Where rules are for programs it is another system than Linux: there an interface answers for its own alone.
    world.held === undefined ? answersArp(world.sysctls) : undefined,
  );
  const inOrder = stages(world.netfilter.chains, chains);
  const paths: Paths = {
    chains,
    space,
    sysctls: world.sysctls,
    stages: inOrder,
    ranks: ranksOf(inOrder),
    unread: { 4: world.netfilter.unread[4].map(unreadDoubt), 6: world.netfilter.unread[6].map(unreadDoubt) },
    answers: makeAnswers(world.routing),
    concerns: concerning(world.outsiders),
    interfacesUnread: world.interfacesUnread ?? false,
    alike: indexed ? alike(world.netfilter.chains, chains, space, world.sysctls) : null,
    tracks: { 4: tracks(world.netfilter.chains, 4), 6: tracks(world.netfilter.chains, 6) },
  };
  const doors = redirectedPorts(world.netfilter);
  const waysTo = waysInto(paths, doors);
  return {
    ask: (question) => ask(question, paths, world.held !== undefined),
    waysTo,
    reachOf: (listener) => reachBy(waysTo(listener)),
    forwards: () => forwardsOf(world.netfilter, paths),
  };
}

/** @param held rules are for programs: this is Windows */
function ask(question: Question, paths: Paths, held: boolean): Answer {
  const source = parseAddress(question.source);
  const destination = parseAddress(question.destination);
  const refuse = (why: Reason): Answer => ({
    verdict: 'unknown',
    decidedBy: [],
    trace: [],
    ...reasonsFrom([doubt(why)]),
  });
  if (source === null || destination === null) return refuse({ kind: 'no-address' });
  if (source.family !== destination.family) return refuse({ kind: 'two-families' });
  const entry = paths.space.interfaces.find(({ name }) => name === question.interface);
  if (question.interface !== 'lo' && entry === undefined) {
    return refuse({ kind: 'no-interface', interface: question.interface });
  }
  const outcomes = follow(
    {
      protocol: question.protocol,
      // Loopback has another name on Windows. On Linux rules ask for the name that it has.
      interface: held && entry?.kind === 'loopback' ? 'lo' : question.interface,
      family: source.family,
      destination: destination.value,
      port: question.port,
      sources: [[source.value, source.value]],
      sourcePort: question.sourcePort,
    },
    paths,
  );
  // A source port that is known is not for the sender to choose any more.
  const certain =
    question.sourcePort === undefined
      ? outcomes
      : outcomes.map((outcome) => ({ ...outcome, flow: { ...outcome.flow, sourcePorts: ALL_PORTS } }));
  const resolved = resolve(certain, 'unknown');
  const verdict =
    (['open', 'limited', 'blocked', 'unknown'] as const).find((name) => resolved[name].length > 0) ?? 'unknown';
  const by = resolved.by[verdict];
  return {
    verdict,
    decidedBy: decidedBy(by),
    trace: traceOf(certain, resolved, source.family, paths.ranks),
    ...reasonsFrom(verdict === 'unknown' ? doubtsOf(by) : []),
  };
}
