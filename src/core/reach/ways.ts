/** One way in, walked and put into words: what listeners and forwarded ports have in common. */
import { type AddressSet, formatAddress, formatSet } from '../address.ts';
import { doubt, reasonsFrom } from '../gaps/index.ts';
import { union } from '../intervals.ts';
import type { Family, Interface, Reach } from '../model.ts';
import type { Outsider } from '../outside/index.ts';
import { narrowed } from './beside.ts';
import { type Start, doubtsOf, follow } from './follow.ts';
import { type Outcome, type Paths, kernelStep } from './path.ts';
import { type WayIn, isPublic } from './places.ts';
import { resolve } from './resolve.ts';
import { type AddressSpace, type Destination, isLinkLocal } from './space.ts';
import { withPort } from './tools.ts';
import { type Ranks, traceOf } from './trace.ts';
import { ELSEWHERE, decidedBy } from './words.ts';

/** What the rules do to one way in, in sets and in words. */
export interface Found {
  /** Something gets through, or may. */
  readonly matters: boolean;
  /** The same text, the same answer. */
  readonly answer: string;
  readonly said: Pick<Reach, 'open' | 'limited' | 'unknown' | 'decidedBy' | 'reasons' | 'doubts' | 'trace'>;
  readonly open: AddressSet;
  readonly limited: AddressSet;
  readonly unknown: AddressSet;
}

/**
 * Walk it. `counts`: does what got through end where it is asked about? `sure`: false where it is not known whether that
 * takes this family at all. `beside`: what acts at that socket besides the rules.
 */
export function judgeWay(
  start: Start,
  counts: (outcome: Outcome) => boolean,
  sure: boolean,
  paths: Paths,
  beside: readonly Outsider[],
): Found {
  const outcomes = follow(start, paths);
  const seen =
    beside.length === 0
      ? outcomes
      : outcomes.flatMap((outcome) =>
          outcome.verdict === 'open' && counts(outcome) ? narrowed(outcome, beside) : [outcome],
        );
  return foundIn(seen, start.family, counts, sure, paths.ranks);
}

const TAKES_IPV4 = doubt({ kind: 'takes-ipv4' });

/** The same from outcomes that were walked already. */
export function foundIn(
  outcomes: readonly Outcome[],
  family: Family,
  counts: (outcome: Outcome) => boolean,
  sure: boolean,
  ranks: Ranks,
): Found {
  const seen = outcomes.map((outcome) => (outcome.verdict === 'open' && !counts(outcome) ? miss(outcome) : outcome));
  const resolved = resolve(seen, 'can');
  const open = sure ? resolved.open : [];
  const limited = sure ? resolved.limited : [];
  const unsure = sure ? [] : union(resolved.open, resolved.limited);
  const unknown = union(resolved.unknown, unsure);
  const verdict =
    open.length > 0 ? 'open' : limited.length > 0 ? 'limited' : unknown.length > 0 ? 'unknown' : 'blocked';
  const by = resolved.by[verdict];
  const doubts = [...doubtsOf(resolved.by.unknown), ...(unsure.length > 0 ? [TAKES_IPV4] : [])];
  const said = {
    open: formatSet(open, family),
    limited: formatSet(limited, family),
    unknown: formatSet(unknown, family),
    decidedBy: decidedBy(by),
    ...reasonsFrom(unknown.length > 0 ? doubts : []),
    trace: traceOf(seen, resolved, family, ranks),
  };
  const rules = said.decidedBy.map(({ rule }) => rule);
  const matters = resolved.open.length + resolved.limited.length + resolved.unknown.length > 0;
  return { matters, open, limited, unknown, said, answer: [said.open, said.limited, said.unknown, rules].join('|') };
}

/** What gets through, but not to what is asked about. */
function miss({ flow }: Outcome): Outcome {
  const { destination, destinationPort: port, family, outInterface } = flow.packet;
  const where = withPort(formatAddress({ family, value: destination }), port);
  const rule = outInterface === null ? `ends at ${where}` : `is passed on to ${where}`;
  return { flow: kernelStep(flow, 'delivery', rule, ELSEWHERE), verdict: 'blocked' };
}

export interface Knock {
  readonly family: Family;
  readonly entry: Interface;
  readonly destination: Destination;
  readonly port: number;
}

export function toWayIn({ said, answer, open, limited, unknown }: Found, knock: Knock, space: AddressSpace): WayIn {
  const { family, entry, destination, port } = knock;
  const zone = isLinkLocal(destination.value, family) ? `%${entry.name}` : '';
  return {
    interface: entry.name,
    kind: entry.kind,
    family,
    internet: destination.own
      ? ownInternet(destination.value, family)
      : space.internet(destination.value, entry.name, family),
    own: destination.own,
    attached: space.attached(entry.name, family),
    beyond: space.beyond(entry.name, family),
    open,
    limited,
    unknown,
    answer,
    shown: { interface: entry.name, family, address: `${destination.text}${zone}`, port, ...said },
  };
}

const ownInternet = (value: bigint, family: Family): WayIn['internet'] => ({
  in: isPublic(value, family) ? 'comes' : 'never',
  stray: false,
});

const COMES: Readonly<Record<WayIn['internet']['in'], number>> = { never: 0, 'may-come': 1, comes: 2 };

/**
 * Another network's address is shown for an interface only where it is answered differently from one of the interface's
 * own: what is not shown is answered as they all are. One that no network brings packets for is shown in any case, and so is
 * one by which the internet is let in where it does not come to the interface's own.
 */
export function mergeAlike(ways: readonly WayIn[]): readonly WayIn[] {
  const keyed = ways.map((way) => {
    const { shown } = way;
    return { way, key: `${shown.interface}|${shown.family}|${shown.port}` };
  });
  const own = new Map<string, Set<string>>();
  const widest = new Map<string, number>();
  for (const { way, key } of keyed) {
    if (!way.own) continue;
    own.set(key, (own.get(key) ?? new Set()).add(way.answer));
    widest.set(key, Math.max(widest.get(key) ?? 0, COMES[way.internet.in]));
  }
  const asAllOwn = ({ way, key }: (typeof keyed)[number]): boolean => {
    const answers = own.get(key);
    return answers?.size === 1 && answers.has(way.answer);
  };
  const isWider = ({ way, key }: (typeof keyed)[number]): boolean =>
    COMES[way.internet.in] > (widest.get(key) ?? 0) && way.open.length + way.limited.length + way.unknown.length > 0;
  const seen = new Set<string>();
  return keyed
    .filter((entry) => {
      const exact = `${entry.key}|${entry.way.shown.address}|${entry.way.answer}`;
      if (seen.has(exact)) return false;
      seen.add(exact);
      return entry.way.own || entry.way.internet.stray || isWider(entry) || !asAllOwn(entry);
    })
    .map(({ way }) => way);
}
