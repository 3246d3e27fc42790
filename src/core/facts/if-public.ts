/** What is open on a Windows computer only because a network is set as private: judged once more as if it were public. */
import type { Facts } from '../facts.ts';
import { worldOf } from '../facts.ts';
import type { Reach, ReportListener } from '../model.ts';
import { createJudge } from '../reach/index.ts';

/** A private network, with the ids of what others in it reach and would not if it were public. */
export interface OpenAsPrivate {
  readonly interface: string;
  readonly command: string | null;
  readonly listeners: readonly string[];
}

const lets = ({ open, limited }: Reach): boolean => open.length + limited.length > 0;
/** Open, or it cannot be told. */
const mayLet = (way: Reach): boolean => lets(way) || way.unknown.length > 0;

/** @param listeners as they are judged now */
export function openAsPrivate({ windows }: Facts, listeners: readonly ReportListener[]): readonly OpenAsPrivate[] {
  if (windows === null || windows.private.length === 0) return [];
  const within = (ways: readonly Reach[], name: string): readonly Reach[] =>
    ways.filter((way) => way.interface === name);
  const open = listeners.filter(({ reach }) =>
    windows.private.some((network) => within(reach, network.interface).some(lets)),
  );
  if (open.length === 0) return [];
  const other = windows.asPublic();
  const judge = createJudge(worldOf(other));
  const byId = new Map(other.listeners.map((listener) => [listener.id, listener]));
  const judged = open.flatMap((listener) => {
    const same = byId.get(listener.id);
    return same === undefined ? [] : [{ listener, asPublic: judge.reachOf(same).reach }];
  });
  return windows.private.flatMap((network): readonly OpenAsPrivate[] => {
    const closed = judged.filter(
      (one) =>
        within(one.listener.reach, network.interface).some(lets) &&
        !within(one.asPublic, network.interface).some(mayLet),
    );
    return closed.length === 0
      ? []
      : [
          {
            interface: network.interface,
            command: network.command,
            listeners: closed.map(({ listener }) => listener.id),
          },
        ];
  });
}
