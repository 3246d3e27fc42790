/** Reading something from a snapshot once, however many ask: several readers begin with what another one reads. */
import type { Snapshot } from './model.ts';

/** The same reader, which gives the same value again for the same snapshot. A snapshot never changes. */
export function perSnapshot<T>(read: (snapshot: Snapshot) => T): (snapshot: Snapshot) => T {
  const known = new WeakMap<Snapshot, { readonly value: T }>();
  return (snapshot) => {
    let one = known.get(snapshot);
    if (one === undefined) known.set(snapshot, (one = { value: read(snapshot) }));
    return one.value;
  };
}
