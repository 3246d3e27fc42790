/**
 * Who can reach something now that could not before: two reports compared. Pure, and careful: a report that knows less
 * than one before it opens and closes nothing, it only makes what it cannot tell unknown.
 */
import { setOf } from '../address.ts';
import { isUnknownProgram } from '../catalog/unknown.ts';
import { minus, union } from '../intervals.ts';
import type { Family, ListenerReach, Place, Protocol, Report } from '../model.ts';

interface Subject {
  /** `tcp/3000`; ports that lead on to elsewhere by their own address are told apart by it. */
  readonly id: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly name: string;
  /** Which service of the catalog it is, for whoever names it in another language; null: none that it has. */
  readonly service: string | null;
  /** Nothing says whose it is: the name says no more than that. */
  readonly unknown: boolean;
  readonly program: string | null;
  readonly kept: boolean;
}

export interface LiveEvent {
  /** `unknown`: whether others can connect could be told before, or the port is new, and now it cannot. */
  readonly kind: 'opened' | 'closed' | 'unknown';
  readonly subject: Subject;
  /** Where those are who can newly connect, or no longer. */
  readonly places: readonly Place[];
}

export interface Through {
  readonly place: Place;
  /** What gets through, where it is only some; null: everybody there. */
  readonly some: readonly string[] | null;
}

interface Entry {
  readonly subject: Subject;
  /** By the place and its network. */
  readonly through: ReadonlyMap<string, Through>;
  /** Where nobody gets through. */
  readonly shut: ReadonlySet<string>;
  readonly doubt: boolean;
}

/** What was known last, to compare the next report with. */
export interface Seen {
  readonly unread: ReadonlySet<string>;
  readonly entries: ReadonlyMap<string, Entry>;
}

export const seenIn = (report: Report): Seen => ({
  unread: new Set(report.unread.map(({ what }) => what)),
  entries: entriesOf(report),
});

/** The next report: what happened since, and what to compare the one after with. */
export function compare(before: Seen, report: Report): { readonly seen: Seen; readonly events: readonly LiveEvent[] } {
  const now = seenIn(report);
  const events: LiveEvent[] = [];
  if ([...now.unread].some((what) => !before.unread.has(what))) {
    const entries = new Map(before.entries);
    for (const [id, entry] of now.entries) {
      const old = before.entries.get(id);
      if (!entry.doubt || old?.doubt === true) continue;
      events.push({ kind: 'unknown', subject: entry.subject, places: [] });
      entries.set(id, { ...entry, through: old?.through ?? new Map(), doubt: true });
    }
    return { seen: { unread: before.unread, entries }, events };
  }
  for (const [id, entry] of now.entries) {
    const old = before.entries.get(id);
    const opened = [...entry.through].filter(([key, one]) => isWider(one, old?.through.get(key)));
    if (opened.length > 0)
      events.push({ kind: 'opened', subject: entry.subject, places: opened.map(([, { place }]) => place) });
    else if (entry.doubt && old?.doubt !== true) events.push({ kind: 'unknown', subject: entry.subject, places: [] });
    // As long as it cannot be told, nobody is known to be shut out.
    if (!entry.doubt) events.push(...closed(old, entry));
  }
  for (const [id, old] of before.entries) if (!now.entries.has(id)) events.push(...closed(old, null));
  return { seen: now, events };
}

function closed(old: Entry | undefined, now: Entry | null): readonly LiveEvent[] {
  const gone = [...(old?.through ?? [])].filter(([key]) => now?.through.has(key) !== true);
  if (old === undefined || gone.length === 0) return [];
  return [{ kind: 'closed', subject: (now ?? old).subject, places: gone.map(([, { place }]) => place) }];
}

export function isWider(now: Through, old: Through | undefined): boolean {
  if (old === undefined) return true;
  if (old.some === null) return false;
  const { some } = old;
  if (now.some === null) return true;
  const added = now.some;
  return ([4, 6] as const).some((family) => minus(setIn(added, family), setIn(some, family)).length > 0);
}

const setIn = (texts: readonly string[], family: Family) =>
  setOf(
    texts.filter((text) => text.includes(':') === (family === 6)),
    family,
  ) ?? [];

function entriesOf(report: Report): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const add = (subject: Subject, reach: ListenerReach): void => {
    const old = entries.get(subject.id);
    const through = new Map(old?.through);
    for (const [key, one] of throughOf(reach, report)) if (isWider(one, through.get(key))) through.set(key, one);
    const blocked = reach.places.filter(({ verdict }) => verdict === 'blocked').map((place) => keyOf(place, report));
    entries.set(subject.id, {
      subject: old?.subject ?? subject,
      through,
      shut: new Set([...(old?.shut ?? []), ...blocked].filter((key) => !through.has(key))),
      doubt: old?.doubt === true || !reach.exposureComplete,
    });
  };
  for (const listener of report.listeners) {
    const { protocol, port, identity, owner, kept } = listener;
    const named = {
      name: identity.name,
      service: identity.service?.id ?? null,
      unknown: isUnknownProgram(identity, owner),
      program: owner.program,
    };
    add({ id: `${protocol}/${port}`, protocol, port, ...named, kept }, listener);
  }
  for (const forward of report.forwards) {
    const { protocol, port, lastPort, via, container, kept } = forward;
    const id = via === 'rule' && lastPort === port ? `${protocol}/${port}` : forward.id;
    const named = { name: container ?? forward.to.address, service: null, unknown: false, program: null };
    add({ id, protocol, port, ...named, kept }, forward);
  }
  return entries;
}

/** The same interface on another network is another place. */
export const keyOf = ({ kind, interface: name }: Place, { interfaces }: Report): string =>
  `${kind} ${name ?? ''} ${networkOf(interfaces.find((one) => one.name === name)?.addresses ?? [])}`;

/** Everybody who gets through, by where they are. */
function throughOf(reach: ListenerReach, report: Report): ReadonlyMap<string, Through> {
  const found = new Map<string, Through>();
  for (const place of reach.places) {
    if (place.verdict === 'blocked' || place.verdict === 'unknown') continue;
    const ways = reach.reach.filter((way) => place.interface === null || way.interface === place.interface);
    const some = place.verdict === 'some' ? ways.flatMap(({ open, limited }) => [...open, ...limited]) : null;
    found.set(keyOf(place, report), { place, some });
  }
  return found;
}

/** The IPv4 network that an interface is on; IPv6 addresses come and go on the same one. */
function networkOf(addresses: readonly string[]): string {
  const four = addresses.find((text) => !text.includes(':'));
  const set = four === undefined ? null : setOf([four], 4);
  return set === null || set.length === 0 ? '' : union(set, []).join();
}
