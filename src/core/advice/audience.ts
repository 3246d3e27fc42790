/** Who gets through to a listener. */
import type { ListenerReach, Place, PlaceKind, ReportListener } from '../model.ts';
import type { ReachedPlace, Who } from '../says.ts';
import { letsThrough, sourcesThrough } from '../reach/summary.ts';
import type { Pointed } from './subjects.ts';

const gets = ({ verdict }: Place): boolean => verdict === 'open' || verdict === 'limited' || verdict === 'some';

/** Whether it is known that somebody else gets through. False for what is unknown. */
export function isReached({ exposure }: Pick<ListenerReach, 'exposure'>): boolean {
  switch (exposure) {
    case 'internet':
    case 'network':
    case 'some':
      return true;
    case 'self':
    case 'unknown':
      return false;
  }
}

/** The kinds of place that get through, without doubles. */
export const reachedFrom = (listener: Pick<ListenerReach, 'places'>): ReadonlySet<PlaceKind> =>
  new Set(listener.places.filter(gets).map(({ kind }) => kind));

/** True when everybody who gets through is slowed after some tries. */
export function isLimited(listener: ReportListener): boolean {
  const places = listener.places.filter(gets);
  return places.length > 0 && places.every(({ verdict }) => verdict === 'limited');
}

/** Other ports that a rule leads to this listener, and through which somebody gets in. */
export const sidePorts = (listener: ReportListener): readonly number[] => [
  ...new Set(listener.reach.filter((way) => way.port !== listener.port && letsThrough(way)).map((way) => way.port)),
];

/** Anyone on the internet, containers here, or whoever is at the places that get through. */
export function whoReaches(
  { exposure, places: all, reach }: ListenerReach,
  { interfaces }: Pick<Pointed, 'interfaces'>,
): Who {
  const places = all.filter(gets);
  const internet = places.find(({ kind }) => kind === 'internet');
  if (exposure === 'internet' && internet?.verdict !== 'some') return { are: 'internet' };
  const near = places.flatMap((place): ReachedPlace[] => {
    switch (place.kind) {
      case 'lan':
        return [{ on: 'lan', network: interfaces.find(({ name }) => name === place.interface)?.kind ?? 'other' }];
      case 'vpn':
        return [{ on: 'vpn', interface: place.interface }];
      case 'tailnet':
        return [{ on: 'tailnet' }];
      case 'container':
      case 'internet':
        return [];
    }
  });
  if (near.length === 0 && internet === undefined && places.length > 0) return { are: 'containers' };
  const partly = exposure === 'some' || places.every(({ verdict }) => verdict === 'some');
  const sources = sourcesThrough({ reach });
  return {
    are: 'places',
    partly,
    ...(partly && sources.length === 1 && sources[0]?.includes('/') === false ? { one: true } : {}),
    places: [...near, ...(internet === undefined ? [] : [{ on: 'internet' } as const])],
  };
}
