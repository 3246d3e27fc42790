/** What is open on a Windows computer only because a network is set as private: judged once more as if it were public. */
import { letsThrough, mayLetThrough } from '../reach/summary.ts';
import { type AddressSet, EVERYTHING, NOTHING, setOf } from '../address.ts';
import type { Facts } from '../facts.ts';
import { worldOf } from '../facts.ts';
import { minus, union } from '../intervals.ts';
import type { Forward, Reach, ReportListener } from '../model.ts';
import { createJudge } from '../reach/index.ts';

/** A private network, with the ids of what others in it reach and would not if it were public. */
export interface OpenAsPrivate {
  readonly interface: string;
  readonly command: string | null;
  readonly listeners: readonly string[];
  /** Ids of what others than now would reach then: rules for public networks may let in whom those for private ones do not. */
  readonly opens: readonly string[];
  /** The same of which it cannot be told. */
  readonly mayOpen: readonly string[];
}

const within = (ways: readonly Reach[], name: string): readonly Reach[] => ways.filter((way) => way.interface === name);

const isSameWay = (one: Reach, other: Reach): boolean =>
  one.family === other.family && one.address === other.address && one.port === other.port;

type Opens = 'opens' | 'mayOpen';

/** Would anybody get in by these ways who does not now, or perhaps? What cannot be read as addresses is everybody. */
function opening(now: readonly Reach[], then: readonly Reach[]): Opens | null {
  const found = then.flatMap((will): readonly Opens[] => {
    const was = now.filter((way) => isSameWay(way, will));
    const setIn = (texts: readonly string[], otherwise: AddressSet): AddressSet =>
      setOf(texts, will.family) ?? otherwise;
    const letIn = setIn(
      was.flatMap(({ open, limited }) => [...open, ...limited]),
      NOTHING,
    );
    const perhaps = setIn(
      was.flatMap(({ unknown }) => unknown),
      NOTHING,
    );
    const everybody = EVERYTHING[will.family];
    if (minus(setIn([...will.open, ...will.limited], everybody), letIn).length > 0) return ['opens'];
    return minus(setIn(will.unknown, everybody), union(letIn, perhaps)).length > 0 ? ['mayOpen'] : [];
  });
  return found.includes('opens') ? 'opens' : (found[0] ?? null);
}

/** @param listeners as they are judged now, and `doors`, what leads on */
export function openAsPrivate(
  { windows }: Facts,
  listeners: readonly ReportListener[],
  doors: readonly Forward[],
): readonly OpenAsPrivate[] {
  if (windows === null) return [];
  const networks = windows.private.filter((network) =>
    listeners.some(({ reach }) => within(reach, network.interface).some(letsThrough)),
  );
  if (networks.length === 0) return [];
  const other = windows.asPublic();
  const judge = createJudge(worldOf(other));
  const then = new Map<string, readonly Reach[]>([
    ...other.listeners.map((listener) => [listener.id, judge.reachOf(listener).reach] as const),
    ...judge.forwards().map(({ id, reach }) => [id, reach] as const),
  ]);
  return networks.flatMap(({ interface: name, command }): readonly OpenAsPrivate[] => {
    const closed = listeners.filter(({ id, reach }) => {
      const will = then.get(id);
      return will !== undefined && within(reach, name).some(letsThrough) && !within(will, name).some(mayLetThrough);
    });
    const others = [...listeners, ...doors].map(({ id, reach }) => ({
      id,
      does: opening(within(reach, name), within(then.get(id) ?? [], name)),
    }));
    const those = (kind: Opens) => others.filter(({ does }) => does === kind).map(({ id }) => id);
    return closed.length === 0
      ? []
      : [
          {
            interface: name,
            command,
            listeners: closed.map(({ id }) => id),
            opens: those('opens'),
            mayOpen: those('mayOpen'),
          },
        ];
  });
}
