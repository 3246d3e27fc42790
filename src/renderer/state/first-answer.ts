/** A report that is there at once is what the window shows first: nobody sees the waiting for it come and go. */
import type { Store } from './store.ts';

/** Milliseconds that the first picture may wait for it: too short to be felt. */
const SOON = 80;

/** Once the first reading is answered, or has not been within that time. */
export function firstAnswer(store: Store, soon: number = SOON): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, soon);
    const unwatch = store.subscribe(() => {
      const { report, scan } = store.get();
      if (report !== null || scan.problem !== null) done();
    });
    function done(): void {
      clearTimeout(timer);
      unwatch();
      resolve();
    }
  });
}
