/** Connections that are open now, and would stay open though new ones are blocked: told, or ended where that was chosen. */
import { parseAddress } from '../address.ts';
import type { Choice, Operation, Report, Target } from '../model.ts';
import type { Warning } from '../told.ts';
import { verdictFor } from './confirm.ts';
import { listenersOn } from './reach-sets.ts';
import type { Session } from './sessions.ts';

export interface Live {
  readonly operations: readonly Operation[];
  readonly warnings: readonly Warning[];
  /** How many could be ended: they would stay open though new ones are blocked. */
  readonly count: number;
}

const isAt =
  ({ protocol, port }: Target) =>
  (other: Target): boolean =>
    other.protocol === protocol && other.port === port;

export const staying = (target: Target, count: number): Warning => ({ kind: 'connections-stay', target, count });

/** Somebody who works here from elsewhere is never cut off. Only TCP knows connections that can be ended. */
export function liveOf(choice: Choice, sessions: readonly Session[], after: Report): Live {
  if (choice.kind !== 'close' || choice.way === 'stop') return { operations: [], warnings: [], count: 0 };
  const chosen = sessions.filter(({ target }) => choice.targets.some(isAt(target)));
  const each = chosen.map((session) => {
    const { target, remote, ends } = session;
    const shut = ends.filter((end) => isShut(after, target, end)).map((end) => end.remote.replace(/^::ffff:/, ''));
    const from =
      remote || target.protocol === 'udp' ? [] : [...new Set(shut)].filter((one) => parseAddress(one) !== null);
    return { session, from, ended: shut.filter((one) => from.includes(one)).length };
  });
  const droppable = each.filter(({ from }) => from.length > 0);
  const operations = droppable.map(
    ({ session, from }): Operation => ({ kind: 'connections-drop', port: session.target.port, from }),
  );
  const drops = choice.drop === true;
  return {
    operations: drops ? operations : [],
    warnings: each.flatMap(({ session, ended }) => {
      const stay = session.count - (drops ? ended : 0);
      return stay === 0 ? [] : [staying(session.target, stay)];
    }),
    count: droppable.reduce((sum, { ended }) => sum + ended, 0),
  };
}

/** Could this connection not be made any more? */
export const isShut = (
  after: Report,
  target: Target,
  end: { readonly local: string; readonly remote: string },
): boolean =>
  listenersOn(after, target).every((listener) => {
    const verdicts = verdictFor(listener, end.local, end.remote);
    return verdicts.length > 0 && verdicts.every((one) => one === 'blocked');
  });
