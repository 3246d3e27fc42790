/** The deeds of the store: a new one, one that goes on, and whether one is under way. */
import type { Deed, Store } from './store.ts';

export interface DeedList {
  /** With an id of its own, and nothing in it but what is given; not yet in the list. */
  readonly make: (deed: Pick<Deed, 'choice' | 'phase'> & Partial<Deed>) => Deed;
  /** One that was never carried out, or that failed, gives way to it. */
  readonly put: (deed: Deed) => void;
  readonly of: (id: number) => Deed | undefined;
  readonly change: (id: number, change: Partial<Deed>) => void;
  readonly dismiss: (id: number) => void;
  readonly isBusy: () => boolean;
  /** Is the person in the middle of a change? */
  readonly isReviewing: () => boolean;
}

export function createDeedList(store: Store): DeedList {
  let last = 0;

  const isBusy = (): boolean =>
    store
      .get()
      .deeds.some(
        ({ phase }) => phase === 'planning' || phase === 'applying' || phase === 'waiting' || phase === 'undoing',
      );

  return {
    make: (deed) => {
      last += 1;
      return { findings: [], plan: null, progress: null, outcome: null, word: null, problem: null, ...deed, id: last };
    },
    put: (deed) =>
      store.set(({ deeds }) => ({
        deeds: [deed, ...deeds.filter(({ phase }) => phase !== 'ready' && phase !== 'failed')],
      })),
    of: (id) => store.get().deeds.find((deed) => deed.id === id),
    change: (id, change) =>
      store.set(({ deeds }) => ({ deeds: deeds.map((deed) => (deed.id === id ? { ...deed, ...change } : deed)) })),
    dismiss: (id) =>
      store.set(({ deeds, route }) => ({
        deeds: deeds.filter((deed) => deed.id !== id),
        route: route.view === 'review' && route.deed === id ? { view: 'keep-closed' } : route,
      })),
    isBusy,
    isReviewing: () => {
      const { route, deeds } = store.get();
      if (isBusy()) return true;
      return route.view === 'review' && deeds.some(({ id, phase }) => id === route.deed && phase === 'ready');
    },
  };
}
