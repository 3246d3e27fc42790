/** An ordered change that may wait for its confirmation: what the caller has in hand meanwhile. */
import type { Done, Word } from './protocol.ts';
import type { OnWaiting } from './pkexec.ts';

export interface Pending {
  /** Keep it, or put it back now. Only the first word counts, and only until the deadline. */
  readonly say: (word: Word) => void;
  /** What became of it. */
  readonly ended: Promise<Done>;
}

/** `pending`: the change waits. */
export type Applied = Done & { readonly pending?: Pending };

/** Start it with `run`: gives what is done and checked, be it at the end or when the change begins to wait. */
export function untilItWaits(run: (onWaiting: OnWaiting) => Promise<Done>): Promise<Applied> {
  return new Promise((resolve, reject) => {
    const ended: Promise<Done> = run((value, say) => {
      // Whoever waits for the end is told of a failure; nobody has to.
      ended.catch(() => {});
      resolve({ ...value, pending: { say, ended } });
    });
    ended.then(resolve, reject);
  });
}
