/** What the views read out of a report. Pure. */
import { type Tone, toneOf } from '../../core/advice/remedy.ts';
import { targetKey, targetsOnce } from '../../core/listeners/targets.ts';
import type {
  Change,
  Connection,
  Exposure,
  InterfaceKind,
  ListenerReach,
  PlaceKind,
  Report,
  ReportForward,
  ReportListener,
  RuleInWords,
  Target,
  Verdict,
} from '../../core/model.ts';
import { networkKind, routerMayForward } from '../../core/reach/summary.ts';
import type { Around, Named } from '../text/facts.ts';
import { once } from '../text/once.ts';
import type { State } from './store.ts';

export {
  actionable,
  countExposure,
  forwardOf,
  listenerOf,
  recommended,
  remedyOf,
  targetsOf,
  type Tone,
  toneOf,
} from '../../core/advice/remedy.ts';

export { targetKey };

/** Newest first. */
export const newestFirst = (history: readonly Change[]): readonly Change[] =>
  [...history].sort((a, b) => b.at.localeCompare(a.at));

/** The last change that is in force: it alone can be put back as it was. */
export const lastApplied = (history: readonly Change[]): Change | undefined =>
  newestFirst(history).find(({ state, plan }) => state === 'applied' && plan.undo.length > 0);

/** Ports that lead on to somewhere else while nothing listens here: no listener tells them. */
export const doorsOf = ({ forwards }: Pick<Report, 'forwards'>): readonly ReportForward[] =>
  forwards.filter(({ via, listener }) => via === 'rule' && listener === null);

/** Would administrator rights settle something of what could not be read? */
export const needsRights = ({ unread }: Pick<Report, 'unread'>): boolean =>
  unread.some(
    ({ means: { why, how } }) => why.kind === 'refused' || how.kind === 'exact' || how.kind === 'exact-outside',
  );

/** Is there an exact read to be asked for? On Windows everybody may read the rules, and what was saved is not read again. */
export const canReadExactly = ({ platform, saved }: Pick<Report, 'platform' | 'saved'>): boolean =>
  platform !== 'win32' && saved === undefined;

export const keptListeners = (report: Report): readonly ReportListener[] => report.listeners.filter(({ kept }) => kept);

export const keptTargets = (report: Report): Target[] => targetsOnce(keptListeners(report));

/** One stop on the way from this computer outwards. */
export interface Stop {
  readonly kind: 'network' | 'internet';
  /** The kinds of the networks that this stop stands for; what the stop is called comes of it. */
  readonly networks: readonly (InterfaceKind | PlaceKind)[];
  readonly verdict: Verdict | 'some';
  /** Not from here, but a router may pass it on: that cannot be seen. */
  readonly indirect: boolean;
}

const WIDEST: readonly (Verdict | 'some')[] = ['open', 'limited', 'some', 'unknown', 'blocked'];

/** Computer, network, internet: how far the way in is open. */
export function stopsOf(reach: ListenerReach, report: Report): readonly [Stop, Stop] {
  const near = reach.places.filter(({ kind }) => kind !== 'internet');
  const far = reach.places.filter(({ kind }) => kind === 'internet');
  const network: Stop = {
    kind: 'network',
    networks: networkKinds(near.length > 0 ? near : placesOf(report), report),
    verdict: widest(near, reach),
    indirect: false,
  };
  const internet = widest(far, reach);
  const indirect = internet === 'blocked' && routerMayForward(reach, report.interfaces);
  return [network, { kind: 'internet', networks: [], verdict: internet, indirect }];
}

const placesOf = (report: Report): readonly { readonly kind: PlaceKind; readonly interface: string }[] =>
  report.interfaces
    .filter(({ kind }) => kind !== 'loopback' && kind !== 'container')
    .map(({ name }) => ({ kind: 'lan', interface: name }));

function networkKinds(
  places: readonly { readonly kind: PlaceKind; readonly interface: string | null }[],
  report: Report,
): readonly (InterfaceKind | PlaceKind)[] {
  return [...new Set(places.map((place) => networkKind(place, report.interfaces)))];
}

