/** How many ports are open to others, and to whom: the one count that every headline is made of. Pure. */
import type { AdviceKind, ListenerReach, Report } from '../model.ts';
import { sourcesThrough } from '../reach/summary.ts';
import { isReached } from './audience.ts';
import { findingIdOf, listenersOf } from './remedy.ts';

/** Ports, and the widest whom they are open to. */
export interface OpenPorts {
  readonly count: number;
  /** How many of them anyone on the internet reaches. */
  readonly internet: number;
  /** `internet`: all of them are open to it; `others`: some of them; `one`: one address alone. */
  readonly whom: 'internet' | 'others' | 'network' | 'some' | 'one';
}

export interface OpenCount {
  /** Probably not needed: advised to be closed or restricted. */
  readonly needless: OpenPorts;
  /** Whether they are needed is for a person to say; none of those above. */
  readonly asked: OpenPorts;
}

/** Ports that findings are about and that somebody is known to reach; those that are led on among them. */
export function openCount({ findings, listeners, forwards }: Report): OpenCount {
  const about = (...kinds: readonly AdviceKind[]): readonly ListenerReach[] => {
    const meant = findings.filter(({ advice }) => kinds.includes(advice));
    const ids = new Set(meant.flatMap((finding) => [finding.id, ...listenersOf(finding)]));
    return [
      ...listeners.filter((listener) => ids.has(listener.id) && isReached(listener)),
      ...forwards.filter((forward) => ids.has(findingIdOf(forward)) && isReached(forward)),
    ];
  };
  const needless = about('close', 'restrict');
  return { needless: counted(needless), asked: counted(about('review').filter((one) => !needless.includes(one))) };
}

function counted(open: readonly ListenerReach[]): OpenPorts {
  const internet = open.filter(({ exposure }) => exposure === 'internet').length;
  const whom =
    internet > 0
      ? internet === open.length
        ? 'internet'
        : 'others'
      : open.some(({ exposure }) => exposure === 'network')
        ? 'network'
        : new Set(open.flatMap(sourcesThrough)).size === 1
          ? 'one'
          : 'some';
  return { count: open.length, internet, whom };
}
