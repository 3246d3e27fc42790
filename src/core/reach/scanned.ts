/**
 * What a neighbour's port scan of this computer would find, worked out of the verdicts of a report. Nothing is sent.
 *
 * A neighbour has another address of the networks that one interface is on, and speaks to this computer alone: what only a
 * group (multicast, broadcast) is sent is not found that way.
 */
import { type AddressSet, EVERYTHING, NOTHING, parseAddress, parseRange, setOf } from '../address.ts';
import { type Reason, reasonText } from '../gaps/index.ts';
import { intersect, minus, union } from '../intervals.ts';
import type { Family, ListenerReach, Protocol, Reach, Report, ReportForward, ReportListener } from '../model.ts';
import { isGroup } from './summary.ts';

/**
 * What a knock meets. `filtered`: it is thrown away without an answer. `refused`: a rule says no. `closed`: this computer
 * says no by itself. `shut`: one of these three; which cannot be told.
 */
export type Seen = 'open' | 'limited' | 'some' | 'unknown' | Shut;
export type Shut = 'filtered' | 'refused' | 'closed' | 'shut';

export interface ScannedPort {
  readonly protocol: Protocol;
  readonly port: number;
  /** The last of a range that a rule leads on as a whole; the same as `port` for a single one. */
  readonly lastPort: number;
  readonly seen: Seen;
  /** Nothing here listens to that network at this port: it looks like every port where nothing listens. */
  readonly unheard: boolean;
  /** For `unknown`: why. */
  readonly doubts: readonly Reason[];
  readonly listener: ReportListener | null;
  readonly forward: ReportForward | null;
}

type Machine = Pick<Report, 'complete' | 'firewalls' | 'interfaces' | 'platform'>;

/** Every port at which a scan could find something, the most open first. @param name the interface of the network */
export function scannedPorts(report: Report, name: string): readonly ScannedPort[] {
  const beside = neighboursOn(report, name);
  const found: Found[] = [
    ...report.forwards
      .filter(({ via }) => via === 'rule')
      .flatMap((forward) => fromForward(forward, report, beside, name)),
    ...report.listeners.flatMap((listener) => fromListener(listener, report, beside, name)),
  ];
  const byPort = new Map<string, Found>();
  for (const one of found) {
    const key = `${one.protocol}/${one.port}-${one.lastPort}`;
    const known = byPort.get(key);
    if (known === undefined || rank(one) < rank(known)) byPort.set(key, one);
  }
  const ranges = [...byPort.values()].filter(({ forward }) => forward !== null);
  return (
    [...byPort.values()]
      // What is led on is told by the row of where it leads.
      .filter((one) => !(one.elsewhere || one.unheard) || !ranges.some((range) => range !== one && covers(range, one)))
      .sort((a, b) => rank(a) - rank(b) || a.port - b.port || a.protocol.localeCompare(b.protocol))
  );
}

/** What a port looks like at which nothing listens: as far as the firewall's default tells, rules aside. */
export function elsewhere({ complete, firewalls, platform }: Machine): Shut {
  if (!complete || platform !== 'linux' || firewalls.some(({ active }) => active === null)) return 'shut';
  const looks = new Set(
    firewalls.filter(({ active }) => active === true).map(({ defaults }): Shut => BY_DEFAULT[defaults.inbound]),
  );
  if (looks.size === 0) return 'closed';
  const [only] = looks;
  return looks.size === 1 && only !== undefined ? only : 'shut';
}

const BY_DEFAULT = { deny: 'filtered', reject: 'refused', allow: 'closed', unknown: 'shut' } as const;

interface Found extends ScannedPort {
  /** What comes here is led on to somewhere else. */
  readonly elsewhere: boolean;
}

const ORDER: readonly Seen[] = ['open', 'limited', 'some', 'unknown', 'shut', 'refused', 'closed', 'filtered'];
const rank = ({ seen, unheard, elsewhere: on }: Found): number =>
  2 * (ORDER.indexOf(seen) + (unheard ? ORDER.length : 0)) + (on ? 1 : 0);

const covers = (range: Found, one: Found): boolean =>
  range.protocol === one.protocol && range.port <= one.port && range.lastPort >= one.lastPort;

type Beside = Readonly<Record<Family, AddressSet>>;

/** Who is on the networks of this interface, this computer itself aside; where nothing tells, all who come in by it. */
function neighboursOn({ interfaces }: Machine, name: string): Beside {
  const entry = interfaces.find((one) => one.name === name);
  const tunnel = entry?.kind === 'vpn' || entry?.kind === 'tailnet';
  const of = (family: Family): AddressSet => {
    const own = setOf(
      interfaces.flatMap(({ addresses }) => addresses.map(bare)).filter((text) => parseAddress(text) !== null),
      family,
    );
    const networks = setOf(
      (entry?.addresses ?? []).filter((text) => parseRange(text) !== null),
      family,
    );
    const on = networks ?? NOTHING;
    const link = family === 6 && on.length > 0 && !tunnel ? LINK_LOCAL : NOTHING;
    const known = minus(union(on, link), own ?? NOTHING);
    return known.length > 0 ? known : minus(EVERYTHING[family], own ?? NOTHING);
  };
  return { 4: of(4), 6: of(6) };
}

