/** Must somebody confirm the change, or have it put back? When it is asked for, and when it could cut a session. */
import { parseAddress } from '../address.ts';
import { has } from '../intervals.ts';
import { areConnectionsWhole, isOwnListWhole } from '../listeners/whole.ts';
import type { Choice, ListenerReach, Report, ReportListener } from '../model.ts';
import { problem } from '../problem.ts';
import type { Warning } from '../told.ts';
import { listenersOn, sameReach, type WayIn, waysIn } from './reach-sets.ts';
import { isRemoteAccess, type Session } from './sessions.ts';

/** Seconds, where nobody named them. */
const BY_ITSELF = 30;

/** The address without the form that a socket of both families gives an IPv4 one. */
const plain = (text: string): string => text.replace(/^::ffff:(?=\d+\.)/, '');

function verdict(way: WayIn | undefined, value: bigint): string {
  if (way === undefined) return 'gone';
  if (has(way.open, value)) return 'open';
  if (has(way.limited, value)) return 'limited';
  return has(way.unknown, value) ? 'unknown' : 'blocked';
}

/** The ways in by which a connection may have come, by their keys. */
function waysBetween(one: ListenerReach, local: string, remote: string): readonly (readonly [string, WayIn])[] | null {
  const address = parseAddress(plain(remote));
  if (address === null) return null;
  const family = [...waysIn(one)].filter(([, { reach }]) => reach.family === address.family);
  const spoken = family.filter(([, { reach }]) => reach.address.split('%', 1)[0] === plain(local).split('%', 1)[0]);
  return spoken.length > 0 ? spoken : family;
}

/** What becomes of a new connection between the two, on each way in; none: that cannot be told. */
export function verdictFor(one: ListenerReach, local: string, remote: string): readonly string[] {
  const address = parseAddress(plain(remote));
  if (address === null) return [];
  return (waysBetween(one, local, remote) ?? []).map(([, way]) => verdict(way, address.value));
}

type Compare = (was: string, then: string) => boolean;
const differs: Compare = (was, then) => was !== then;

const OPENNESS: Readonly<Record<string, number>> = { open: 3, limited: 2, unknown: 1, blocked: 0, gone: 0 };
const lessOpen: Compare = (was, then) => (OPENNESS[then] ?? 0) < (OPENNESS[was] ?? 0);

/** Would the remote address get through otherwise than now, on any way in to the address that it speaks to? */
function otherwise(
  was: ReportListener,
  is: ReportListener | undefined,
  { local, remote }: Session['ends'][number],
  by: Compare,
): boolean {
  const address = parseAddress(plain(remote));
  const ways = waysBetween(was, local, remote);
  if (address === null || ways === null) return true;
  const then = is === undefined ? new Map<string, WayIn>() : waysIn(is);
  return ways.some(([key, way]) => by(verdict(way, address.value), verdict(then.get(key), address.value)));
}

/** Open remote shells and desktops whose port will let their other end in differently. */
export const affected = (sessions: readonly Session[], before: Report, after: Report): readonly Session[] =>
  changedFor(sessions, before, after, differs);

/** Those alone whose port will let their other end in less than now. */
export const shutOut = (sessions: readonly Session[], before: Report, after: Report): readonly Session[] =>
  changedFor(sessions, before, after, lessOpen);

const changedFor = (sessions: readonly Session[], before: Report, after: Report, by: Compare): readonly Session[] =>
  sessions.filter(
    ({ target, remote, ends }) =>
      remote &&
      listenersOn(before, target).some((was) => {
        const is = after.listeners.find(({ id }) => id === was.id);
        return ends.some((end) => otherwise(was, is, end, by));
      }),
  );

/** Does it change for whom a remote way in is open, while it is not known who is connected? */
const touchesUnseen = (before: Report, after: Report): boolean =>
  !areConnectionsWhole(before) &&
  before.listeners.some((was) => {
    const is = after.listeners.find(({ id }) => id === was.id);
    return isRemoteAccess(was) && (is === undefined || !sameReach(was, is));
  });

/** Could a session be cut of which nothing is known, because not everything could be read? */
export const mayCutUnseen = (before: Report, after: Report): boolean =>
  !isOwnListWhole(before) || touchesUnseen(before, after);

interface Confirm {
  /** Seconds, or null where nobody has to confirm. */
  readonly within: number | null;
  readonly warnings: readonly Warning[];
}

export function confirmOf(choice: Choice, sessions: readonly Session[], before: Report, after: Report): Confirm {
  const cut = affected(sessions, before, after);
  const unseen = cut.length === 0 && mayCutUnseen(before, after);
  const within = choice.confirm ?? (cut.length > 0 || unseen ? BY_ITSELF : null);
  if (within === null) return { within, warnings: [] };
  const because = unseen ? 'unread' : cut.length > 0 ? 'session' : null;
  return { within, warnings: [{ kind: 'confirm', seconds: within, because }] };
}

/** What is ended for good cannot be put back. Throws a ProblemError where a remote session could go with it. */
export function demandNobodyCut(sessions: readonly Session[], before: Report, after: Report): Confirm {
  const cut = affected(sessions, before, after).length > 0;
  if (cut || touchesUnseen(before, after)) {
    throw problem('unsupported', { kind: cut ? 'session-ends' : 'sessions-unread' });
  }
  return { within: null, warnings: [] };
}

/** Do the seconds belong to the choice? Whoever carries a plan out asks. */
export const confirmFits = ({ confirm }: Choice, within: number | null): boolean =>
  confirm === undefined ? within === null || within === BY_ITSELF : within === confirm;
