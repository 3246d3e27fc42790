/**
 * Whom a change of Windows Firewall cuts off. Windows checks connections that are open anew when a rule changes (Microsoft
 * Learn, Windows Filtering Platform, ALE re-authorization), so what a plan blocks ends at once, and nothing there puts it
 * back by itself: what would cut a remote session is refused, unless ending the connections was chosen.
 */
import { windows } from '../firewalls/registry.ts';
import { isListWhole } from '../listeners/whole.ts';
import type { Choice, Operation, Report } from '../model.ts';
import { problem } from '../problem.ts';
import { mayCutUnseen, shutOut } from './confirm.ts';
import { isShut, type Live } from './live.ts';
import { bare, listenersOn } from './reach-sets.ts';
import type { Session } from './sessions.ts';

export const NOTHING_TO_CONFIRM = { within: null, warnings: [] } as const;

/** Throws a ProblemError where somebody who works here from elsewhere would be cut off, or may be. */
export function cutting(choice: Choice, sessions: readonly Session[], before: Report, after: Report): Live {
  if (choice.confirm !== undefined) throw problem('unsupported', { kind: 'windows-no-timer' });
  const closes = choice.kind === 'close';
  const agreed = closes && choice.drop === true;
  const cut = shutOut(sessions, before, after);
  if (!agreed && cut.length > 0) {
    throw problem('unsupported', {
      kind: 'windows-session',
      targets: cut.map(({ target }) => bare(target)),
      agreed: closes,
    });
  }
  // Opening cuts nobody.
  // A guest may hold a port at which Windows lists nothing.
  const unlisted =
    closes && !isListWhole(before) && choice.targets.some((target) => listenersOn(before, target).length === 0);
  if (!agreed && choice.kind !== 'reopen' && (unlisted || mayCutUnseen(before, after)))
    throw problem('unsupported', { kind: 'windows-sessions-unread' });
  const shut = sessions.map(({ target, ends }) => ({
    target: bare(target),
    count: ends.filter((end) => isShut(after, target, end) && !isShut(before, target, end)).length,
  }));
  return {
    operations: [],
    warnings: shut.flatMap(({ target, count }) => (count === 0 ? [] : [{ kind: 'windows-cuts', target, count }])),
    count: 0,
  };
}

/**
 * What takes each step back, the last first; none of another firewall. Throws a ProblemError where the script of either is
 * longer than Windows takes.
 */
export function waysBack(operations: readonly Operation[]): readonly windows.WindowsOperation[] {
  const own = operations.filter(windows.isWindows);
  if (own.length === 0) return [];
  const back = windows.backOfAll(own);
  const characters = Math.max(...[own, back].map((some) => windows.changeScript(some).length));
  const most = windows.LONGEST_SCRIPT;
  if (characters > most) throw problem('unsupported', { kind: 'windows-too-long', characters, most });
  return back;
}