const bare = (text: string): string => text.split('/')[0] ?? '';
const LINK_LOCAL = setOf(['fe80::/10'], 6) ?? NOTHING;

function fromListener(listener: ReportListener, report: Report, beside: Beside, name: string): readonly Found[] {
  const { protocol, port } = listener;
  const ways = waysOf(listener, report, name);
  const row = { protocol, listener, forward: null };
  const own = ways.some((way) => way.port === port)
    ? []
    : // Nothing of it faces this network; unless something could not be seen.
      [
        {
          ...row,
          port,
          lastPort: port,
          doubts: [],
          elsewhere: false,
          ...(isSure(listener, report)
            ? { seen: elsewhere(report), unheard: true }
            : { seen: 'unknown' as const, unheard: false }),
        },
      ];
  return [
    ...own,
    ...[...new Set(ways.map((way) => way.port))].map((knocked) => {
      const here = ways.filter((way) => way.port === knocked);
      return { ...row, port: knocked, lastPort: knocked, ...judge(here, listener, report, beside) };
    }),
  ];
}

function fromForward(forward: ReportForward, report: Report, beside: Beside, name: string): readonly Found[] {
  const ways = waysOf(forward, report, name);
  if (ways.length === 0 && isSure(forward, report)) return [];
  const { protocol, port, lastPort } = forward;
  const listener = report.listeners.find(({ id }) => id === forward.listener) ?? null;
  return [{ protocol, port, lastPort, listener, forward, ...judge(ways, forward, report, beside) }];
}

const waysOf = ({ reach }: ListenerReach, { interfaces }: Machine, name: string): readonly Reach[] =>
  reach.filter((way) => way.interface === name && !isGroup(way.address, interfaces));

/**
 * May what is not known to be open be called shut? Not while ways may be missing. Once the internet gets in nothing is
 * wider, so nothing says any more that ways are missing: the report as a whole must be complete then.
 */
const isSure = ({ exposure, exposureComplete }: ListenerReach, { complete }: Machine): boolean =>
  exposureComplete && (complete || exposure !== 'internet');

type Judged = Pick<Found, 'seen' | 'unheard' | 'doubts' | 'elsewhere'>;

/** As the places of a reach are judged: whoever finds any open way gets through. */
function judge(ways: readonly Reach[], reach: ListenerReach, report: Machine, beside: Beside): Judged {
  const seen = new Set<Seen>();
  for (const family of [4, 6] as const) {
    const own = ways.filter((way) => way.family === family);
    const everyone = beside[family];
    if (own.length === 0) continue;
    const of = (kind: 'open' | 'limited' | 'unknown'): AddressSet =>
      intersect(own.map((way) => setOf(way[kind], family) ?? NOTHING).reduce(union), everyone);
    const open = of('open');
    const through = union(open, of('limited'));
    if (minus(of('unknown'), through).length > 0) seen.add('unknown');
    if (through.length === 0) continue;
    if (minus(everyone, open).length === 0) seen.add('open');
    else seen.add(minus(everyone, through).length === 0 ? 'limited' : 'some');
  }
  const known = ORDER.find((one) => seen.has(one));
  const doubts = new Map(ways.flatMap((way) => way.doubts.map((one) => [reasonText(one), one])));
  const told = { unheard: false, doubts: [...doubts.values()], elsewhere: false };
  if (known !== undefined) return { ...told, seen: known };
  if (!isSure(reach, report) || ways.length === 0) return { ...told, seen: 'unknown' };
  const effects = stoppedBy(ways, beside);
  if (effects.has('elsewhere')) return { ...told, seen: 'unknown', elsewhere: true };
  if (effects.size !== 1) return { ...told, seen: 'shut' };
  return { ...told, seen: effects.has('drop') ? 'filtered' : effects.has('reject') ? 'refused' : 'shut' };
}

/** What is done to neighbours that are turned away. */
function stoppedBy(ways: readonly Reach[], beside: Beside): ReadonlySet<'drop' | 'reject' | 'elsewhere' | 'other'> {
  const effects = new Set<'drop' | 'reject' | 'elsewhere' | 'other'>();
  for (const { family, trace } of ways) {
    for (const { decides, effect, sources, more, when } of trace) {
      if (decides !== 'blocked') continue;
      const concerned = more > 0 || intersect(setOf(sources, family) ?? beside[family], beside[family]).length > 0;
      if (!concerned) continue;
      if (when !== 'always') effects.add('other');
      else if (effect === 'drop' || effect === 'reject') effects.add(effect);
      else effects.add(effect === 'goes elsewhere' ? 'elsewhere' : 'other');
    }
  }
  return effects;
}
