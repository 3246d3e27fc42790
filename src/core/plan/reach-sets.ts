/** Comparing reach before and after, as sets of sources for each way in. */
import { type AddressSet, NOTHING, setOf } from '../address.ts';
import { minus, union } from '../intervals.ts';
import type { Effect, ListenerReach, Protocol, Reach, Report, ReportListener, Target } from '../model.ts';
import type { Reason } from '../gaps/index.ts';
import type { NamedEnd, NamedPort } from '../told.ts';
import { canonicalJson } from './canonical.ts';

const wayIn = (reach: Reach): string => `${reach.interface} ${reach.family} ${reach.address} ${reach.port}`;

export interface WayIn {
  readonly reach: Reach;
  readonly open: AddressSet;
  readonly limited: AddressSet;
  readonly unknown: AddressSet;
}

/** Does anyone on a network, or on the internet, get in? Not where some addresses alone do. */
export const isOpen = ({ exposure }: Pick<ListenerReach, 'exposure'>): boolean =>
  exposure === 'network' || exposure === 'internet';

/** The sets of each way in; a list that cannot be read as addresses counts as unknown everywhere. */
export function waysIn(listener: ListenerReach): ReadonlyMap<string, WayIn> {
  return new Map(
    listener.reach.map((reach) => {
      const of = (texts: readonly string[]) => setOf(texts, reach.family) ?? NOTHING;
      return [wayIn(reach), { reach, open: of(reach.open), limited: of(reach.limited), unknown: of(reach.unknown) }];
    }),
  );
}

/** The same verdicts, whatever rule decided them. */
export function sameReach(a: ListenerReach, b: ListenerReach): boolean {
  const verdicts = ({ exposure, exposureComplete, places, reach }: ListenerReach) =>
    canonicalJson([
      exposure,
      exposureComplete,
      places,
      reach
        .map((one) => [wayIn(one), one.open, one.limited, one.unknown])
        .sort((x, y) => (String(x[0]) < String(y[0]) ? -1 : 1)),
    ]);
  return verdicts(a) === verdicts(b);
}

/** The verdicts alone: a plan need not carry the packets' ways, nor what is unknown in types. */
const reachOnly = ({ exposure, exposureComplete, places, reach }: ListenerReach): ListenerReach => ({
  exposure,
  exposureComplete,
  places,
  reach: reach.map((way) => ({ ...way, doubts: [], trace: [] })),
});

/** What can be reached: a listener, or a door that leads on. */
export interface End extends ListenerReach {
  readonly id: string;
  readonly name: string;
  readonly protocol: Protocol;
}

export const endsOf = ({ listeners, forwards }: Report): readonly End[] => [
  ...listeners.map((one) => ({ ...one, name: one.identity.name })),
  ...forwards.map((one) => ({ ...one, name: one.container === null ? `the ${one.to.kind}` : one.container })),
];

/** All that is reached by knocking at this port. */
export const endsAt = (report: Report, { protocol, port }: Target): readonly End[] =>
  endsOf(report).filter((one) => one.protocol === protocol && one.reach.some((way) => way.port === port));

/** What listens no more is reached by nobody. */
const NOBODY: ListenerReach = { exposure: 'self', exposureComplete: true, places: [], reach: [] };

/** Listeners, and doors that lead on, whose reach is another afterwards, or that are gone. */
export function effectsOf(before: Report, after: Report): readonly Effect[] {
  const later = endsOf(after);
  return endsOf(before).flatMap((was): readonly Effect[] => {
    const is = later.find(({ id }) => id === was.id);
    if (is !== undefined && sameReach(was, is)) return [];
    const now = is === undefined ? NOBODY : reachOnly(is);
    return [{ listener: was.id, name: was.name, before: reachOnly(was), after: now }];
  });
}

/** Does `after` let in a source that is let in neither in `before` nor in `also`? Limited ones count as let in. */
export function opensMore(before: ListenerReach, after: ListenerReach, also?: ListenerReach): boolean {
  const was = waysIn(before);
  const will = also === undefined ? new Map<string, WayIn>() : waysIn(also);
  const letIn = (way: WayIn | undefined) => (way === undefined ? NOTHING : union(way.open, way.limited));
  return [...waysIn(after)].some(
    ([key, way]) => minus(letIn(way), union(letIn(was.get(key)), letIn(will.get(key)))).length > 0,
  );
}

/**
 * Is less known of `after`, with nobody let in for certain who was not before? Why, as far as that is known; null: it is
 * not so.
 */
export function lostSight(before: ListenerReach, after: ListenerReach): { readonly reason: Reason | null } | null {
  if (opensMore(before, after)) return null;
  const was = waysIn(before);
  const dim = [...waysIn(after)].filter(
    ([key, { unknown }]) => minus(unknown, was.get(key)?.unknown ?? NOTHING).length > 0,
  );
  if (dim.length === 0 && (after.exposureComplete || !before.exposureComplete)) return null;
  return { reason: dim.flatMap(([, { reach }]) => reach.doubts)[0] ?? null };
}

/** The port alone, of whatever else is known of it. */
export const bare = ({ protocol, port }: Target): Target => ({ protocol, port });

export const listenersOn = (report: Report, target: { readonly protocol: string; readonly port: number }) =>
  report.listeners.filter(
    ({ protocol, port }) => protocol === target.protocol && port === target.port,
  ) as readonly ReportListener[];

/** The port, and what the first that listens there is called. */
export const portNamed = (report: Report, { protocol, port }: Target): NamedPort => ({
  protocol,
  port,
  name: listenersOn(report, { protocol, port })[0]?.identity.name ?? null,
});

export const endNamed = ({ id, name }: Pick<End, 'id' | 'name'>): NamedEnd => ({ listener: id, name });
