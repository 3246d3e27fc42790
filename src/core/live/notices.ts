/**
 * What a person is told without having asked: somebody new can reach something. Pure, and calm: nothing of what they keep,
 * of what does no harm, of what they have just looked at themselves, and nothing twice while a network or a program comes
 * and goes.
 */
import { isPassedOver } from '../advice/harmless.ts';
import type { Place, Report } from '../model.ts';
import { compare, isWider, keyOf, type LiveEvent, type Seen, seenIn, type Through } from './index.ts';

/** What was heeded so far. */
export interface Heeded {
  readonly seen: Seen;
  /** Who could reach what, and when that was last so: by port, program, place and network. */
  readonly known: ReadonlyMap<string, Through & { readonly at: number }>;
  /** When the first report was read, in milliseconds. */
  readonly since: number;
  /** There has been a network, or time enough for one: until then what is open is what was open at the start. */
  readonly settled: boolean;
}

/** Milliseconds after which somebody who could not get in any more is new again. */
const FORGOTTEN = 7 * 24 * 60 * 60 * 1000;
/** Milliseconds within which a computer that starts finds its network. */
const STARTING = 2 * 60 * 1000;

/**
 * The next report. `asked`: a person asked for it and sees it.
 * @returns `opened`: what to tell them of now
 */
export function heed(
  before: Heeded | null,
  report: Report,
  { asked }: { readonly asked: boolean },
): { readonly heeded: Heeded; readonly opened: readonly LiveEvent[] } {
  const at = Date.parse(report.takenAt);
  const now = seenIn(report);
  const since = before?.since ?? at;
  const base = {
    known: knownAfter(before?.known ?? new Map(), now, at),
    since,
    settled: before?.settled === true || at - since > STARTING || hasNetwork(report),
  };
  if (before?.settled !== true) return { heeded: { ...base, seen: now }, opened: [] };
  if (asked) {
    // They may have read more for it than the readings that follow can: those are compared with each other.
    const unread = new Set([...before.seen.unread, ...now.unread]);
    return { heeded: { ...base, seen: { unread, entries: now.entries } }, opened: [] };
  }
  const { seen, events } = compare(before.seen, report);
  const isNew = ({ subject }: LiveEvent, place: Place): boolean => {
    const key = keyOf(place, report);
    const through = now.entries.get(subject.id)?.through.get(key);
    if (through === undefined || place.kind === 'container') return false;
    const last = before.known.get(knownKey(subject, key));
    if (last !== undefined) return at - last.at > FORGOTTEN || isWider(through, last);
    // Until a network has given its IPv4 address it may be the one of before.
    const nameless = place.interface !== null && key.endsWith(' ');
    return !nameless || ![...before.known.keys()].some((one) => one.startsWith(knownKey(subject, key)));
  };
  const opened = events
    .filter(({ kind, subject }) => kind === 'opened' && !subject.kept && isWorthAWord(subject, report))
    .map((event) => ({ ...event, places: event.places.filter((place) => isNew(event, place)) }))
    .filter(({ places }) => places.length > 0);
  return { heeded: { ...base, seen }, opened };
}

const hasNetwork = ({ interfaces }: Report): boolean =>
  interfaces.some(
    ({ kind, addresses }) =>
      kind !== 'loopback' && kind !== 'container' && addresses.some((address) => !address.includes(':')),
  );

const knownKey = ({ id, program }: LiveEvent['subject'], key: string): string => `${id} ${program ?? ''} ${key}`;

/**
 * What is known once this was seen. Who is shut out is forgotten, so that they are new when they get in again; where the
 * program or the network is gone, or nothing can be told, what was known stays for a while.
 */
function knownAfter(before: Heeded['known'], { entries }: Seen, at: number): Heeded['known'] {
  const known = new Map([...before].filter(([, last]) => at - last.at <= FORGOTTEN));
  for (const { subject, through, shut } of entries.values()) {
    for (const key of shut) known.delete(knownKey(subject, key));
    for (const [key, one] of through) known.set(knownKey(subject, key), { ...one, at });
  }
  return known;
}

/** Temporary ports of clients come and go all the time, and so does what the list of advice leaves out for the same reason. */
function isWorthAWord({ protocol, port }: LiveEvent['subject'], { listeners, platform }: Report): boolean {
  const there = listeners.filter((one) => one.protocol === protocol && one.port === port);
  return there.length === 0 || !there.every((one) => isPassedOver(one, platform));
}