function widest(
  places: readonly { readonly verdict: Verdict | 'some' }[],
  { exposure, exposureComplete }: ListenerReach,
): Verdict | 'some' {
  // A place that is not named is shut only where everything was judged.
  if (places.length === 0) return exposureComplete && exposure !== 'unknown' ? 'blocked' : 'unknown';
  return WIDEST.find((verdict) => places.some((place) => place.verdict === verdict)) ?? 'unknown';
}

export type ReachCounts = Readonly<Record<'open' | 'blocked' | 'unknown', number>>;

/** How many ports get through from each stop outwards; what is open for some addresses only counts as open. */
export function reachCounts(report: Report): {
  readonly ports: number;
  readonly network: ReachCounts;
  readonly internet: ReachCounts;
  /** One of them may be passed on by the router. */
  readonly indirect: boolean;
} {
  const all = [...report.listeners, ...doorsOf(report)].map((one) => stopsOf(one, report));
  const count = (at: 0 | 1): ReachCounts => {
    const counts = { open: 0, blocked: 0, unknown: 0 };
    for (const stops of all) {
      const { verdict } = stops[at];
      counts[verdict === 'blocked' || verdict === 'unknown' ? verdict : 'open'] += 1;
    }
    return counts;
  };
  return {
    ports: all.length,
    network: count(0),
    internet: count(1),
    indirect: all.some(([, { indirect }]) => indirect),
  };
}

/** The network that the person is on: the first real interface that has an address. */
export function networkOf(report: Report): Report['interfaces'][number] | null {
  const order: readonly InterfaceKind[] = ['wifi', 'ethernet', 'mobile', 'other'];
  const real = report.interfaces.filter(({ kind, addresses }) => order.includes(kind) && addresses.length > 0);
  return [...real].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0] ?? null;
}

/** Would it wait for others, if this computer were on a network? */
export const isApart = ({ addresses }: Pick<ReportListener, 'addresses'>, report: Report): boolean =>
  networkOf(report) === null && addresses.some(({ scope }) => scope !== 'loopback');

/** Another address beside one of this computer's own, to ask about: the same network, another last number, the same zone. */
export function neighbourOf(own: string): string {
  const [address = '', zone] = own.split('%');
  if (!address.includes(':')) {
    const octets = address.split('.').map(Number);
    // Bit 1 rather than bit 0, so that .1 does not become the network's own .0.
    return [...octets.slice(0, -1), (octets.at(-1) ?? 0) ^ 2].join('.');
  }
  const cut = address.lastIndexOf(':');
  const last = Number.parseInt(address.slice(cut + 1) || '0', 16);
  const neighbour = `${address.slice(0, cut + 1)}${(last ^ 2).toString(16)}`;
  return zone === undefined ? neighbour : `${neighbour}%${zone}`;
}

// ---------------------------------------------------------------- the list of ports

export type SortKey = 'port' | 'program' | 'reach' | 'address';
export type Filter = 'all' | Tone;

export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}

const REACH_ORDER: Record<Exposure, number> = { internet: 0, network: 1, some: 2, unknown: 3, self: 4 };

const collator = once(() => new Intl.Collator('en', { numeric: true, sensitivity: 'base' }));
const compareText = (a: string, b: string): number => collator().compare(a, b);

const compare: Record<SortKey, (a: ReportListener, b: ReportListener) => number> = {
  port: (a, b) => a.port - b.port || compareText(a.protocol, b.protocol),
  program: (a, b) => compareText(a.owner.program ?? '\uffff', b.owner.program ?? '\uffff'),
  reach: (a, b) => REACH_ORDER[a.exposure] - REACH_ORDER[b.exposure],
  address: (a, b) => compareText(a.addresses[0]?.address ?? '', b.addresses[0]?.address ?? ''),
};

/** A row, and what a search looks at, in small letters. */
export interface Searchable<Row> {
  readonly row: Row;
  readonly text: string;
}

const wordsOf = (search: string): readonly string[] => search.toLowerCase().split(/\s+/).filter(Boolean);

function find<Row>(rows: readonly Searchable<Row>[], search: string): readonly Row[] {
  const wanted = wordsOf(search);
  return rows.filter(({ text }) => wanted.every((word) => text.includes(word))).map(({ row }) => row);
}

/**
 * Search looks at what a person would type: the number, the protocol, the program, the service (also by its English name),
 * the unit, an address.
 * @param called what a listener is called in the language of the window
 */
