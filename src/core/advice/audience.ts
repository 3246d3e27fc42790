/** Who gets through to a listener, and in which words to say so. */
import type { InterfaceKind, ListenerReach, Place, PlaceKind, ReportListener } from '../model.ts';
import { visible } from '../visible.ts';
import type { AdviceFacts } from './rule.ts';

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
  ...new Set(
    listener.reach
      .filter((way) => way.port !== listener.port && (way.open.length > 0 || way.limited.length > 0))
      .map((way) => way.port),
  ),
];

const LAN: Record<InterfaceKind, string> = {
  wifi: 'this Wi-Fi',
  ethernet: 'this wired network',
  mobile: 'the mobile network',
  loopback: 'your network',
  vpn: 'the VPN',
  tailnet: 'your tailnet',
  container: 'your network',
  other: 'your network',
};

/** `anyone on this Wi-Fi`, `anyone on the internet`, `some devices on this Wi-Fi and in your tailnet`. */
export function audienceOf(listener: ListenerReach, facts: AdviceFacts): string {
  const places = listener.places.filter(gets);
  const internet = places.find(({ kind }) => kind === 'internet');
  if (listener.exposure === 'internet' && internet?.verdict !== 'some') return 'anyone on the internet';
  const near = places.filter(({ kind }) => kind !== 'internet' && kind !== 'container');
  if (near.length === 0 && internet === undefined && places.length > 0) return 'containers on this computer';
  const partly = listener.exposure === 'some' || places.every(({ verdict }) => verdict === 'some');
  const names = [
    ...new Set([
      ...near.map((place) => placeWords(place, facts)),
      ...(internet === undefined ? [] : ['on the internet']),
    ]),
  ];
  const who = partly ? 'some addresses' : 'anyone';
  return `${who} ${names.length === 0 ? 'on your network' : joined(names)}`;
}

function placeWords({ kind, interface: name }: Place, facts: AdviceFacts): string {
  const shown = name === null ? '' : ` (${visible(name)})`;
  switch (kind) {
    case 'vpn':
      return `on the VPN${shown}`;
    case 'tailnet':
      return 'in your tailnet';
    case 'container':
      return 'in containers on this computer';
    case 'internet':
      return 'on the internet';
    case 'lan': {
      const known = facts.interfaces?.find((candidate) => candidate.name === name)?.kind ?? 'other';
      return `on ${LAN[known]}`;
    }
  }
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
