/**
 * What is pushed to an open window, and what a hint or a new reading means for the report that it shows. Pure, and
 * careful: an ordinary reading never takes the place of one that was allowed to read more.
 */
import type { Report, Target } from '../model.ts';

/** Where a person wants to be brought, from outside of the window. Nothing is done there by itself. */
export type Visit =
  | { readonly to: 'advice'; readonly finding: string }
  /** What closing that port would change, before anything is changed. */
  | { readonly to: 'review'; readonly target: Target };

/**
 * `doubt`: the report of that time may no longer hold. `report`: a newer one, which knows at least as much. `visit`: the
 * window was brought to the front for this.
 */
export type News =
  | {
      readonly kind: 'doubt';
      /** `takenAt` of the report that it is about. */
      readonly of: string;
      /** What listens is known to be different. */
      readonly sockets: boolean;
    }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'visit'; readonly visit: Visit };

/** The report in the window. */
export interface Shown {
  readonly report: Report;
  /** When the oldest part of it was read, in milliseconds of a clock that nobody sets. */
  readonly began: number;
  /** More was read for it than a reading that asks nobody is given. */
  readonly exact: boolean;
}

export interface Hint {
  readonly what: 'sockets' | 'network' | 'firewall';
  /** When it was heard, in milliseconds of the same clock. */
  readonly at: number;
}

/** Sockets are only looked at from time to time: a hint at them may tell of what a reading has seen already. */
const LATE = 2500;

/** Is the shown report in doubt at once? Only where no ordinary reading can be as exact; all else is simply read anew. */
export function doubts({ exact, began }: Shown, { what, at }: Hint): boolean {
  return exact && at > began + (what === 'sockets' ? LATE : 0);
}

/**
 * What a new reading that asked nobody means for the report that is shown.
 * @param given what only root may read was given to it all the same
 * @param later it was begun when the report was shown already, whatever the computer's clock, which may be set back, says
 */
export function weigh(shown: Shown, fresh: Report, given: boolean, later = false): News | null {
  const { report, exact } = shown;
  if (!later && fresh.takenAt <= report.takenAt) return null;
  if ((given || !exact) && knowsAsMuch(fresh, report)) return { kind: 'report', report: fresh };
  const sockets = socketsOf(fresh) !== socketsOf(report);
  if (!sockets && networksOf(fresh) === networksOf(report)) return null;
  return { kind: 'doubt', of: report.takenAt, sockets };
}

function knowsAsMuch(fresh: Report, before: Report): boolean {
  const unread = new Set(before.unread.map(({ what }) => what));
  return (fresh.complete || !before.complete) && fresh.unread.every(({ what }) => unread.has(what));
}

const sorted = (texts: readonly string[]): string => JSON.stringify([...texts].sort());

const socketsOf = ({ listeners }: Report): string =>
  sorted(
    listeners.flatMap(({ protocol, port, addresses }) =>
      addresses.map(({ address, device }) => `${protocol} ${port} ${address} ${device ?? ''}`),
    ),
  );

const networksOf = ({ interfaces }: Report): string =>
  sorted(interfaces.flatMap(({ name, addresses }) => addresses.map((address) => `${name} ${address}`)));

/** What a carrier brought; null where it is no news. */
export function newsFrom(value: unknown): News | null {
  if (!isObject(value)) return null;
  if (value['kind'] === 'doubt') {
    const { of, sockets } = value;
    return typeof of === 'string' && typeof sockets === 'boolean' ? { kind: 'doubt', of, sockets } : null;
  }
  if (value['kind'] === 'visit') {
    const visit = visitFrom(value['visit']);
    return visit === null ? null : { kind: 'visit', visit };
  }
  if (value['kind'] !== 'report' || !isObject(value['report'])) return null;
  const { report } = value;
  const lists = ['listeners', 'forwards', 'findings', 'interfaces', 'firewalls', 'unread'];
  if (report['schema'] !== 1 || typeof report['takenAt'] !== 'string') return null;
  return lists.every((name) => Array.isArray(report[name])) ? { kind: 'report', report: report as never } : null;
}

function visitFrom(value: unknown): Visit | null {
  if (!isObject(value)) return null;
  const { to, finding, target } = value;
  if (to === 'advice') return typeof finding === 'string' ? { to, finding } : null;
  if (to !== 'review' || !isObject(target)) return null;
  const { protocol, port } = target;
  if ((protocol !== 'tcp' && protocol !== 'udp') || typeof port !== 'number') return null;
  return { to, target: { protocol, port } };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
