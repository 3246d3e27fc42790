/** The report in words: who can reach something, what it is called, how severe it is. Foreign text comes out visible. */
import type {
  Deciding,
  FirewallId,
  FirewallState,
  Gap,
  ListenerReach,
  Place,
  Report,
  ReportListener,
  Severity,
  Way,
} from '../../../core/model.ts';
import { FIREWALL } from '../../../core/firewalls/names.ts';
import { joined } from '../../../core/advice/english/parts.ts';
import { policyDecides } from '../../../core/advice/typed.ts';
import { BESIDES, NETWORK, placeName } from '../../../core/reach/place-words.ts';
import { decidingRules, networkKind, notDirectly, onlyGroups, sourcesThrough } from '../../../core/reach/summary.ts';
import { visible } from '../../../core/visible.ts';
import { type Style, paragraph } from './text.ts';

export { whatToType } from '../../../core/advice/typed.ts';
export { portOf } from '../events.ts';

/** Where closing is by policy alone: no command does it. */
export const ASK_INSTEAD = 'ask whoever manages this computer: policy decides this';

/** The same, and where this computer's own rules count in some of its networks alone. */
export function askInstead(ways: readonly Way[]): string | null {
  const where = policyDecides(ways);
  if (where === null) return null;
  return where === 'everywhere' ? ASK_INSTEAD : 'for the rest ask whoever manages this computer: policy decides there';
}

/** `1 port`, `2 ports`. */
export const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** How many addresses are written out; the rest is counted. */
const SHOWN = 6;

export const few = (list: readonly string[]): string =>
  list.length <= SHOWN ? list.join(', ') : `${list.slice(0, SHOWN).join(', ')} and ${list.length - SHOWN} more`;

type Interfaces = Report['interfaces'];

const through = ({ verdict }: Place): boolean => verdict === 'open' || verdict === 'limited';

/** The attached networks that get through, each once. */
const openNetworks = (reach: ListenerReach, name: (place: Place) => string): readonly string[] => [
  ...new Set(reach.places.filter((place) => place.kind !== 'internet' && through(place)).map(name)),
];

/** Everybody who gets through is slowed after some tries. */
const slowed = ({ places }: ListenerReach): boolean => {
  const gets = places.filter((place) => through(place) || place.verdict === 'some');
  return gets.length > 0 && gets.every(({ verdict }) => verdict === 'limited');
};

/** Who can reach it, short enough for a column: `Wi-Fi, wired network`. */
export function whoCan(reach: ListenerReach, interfaces: Interfaces): string {
  const more = `${slowed(reach) ? ', slowed' : ''}${reach.exposureComplete ? '' : ', maybe more'}`;
  switch (reach.exposure) {
    case 'self':
      return reach.exposureComplete ? 'this computer only' : 'cannot tell';
    case 'some': {
      const sources = sourcesThrough(reach);
      return `${sources.length > 0 && sources.length <= 2 ? `only ${sources.join(', ')}` : 'some addresses'}${more}`;
    }
    case 'network':
      return `${openNetworks(reach, (place) => NETWORK[networkKind(place, interfaces)]).join(', ') || 'your network'}${more}`;
    case 'internet':
      return `the internet${more}`;
    case 'unknown':
      return 'cannot tell';
  }
}

/** Who can reach it and from where, in sentences: `Anyone on your Wi-Fi (wlan0) can connect to this.` */
export function sentence(reach: ListenerReach, interfaces: Interfaces): string {
  const rest = [
    ...(onlyGroups(reach, interfaces) ? [BESIDES.groupsOnly] : []),
    ...(reach.exposureComplete ? [] : [BESIDES.othersToo]),
    ...(notDirectly(reach, interfaces) ? [BESIDES.notDirectly] : []),
  ];
  const how = slowed(reach) ? ', slowed after some tries' : '';
  const networks = reach.places.filter((place) => !/^(internet|container)$/.test(place.kind) && through(place));
  const anyone = [...new Set(networks.map((place) => placeName(place, interfaces, visible)))];
  const containers = reach.places.some((place) => place.kind === 'container' && through(place));
  const too = containers
    ? [`Containers on this computer can connect${anyone.length === 0 ? ' to this' : ', too'}.`]
    : [];
  switch (reach.exposure) {
    case 'self':
      return reach.exposureComplete
        ? 'Only this computer can connect to this.'
        : 'Whether others can connect to this cannot be told.';
    case 'some':
      return [`Only these addresses can connect to this: ${few(sourcesThrough(reach))}${how}.`, ...rest].join(' ');
    case 'network': {
      const first =
        anyone.length === 0 && containers
          ? []
          : [`Anyone on ${joined(anyone) || 'your network'} can connect to this${how}.`];
      return [...first, ...too, ...rest].join(' ');
    }
    case 'internet': {
      const also = anyone.length === 0 ? '' : `, and anyone on ${joined(anyone)}`;
      return [`Anyone on the internet can connect to this${also}${how}.`, ...too, ...rest].join(' ');
    }
    case 'unknown':
      return 'Whether others can connect to this cannot be told.';
  }
}

