/** How the parts of the window get at the state and the actions. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { Around } from '../text/facts.ts';
import type { Actions } from './actions.ts';
import { aroundOf } from './select.ts';
import type { State, Store } from './store.ts';

interface App {
  readonly store: Store;
  readonly actions: Actions;
}

const AppContext = createContext<App | null>(null);

export const AppProvider = ({ app, children }: { readonly app: App; readonly children: ReactNode }) => (
  <AppContext value={app}>{children}</AppContext>
);

function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('a part of the window was used outside of it');
  return app;
}

export const useActions = (): Actions => useApp().actions;

/** A part of the state; `select` must give back what is in the state, not make something new. */
export function useSelect<T>(select: (state: State) => T): T {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/** What a problem is worded with. */
export function useAround(): Around {
  const report = useSelect((state) => state.report);
  const history = useSelect((state) => state.history);
  return aroundOf({ report, history });
}

/** The time of the report where it has to be told with each verdict: as soon as it is not fresh any more. */
export const useAsOf = (): string | null =>
  useSelect(({ stale, report }) => (stale ? (report?.takenAt ?? null) : null));

/** Something is being planned, changed or undone, or waits to be kept: one thing at a time. */
export const useBusy = (): boolean =>
  useSelect(({ deeds }) =>
    deeds.some(
      ({ phase }) => phase === 'planning' || phase === 'applying' || phase === 'waiting' || phase === 'undoing',
    ),
  );