export const searchableListeners = (
  listeners: readonly ReportListener[],
  called: (listener: ReportListener) => string,
): readonly Searchable<ReportListener>[] =>
  listeners.map((row) => {
    const { id, owner, identity, addresses } = row;
    const { program, unit, container } = owner;
    const parts = [id, program, unit, container, called(row), identity.name, ...addresses.map((one) => one.address)];
    return {
      row,
      text: parts
        .filter((part) => part !== null)
        .join(' ')
        .toLowerCase(),
    };
  });

/** In order once for all that is then looked for among them. */
export function sorted(
  listeners: readonly Searchable<ReportListener>[],
  { key, descending }: Sorting,
): readonly Searchable<ReportListener>[] {
  const order = compare[key];
  const sign = descending ? -1 : 1;
  return listeners.toSorted(
    ({ row: a }, { row: b }) => sign * order(a, b) || a.port - b.port || compareText(a.id, b.id),
  );
}

export const searchListeners = (
  listeners: readonly Searchable<ReportListener>[],
  { search, filter }: { readonly search: string; readonly filter: Filter },
): readonly ReportListener[] =>
  find(listeners, search).filter((listener) => filter === 'all' || toneOf(listener) === filter);

/** Connections in a steady order: by program, then by where they go. */
export function searchableConnections(connections: readonly Connection[]): readonly Searchable<Connection>[] {
  // Tens of thousands are compared as numbers.
  const programs = ranks(connections.map(({ program }) => program ?? '\uffff'));
  const places = ranks(connections.map(({ remote }) => remote.address));
  return connections
    .map((row) => {
      const { protocol, local, remote, program } = row;
      return {
        row,
        text: `${protocol} ${local.port} ${remote.address} ${remote.port} ${program ?? ''}`.toLowerCase(),
        program: programs.get(program ?? '\uffff') ?? 0,
        place: places.get(remote.address) ?? 0,
      };
    })
    .sort((a, b) => a.program - b.program || a.place - b.place || a.row.local.port - b.row.local.port);
}

const ranks = (texts: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...new Set(texts)].sort(collator().compare).map((one, rank) => [one, rank]));

export const searchConnections = (
  connections: readonly Searchable<Connection>[],
  search: string,
): readonly Connection[] => find(connections, search);

// ---------------------------------------------------------------- the list of rules

export type RuleFilter = 'all' | 'idle' | RuleInWords['owner'];

const IDLE: ReadonlySet<RuleInWords['use']> = new Set(['nothing-listens', 'never-matches', 'no-effect']);

const fits = (rule: RuleInWords, filter: RuleFilter): boolean =>
  filter === 'all' || (filter === 'idle' ? IDLE.has(rule.use) : rule.owner === filter);

const OWNERS: Record<RuleInWords['owner'], number> = { you: 0, portcullis: 1, tool: 2 };

/** `says`: the rule in words, which is searched as well. Those of people come first, each in its firewall's order. */
export function filterRules(
  rules: readonly RuleInWords[],
  { search, filter, says }: { search: string; filter: RuleFilter; says: (rule: RuleInWords) => string },
): readonly RuleInWords[] {
  const wanted = wordsOf(search);
  return rules
    .filter((rule) => {
      if (!fits(rule, filter)) return false;
      if (wanted.length === 0) return true;
      const { program = null, service = null, group = null } = rule.windows ?? {};
      const text = [rule.text, rule.place, rule.tool, rule.firewall, program, service, group, says(rule)]
        .join(' ')
        .toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .sort((a, b) => OWNERS[a.owner] - OWNERS[b.owner]);
}

export const countRules = (rules: readonly RuleInWords[]): Record<RuleFilter, number> => {
  const count = (filter: RuleFilter): number => rules.filter((rule) => fits(rule, filter)).length;
  return {
    all: rules.length,
    idle: count('idle'),
    you: count('you'),
    portcullis: count('portcullis'),
    tool: count('tool'),
  };
};

const UNREAD: Named = { listeners: [], forwards: [] };

/** The names of the report, and the changes of the history. */
export const aroundOf = ({ report, history }: Pick<State, 'report' | 'history'>): Around => ({
  report: report ?? UNREAD,
  history,
});
