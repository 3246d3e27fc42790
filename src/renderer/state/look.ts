/** Looking: at the machine, its connections, its rules and what was changed; and when to doubt what was seen. */
import type { Report } from '../../core/model.ts';
import { words } from '../text/words.ts';
import type { Client } from './client.ts';
import type { Say } from './say.ts';
import type { State, Store } from './store.ts';

export interface LookActions {
  readonly scan: (exact?: boolean) => Promise<void>;
  readonly loadConnections: () => Promise<void>;
  /** Every rule in words, as of the report that is shown. */
  readonly loadRules: () => Promise<void>;
  /** What is shown may no longer be so. */
  readonly doubt: () => void;
  /** The same, if it was read too long ago. */
  readonly checkAge: () => void;
}

export interface Look extends LookActions {
  readonly loadHistory: () => Promise<void>;
  /** A report that was asked for, for the store. */
  readonly show: (report: Report) => Partial<State>;
  /** One that was pushed: the rows stay where they are. */
  readonly follow: (report: Report) => Partial<State>;
}

/** Milliseconds for which a verdict may stand without its time. */
const FRESH = 60_000;

/** @param looked after each reading that was asked for, once what was changed is known too */
export function createLook(
  store: Store,
  client: Client,
  { announce, announceProblem }: Say,
  { clock, shown }: { readonly clock: () => number; readonly shown: () => Promise<void> },
  looked: () => void,
): Look {
  let readAt = 0;

  const follow = (report: Report): Partial<State> => {
    readAt = clock();
    return { report, stale: false, socketsDiffer: false };
  };

  const show = (report: Report): Partial<State> => ({
    ...follow(report),
    changed: new Set(),
    arranged: store.get().arranged + 1,
    scan: { running: false, exact: false, progress: null, problem: null },
  });

  const doubt = (): void => {
    const { report, stale } = store.get();
    if (report === null || stale) return;
    store.set(() => ({ stale: true }));
    announce(`${words.scan.asOf(report.takenAt)}. ${words.scan.maybeChanged}`);
  };

  const loadHistory = async (): Promise<void> => {
    const reply = await client.call('history', {});
    if (reply.ok) store.set(() => ({ history: reply.value }));
  };

  const scan = async (exact = false): Promise<void> => {
    store.set(() => ({ scan: { running: true, exact, progress: null, problem: null } }));
    const reply = await client.call('scan', { exact });
    if (reply.ok) {
      store.set(() => show(reply.value));
      announce(words.home.sentence(reply.value));
    } else {
      store.set(() => ({ scan: { running: false, exact, progress: null, problem: reply.error } }));
      announceProblem(reply.error);
    }
    // What was found is seen before anything else is asked for.
    await shown();
    await loadHistory();
    looked();
    if (store.get().connections !== null) await loadConnections();
  };

  const loadConnections = async (): Promise<void> => {
    store.set(({ connections }) => ({ connections: connections ?? { state: 'loading' } }));
    const reply = await client.call('connections', {});
    store.set(() => ({
      connections: reply.ok ? { state: 'here', value: reply.value } : { state: 'failed', problem: reply.error },
    }));
  };

  const loadRules = async (): Promise<void> => {
    const { report } = store.get();
    store.set(({ rules }) => ({ rules: rules?.state === 'here' ? rules : { state: 'loading' } }));
    const reply = await client.call('rules', {});
    // Another report came meanwhile: its own rules are on their way.
    if (store.get().report !== report) return;
    store.set(() => ({
      rules: reply.ok ? { state: 'here', value: reply.value } : { state: 'failed', problem: reply.error },
    }));
  };

  return {
    scan,
    loadConnections,
    loadRules,
    loadHistory,
    doubt,
    checkAge: () => {
      // A clock that was put back says nothing about how old it is.
      if (Math.abs(clock() - readAt) >= FRESH) doubt();
    },
    show,
    follow,
  };
}
