/** What a person sets going: planned, carried out where one click is enough, else shown first; and undone. */
import { targetsOnce } from '../../core/listeners/targets.ts';
import type { Choice, Report, Target, Way } from '../../core/model.ts';
import { words } from '../text/words.ts';
import type { Client } from './client.ts';
import type { DeedList } from './deed-list.ts';
import type { Look } from './look.ts';
import type { Say } from './say.ts';
import { keptTargets, lastApplied } from './select.ts';
import type { Store } from './store.ts';
import { createWaiting, type Settle } from './waiting.ts';

export interface DeedActions {
  /** Close ports for everyone: at once where one click is enough, else Review opens. */
  readonly close: (targets: readonly Target[], findings: readonly string[]) => Promise<void>;
  /** Stop what listens on a port; Review opens first where it cannot be undone, or where more stops with it. */
  readonly stop: (target: Target, findings: readonly string[]) => Promise<void>;
  /** Plan the same once more, with or without ending the connections that are open. */
  readonly dropLive: (deed: number, drop: boolean) => Promise<void>;
  /** Show what a part of an intent that was opened here would change. */
  readonly carryOut: (choice: Choice) => Promise<void>;
  readonly turnOnFirewall: (finding: string) => Promise<void>;
  readonly removeOpening: (targets: readonly Target[], finding: string) => Promise<void>;
  readonly apply: (deed: number) => Promise<void>;
  /** Keep a change that waits. */
  readonly confirm: (deed: number) => Promise<void>;
  /** Put a change that waits back at once. */
  readonly putBack: (deed: number) => Promise<void>;
  readonly undo: (deed: number) => Promise<void>;
  /** Undo a change of the history: the last one at once, any other as `takeBack`. */
  readonly undoChange: (change: string) => Promise<void>;
  /** Show what taking back a change alone would do, whatever has come after it. */
  readonly takeBack: (change: string) => Promise<void>;
  readonly dismiss: (deed: number) => void;
}

interface Deeds {
  readonly actions: DeedActions;
  /** Show what closing would change, whether one click would be enough or not. */
  readonly reviewClosing: (targets: readonly Target[], findings: readonly string[]) => Promise<void>;
  /** Ask about a change that waits and is not yet in the list. */
  readonly resume: () => void;
}