/** Why it is so: the rules that let in, or turn away; null where the ways themselves have to say it. */
export function because(reach: ListenerReach, addresses: readonly { readonly scope: string }[] | null): string | null {
  if (reach.reach.length === 0) {
    if (addresses?.every(({ scope }) => scope === 'loopback') !== true) return null;
    return reach.exposure === 'self' && reach.exposureComplete
      ? 'It listens on this computer’s own loopback address, which no network leads to.'
      : 'It listens on this computer’s own loopback address. No network leads there, unless rules that were not read lead on to it.';
  }
  const { letIn, rules } = decidingRules(reach);
  if (rules.length === 0) return null;
  if (rules.every(({ firewall }) => firewall === 'kernel')) return letIn ? 'No firewall rule stands in the way.' : null;
  const said = rules.slice(0, 3).map(decided);
  const more = rules.length > said.length ? `; and ${count(rules.length - said.length, 'more rule')}` : '';
  return `${letIn ? 'Let in by' : 'Turned away by'} ${said.join('; ')}${more}.`;
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

/** What a decision rests on: `ufw: allow 3000/tcp`. The chain that an iptables rule stands in is told with the way. */
export const decided = ({ firewall, rule }: Deciding): string =>
  `${firewallName(firewall)}: ${visible(rule.replace(/^-A \S+ /, ''))}`;

/** As people call it; what is none of the firewalls (`kernel`) bears its own name. */
const firewallName = (firewall: string): string =>
  Object.hasOwn(FIREWALL, firewall) ? FIREWALL[firewall as FirewallId] : visible(firewall);

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

/** `ufw is on, inbound denied, 12 rules`. */
export function firewallLine({ id, active, defaults, rules, profiles = [] }: FirewallState): string {
  const name = firewallName(id);
  if (active === false) return `${name} is off`;
  const off = profiles.filter((one) => one.active === false && one.interfaces.length > 0).map((one) => one.name);
  const inbound = { allow: 'allowed', deny: 'denied', reject: 'rejected', unknown: null }[defaults.inbound];
  // What it does by default it does only where it is on.
  const policy = active === null ? null : inbound;
  return [
    active === null ? `${name} is there, but whether it is on cannot be told` : `${name} is on`,
    ...(off.length === 0 ? [] : [`off for ${off.join(' and ')} networks`]),
    ...(policy === null ? [] : [`inbound ${policy} by default`]),
    ...(rules === null ? [] : [count(rules, 'rule')]),
  ].join(', ');
}

/** When a verdict was true: by the clock for what was just read, whole and with a warning for what was saved. */
export const asOf = (takenAt: string, replayed: boolean): string =>
  replayed ? `${moment(takenAt)}, from a snapshot; things may have changed since` : `${clock(takenAt)}, just now`;

/** The same as the last line of an answer. */
export const asOfLine = ({ takenAt }: Pick<Report, 'takenAt'>, replayed: boolean, { style, columns }: Laid): string =>
  `${style.dim(paragraph(`As of ${asOf(takenAt, replayed)}.`, 0, columns))}\n`;

interface Laid {
  readonly style: Style;
  readonly columns: number;
}

/** `14:02`, as this computer's clock shows it. */
function clock(iso: string): string {
  const time = new Date(iso);
  return [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** `21 Nov 2026, 04:12 UTC`; the zone is named, because a snapshot may come from elsewhere. */
export function moment(iso: string): string {
  const time = new Date(iso);
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
    time.getUTCMonth()
  ];
  return `${time.getUTCDate()} ${month} ${time.getUTCFullYear()}, ${iso.slice(11, 16)} UTC`;
}
