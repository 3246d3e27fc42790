/** The report in words: who can reach something, what it is called, how severe it is. Foreign text comes out visible. */
import type {
  Deciding,
  Finding,
  FirewallState,
  Gap,
  InterfaceKind,
  ListenerReach,
  Place,
  Report,
  ReportListener,
  Severity,
  Target,
} from '../../../core/model.ts';
import { visible } from '../../../core/visible.ts';
import type { Style } from './text.ts';

/** `1 port`, `2 ports`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

export const portOf = ({ port, protocol }: Target): string => `${port}/${protocol}`;

const KIND: Readonly<Record<InterfaceKind, string>> = {
  loopback: 'this computer',
  wifi: 'Wi-Fi',
  ethernet: 'wired network',
  mobile: 'mobile network',
  vpn: 'VPN',
  tailnet: 'tailnet',
  container: 'containers',
  other: 'network',
};

export const kindName = (kind: InterfaceKind): string => KIND[kind];

type Interfaces = Report['interfaces'];

/** Whose network that is: `Wi-Fi`, `VPN`. */
function placeKind({ kind, interface: name }: Pick<Place, 'kind' | 'interface'>, interfaces: Interfaces): string {
  const known: InterfaceKind | undefined = interfaces.find((one) => one.name === name)?.kind;
  return {
    lan: KIND[known ?? 'other'],
    vpn: 'VPN',
    tailnet: 'tailnet',
    container: 'containers',
    internet: 'the internet',
  }[kind];
}

const through = ({ verdict }: Place): boolean => verdict === 'open' || verdict === 'limited';

/** The attached networks that get through, each once. */
const openNetworks = (reach: ListenerReach, name: (place: Place) => string): readonly string[] => [
  ...new Set(reach.places.filter((place) => place.kind !== 'internet' && through(place)).map(name)),
];

/** `a`, `a and b`, `a, b and c`. */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** Who can reach it, short enough for a column: `Wi-Fi, wired network`. */
export function whoCan(reach: ListenerReach, interfaces: Interfaces): string {
  const more = reach.exposureComplete ? '' : ', maybe more';
  switch (reach.exposure) {
    case 'self':
      return reach.exposureComplete ? 'this computer only' : 'cannot tell';
    case 'some':
      return `some addresses${more}`;
    case 'network':
      return `${openNetworks(reach, (place) => placeKind(place, interfaces)).join(', ') || 'your network'}${more}`;
    case 'internet':
      return `the internet${more}`;
    case 'unknown':
      return 'cannot tell';
  }
}

/** The same as a sentence: `Anyone on your Wi-Fi (wlan0) can connect to this.` */
export function sentence(reach: ListenerReach, interfaces: Interfaces): string {
  const unknown = reach.exposureComplete ? '' : ' Whether others can, too, cannot be told.';
  const networks = openNetworks(reach, (place) =>
    place.interface === null
      ? placeKind(place, interfaces)
      : `${placeKind(place, interfaces)} (${visible(place.interface)})`,
  );
  switch (reach.exposure) {
    case 'self':
      return reach.exposureComplete
        ? 'Only this computer can connect to this.'
        : 'Whether others can connect to this cannot be told.';
    case 'some':
      return `Only some addresses can connect to this.${unknown}`;
    case 'network':
      return `Anyone on your ${listed(networks) || 'network'} can connect to this.${unknown}`;
    case 'internet':
      return `Anyone on the internet can connect to this${networks.length === 0 ? '' : `, and anyone on your ${listed(networks)}`}.${unknown}`;
    case 'unknown':
      return 'Whether others can connect to this cannot be told.';
  }
}

/** What it probably is; a question mark where only the number says so. */
export const serviceName = ({ identity }: Pick<ReportListener, 'identity'>): string =>
  `${visible(identity.name)}${identity.by === 'port' ? '?' : ''}`;

/** `node (web.service)`: who runs it, as much as may be known. */
export function ownerName({ owner }: Pick<ReportListener, 'owner'>): string {
  if (owner.program === null) {
    if (owner.container !== null) return `a container (${visible(owner.container.slice(0, 12))})`;
    return owner.unit === null ? 'not known' : visible(owner.unit);
  }
  return owner.unit === null ? visible(owner.program) : `${visible(owner.program)} (${visible(owner.unit)})`;
}

/** What a decision rests on: `ufw: allow 3000/tcp`. */
export const decided = ({ firewall, rule }: Deciding): string => `${visible(firewall)}: ${visible(rule)}`;

export const gapLine = ({ what, why }: Gap): string => `${visible(what)}: ${visible(why)}.`;

export function severityMark(severity: Severity, style: Style): string {
  switch (severity) {
    case 'high':
      return style.red('high');
    case 'medium':
      return style.yellow('medium');
    case 'low':
      return style.blue('low');
  }
}

/** What to type to follow a piece of advice, or null where the words of the advice must do. */
export function whatToType(finding: Finding, report: Report): string | null {
  const { advice, ways, listener } = finding;
  if (advice === 'keep') return null;
  const about = /:(?<protocol>tcp|udp)\/(?<port>\d+)(?:@.*)?$/.exec(finding.id)?.groups;
  const port = about === undefined ? null : `${about['port']}/${about['protocol']}`;
  if (advice === 'review' && !finding.id.startsWith('forwarded-port:'))
    return listener === null || port === null ? null : `portcullis explain ${port}`;
  if (ways.includes('firewall') && port !== null) return `portcullis close ${port}`;
  if (ways.includes('enable-firewall') && port === null) return 'portcullis firewall on';
  const forwarded = finding.id.startsWith('forwarded-port:');
  return (forwarded || report.listeners.some(({ id }) => id === listener)) && port !== null
    ? `portcullis explain ${port}`
    : null;
}

/** `ufw is on, inbound denied, 12 rules`. */
export function firewallLine({ id, active, defaults, rules }: FirewallState): string {
  if (active === false) return `${id} is off`;
  const policy = { allow: 'allowed', deny: 'denied', reject: 'rejected', unknown: null }[defaults.inbound];
  return [
    active === null ? `${id} is there, but whether it is on cannot be told` : `${id} is on`,
    ...(policy === null ? [] : [`inbound ${policy} by default`]),
    ...(rules === null ? [] : [count(rules, 'rule')]),
  ].join(', ');
}

/** `21 Nov 2026, 04:12 UTC`; the zone is named, because a snapshot may come from elsewhere. */
export function moment(iso: string): string {
  const time = new Date(iso);
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
    time.getUTCMonth()
  ];
  return `${time.getUTCDate()} ${month} ${time.getUTCFullYear()}, ${iso.slice(11, 16)} UTC`;
}