export function createDeeds(
  store: Store,
  client: Client,
  list: DeedList,
  look: Look,
  say: Say,
  clock: () => number,
): Deeds {
  const { announce, announceProblem } = say;

  /** Plan it; carry it out where one click is enough, else, and where that is wanted, show what would change. */
  const begin = async (
    choice: Choice,
    findings: readonly string[],
    { review = false }: { readonly review?: boolean } = {},
  ): Promise<void> => {
    if (list.isBusy()) return;
    const deed = list.make({ choice, findings, phase: 'planning' });
    const { id } = deed;
    list.put(deed);
    announce(words.deed.planning);
    const reply = await client.call('propose', choice);
    if (!reply.ok) {
      list.change(id, { phase: 'failed', problem: reply.error });
      announceProblem(reply.error);
      return;
    }
    list.change(id, { phase: 'ready', plan: reply.value });
    if (reply.value.simple && !review) await apply(id);
    else store.set(() => ({ route: { view: 'review', deed: id } }));
  };

  const closing = (targets: readonly Target[], findings: readonly string[], review: boolean): Promise<void> =>
    begin(
      { kind: 'close', targets: targetsOnce(targets), audience: 'everyone', way: wayFor(store.get().report, findings) },
      findings,
      { review },
    );

  const dropLive = async (id: number, drop: boolean): Promise<void> => {
    const deed = list.of(id);
    if (deed?.phase !== 'ready' || deed.choice.kind !== 'close') return;
    const choice: Choice = { ...deed.choice, drop };
    list.change(id, { choice, phase: 'planning', problem: null });
    const reply = await client.call('propose', choice);
    if (reply.ok) list.change(id, { phase: 'ready', plan: reply.value });
    else list.change(id, { phase: 'failed', problem: reply.error });
    if (reply.ok) announce(words.review.replanned(reply.value.steps.length));
    else announceProblem(reply.error);
  };

  const settle: Settle = async (id, reply, phase) => {
    if (reply.ok) {
      const { choice } = reply.value.change.plan;
      if (phase === 'done' && choice.kind === 'undo') {
        // What it took back stands no longer, so its own card goes.
        store.set(({ deeds }) => ({ deeds: deeds.filter(({ outcome }) => outcome?.change.id !== choice.change) }));
      }
      list.change(id, { phase, outcome: reply.value, progress: null, problem: null });
      store.set(() => look.show(reply.value.report));
      announce(words.deed.announce(phase, reply.value));
    } else {
      list.change(id, { phase: phase === 'undone' ? 'done' : 'failed', progress: null, problem: reply.error });
      announceProblem(reply.error);
    }
    await look.loadHistory();
  };

  const { wait, decide, resume } = createWaiting(store, client, list, look, say, settle, clock);

  const apply = async (id: number): Promise<void> => {
    const plan = list.of(id)?.plan;
    if (plan === null || plan === undefined || list.isBusy()) return;
    list.change(id, { phase: 'applying', progress: null, problem: null });
    announce(words.deed.applying);
    const reply = await client.call('apply', { plan: plan.id });
    if (reply.ok && reply.value.change.state === 'waiting') await wait(id, reply.value);
    else await settle(id, reply, 'done');
  };

  const takeBack = (change: string): Promise<void> => begin({ kind: 'undo', change }, []);

  /** Is another change in force that was made after it? */
  const isCovered = (change: string): boolean => {
    const last = lastApplied(store.get().history);
    return last !== undefined && last.id !== change && store.get().history.some(({ id }) => id === change);
  };

  const undo = async (id: number): Promise<void> => {
    const change = list.of(id)?.outcome?.change;
    if (change === undefined || list.isBusy()) return;
    if (isCovered(change.id)) return takeBack(change.id);
    list.change(id, { phase: 'undoing', progress: null, problem: null });
    announce(words.deed.undoing);
    await settle(id, await client.call('undo', { change: change.id }), 'undone');
  };

  const undoChange = async (change: string): Promise<void> => {
    const entry = store.get().history.find(({ id }) => id === change);
    if (entry === undefined || list.isBusy()) return;
    if (isCovered(change)) return takeBack(change);
    const deed = list.make({ choice: entry.plan.choice, phase: 'undoing', plan: entry.plan });
    list.put(deed);
    announce(words.deed.undoing);
    const reply = await client.call('undo', { change });
    if (reply.ok) await settle(deed.id, reply, 'undone');
    else {
      list.change(deed.id, { phase: 'failed', problem: reply.error });
      announceProblem(reply.error);
    }
  };

  return {
    actions: {
      close: (targets, findings) => closing(targets, findings, false),
      stop: (target, findings) =>
        begin({ kind: 'close', targets: targetsOnce([target]), audience: 'everyone', way: 'stop' }, findings),
      dropLive,
      carryOut: (choice) => begin(choice, [], { review: true }),
      turnOnFirewall: (finding) => {
        const { report } = store.get();
        return begin({ kind: 'enable-firewall', keep: report === null ? [] : keptTargets(report) }, [finding]);
      },
      removeOpening: (targets, finding) => begin({ kind: 'remove-opening', targets: targetsOnce(targets) }, [finding]),
      apply,
      confirm: (id) => decide(id, 'confirm'),
      putBack: (id) => decide(id, 'undo'),
      undo,
      undoChange,
      takeBack,
      dismiss: list.dismiss,
    },
    reviewClosing: (targets, findings) => closing(targets, findings, true),
    resume,
  };
}

/** The firewall, where there is one for each of them; what it cannot say is closed ahead of it anyway. */
function wayFor(report: Report | null, findings: readonly string[]): Way & ('firewall' | 'own-table') {
  const about = report?.findings.filter(({ id }) => findings.includes(id)) ?? [];
  return about.some(({ ways }) => ways.includes('own-table') && ways.includes('install-firewall'))
    ? 'own-table'
    : 'firewall';
}
