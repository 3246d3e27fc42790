/** A change that is in force and waits: it is put back by itself unless somebody keeps it. */
import type { Reply } from '../../core/api.ts';
import type { Change, Outcome } from '../../core/model.ts';
import { words } from '../text/words.ts';
import type { Client } from './client.ts';
import type { DeedList } from './deed-list.ts';
import type { Look } from './look.ts';
import type { Say } from './say.ts';
import type { Store } from './store.ts';

/** Milliseconds after its deadline in which a change is put back. */
const AFTER_DEADLINE = 3000;

/** Writes what came of a deed. */
export type Settle = (id: number, reply: Reply<Outcome>, phase: 'done' | 'undone') => Promise<void>;

interface Waiting {
  /** It is in force and waits: whoever decides, and however, what came of it is shown. */
  readonly wait: (id: number, outcome: Outcome) => Promise<void>;
  /** Say the word to a change that waits; what comes of it is told by `wait`. */
  readonly decide: (id: number, word: 'confirm' | 'undo') => Promise<void>;
  /** A change that was made before this window opened, and waits: the question is asked here too. */
  readonly resume: () => void;
}

export function createWaiting(
  store: Store,
  client: Client,
  list: DeedList,
  look: Look,
  { announce }: Say,
  settle: Settle,
  clock: () => number,
): Waiting {
  /** Deeds that another window, or a terminal, began. */
  const resumed = new Set<number>();

  /** Milliseconds until it is put back; not a number where no time is set. */
  const leftOf = ({ deadline }: Change): number => Date.parse(deadline ?? '') - clock();

  return {
    wait: async (id, outcome) => {
      list.change(id, { phase: 'waiting', outcome, progress: null, problem: null });
      store.set(() => look.show(outcome.report));
      announce(words.waiting.announce(Math.max(0, Math.round(leftOf(outcome.change) / 1000))));
      const reply = await client.call('settled', { change: outcome.change.id });
      const kept = reply.ok && reply.value.change.state === 'applied';
      if (reply.ok) await settle(id, reply, kept ? 'done' : 'undone');
      else await settle(id, reply, 'done');
    },

    decide: async (id, word) => {
      const deed = list.of(id);
      if (deed?.phase !== 'waiting' || deed.word !== null || deed.outcome === null) return;
      list.change(id, { word, problem: null });
      announce(word === 'confirm' ? words.waiting.keeping : words.deed.undoing);
      const reply = await client.call(word, { change: deed.outcome.change.id });
      if (reply.ok && resumed.has(id)) await settle(id, reply, word === 'confirm' ? 'done' : 'undone');
      if (!reply.ok && list.of(id)?.phase === 'waiting') list.change(id, { word: null, problem: reply.error });
    },

    resume: () => {
      const { history, report, deeds } = store.get();
      const change = history.find(({ state }) => state === 'waiting');
      if (change === undefined || report === null || deeds.some(({ phase }) => phase === 'waiting')) return;
      const left = leftOf(change);
      if (left <= 0) return;
      const outcome: Outcome = { change, checked: [], verified: true, report };
      const deed = list.make({ choice: change.plan.choice, phase: 'waiting', plan: change.plan, outcome });
      store.set((state) => ({ deeds: [deed, ...state.deeds], route: { view: 'review', deed: deed.id } }));
      resumed.add(deed.id);
      announce(words.waiting.announce(Math.round(left / 1000)));
      // Nobody tells this window what became of it: the machine is looked at.
      setTimeout(() => {
        if (list.of(deed.id)?.phase !== 'waiting') return;
        list.dismiss(deed.id);
        void look.scan();
      }, left + AFTER_DEADLINE);
    },
  };
}
