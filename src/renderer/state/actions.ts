/** Everything that the window can do. Each action asks through the client and writes what came of it into the store. */
import type { Input, Progress, Reply, ReportFile } from '../../core/api.ts';
import type { Answer, Choice, ExportFormat, Outcome, Report, RuleFile, Target, Way } from '../../core/model.ts';
import type { Problem } from '../../core/problem.ts';
import { type Language, words } from '../text/words.ts';
import type { News, Visit } from '../../core/live/news.ts';
import type { Client } from './client.ts';
import { createIntentActions, type IntentActions } from './intent.ts';
import { fetchChosen } from './language.ts';
import { changedIn, inPlace, newlyIn } from './live.ts';
import { aroundOf, keptTargets, lastApplied, targetKey, targetsOf } from './select.ts';
import type { Deed, PortsTab, Route, State, Store, Theme, LanguageChoice } from './store.ts';

export interface Actions extends IntentActions {
  readonly go: (route: Route) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setLanguage: (language: LanguageChoice) => Promise<void>;
  readonly setFormat: (format: ExportFormat) => void;
  readonly scan: (exact?: boolean) => Promise<void>;
  readonly loadConnections: () => Promise<void>;
  /** Every rule in words, as of the report that is shown. */
  readonly loadRules: () => Promise<void>;
  readonly showPalette: (open: boolean) => void;
  readonly showListener: (id: string | null, tab?: PortsTab) => void;
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
  readonly keep: (target: Target, keep: boolean) => Promise<void>;
  readonly reach: (question: Input<'reach'>) => Promise<Reply<Answer>>;
  readonly exportRules: (input: Input<'exportRules'>) => Promise<Reply<RuleFile>>;
  readonly saveRules: (input: Input<'saveRules'>) => Promise<Reply<{ readonly path: string | null }>>;
  readonly makeReport: (input: Input<'report'>) => Promise<Reply<ReportFile>>;
  readonly announce: (text: string) => void;
  /** What is shown may no longer be so. */
  readonly doubt: () => void;
  /** The finding that the person came for has the focus. */
  readonly visited: () => void;
  /** Whether the window can be seen: only then the main side looks by itself. */
  readonly attend: (visible: boolean) => void;
  /** Tells which language the window speaks now. */
  readonly speak: (language: Language) => void;
  /** The same, if it was read too long ago. */
  readonly checkAge: () => void;
}

/** Milliseconds for which a verdict may stand without its time. */
const FRESH = 60_000;
/** Milliseconds for which a row that has changed is marked. */
const MARKED = 5000;
/** Milliseconds after its deadline in which a change is put back. */
const AFTER_DEADLINE = 3000;

/** @param clock milliseconds, going on while the computer sleeps */
export function createActions(store: Store, client: Client, clock: () => number = Date.now): Actions {
  let lastDeed = 0;
  let readAt = 0;
  /** Deeds that another window, or a terminal, began. */
  const resumed = new Set<number>();

  const announce = (text: string): void => store.set(() => ({ announcement: text }));
  const announceProblem = (problem: Problem): void => announce(words.problem(problem, aroundOf(store.get()))[0]);
  const changeDeed = (id: number, change: Partial<Deed>): void =>
    store.set(({ deeds }) => ({ deeds: deeds.map((deed) => (deed.id === id ? { ...deed, ...change } : deed)) }));
  const deedOf = (id: number): Deed | undefined => store.get().deeds.find((deed) => deed.id === id);

  const show = (report: Report): Partial<State> => {
    readAt = clock();
    return {
      report,
      stale: false,
      socketsDiffer: false,
      changed: new Set(),
      arranged: store.get().arranged + 1,
      scan: { running: false, exact: false, progress: null, problem: null },
    };
  };

  const doubt = (): void => {
    const { report, stale } = store.get();
    if (report === null || stale) return;
    store.set(() => ({ stale: true }));
    announce(`${words.scan.asOf(report.takenAt)}. ${words.scan.maybeChanged}`);
  };

  /** What came while a review was open, for afterwards. */
  let held: readonly News[] = [];

  const isReviewing = (): boolean => {
    const { route, deeds } = store.get();
    if (isBusy()) return true;
    return route.view === 'review' && deeds.some(({ id, phase }) => id === route.deed && phase === 'ready');
  };

  /** Where the person wants to be brought, until there is a report to show. */
  let wanted: Visit | null = null;

  const arrive = (): void => {
    const { report, scan: looking } = store.get();
    if (wanted === null || report === null || looking.running) return;
    const visit = wanted;
    wanted = null;
    // Whoever is in the middle of a change stays there: the window is in front of them now.
    if (isReviewing()) return;
    store.set(() => ({ route: { view: 'keep-closed' }, visited: visit.to === 'advice' ? visit.finding : null }));
    if (visit.to === 'advice') return;
    const { target } = visit;
    const about = report.findings.filter(({ listener }) => listener !== null);
    const findings = about.filter((one) =>
      targetsOf(report, one).some((other) => targetKey(other) === targetKey(target)),
    );
    void closing(
      [target],
      findings.map(({ id }) => id),
      { review: true },
    );
  };

  const hear = (news: News): void => {
    if (news.kind === 'visit') {
      wanted = news.visit;
      arrive();
      return;
    }
    const { report: before, scan: looking } = store.get();
    // A reading that was asked for is on its way, and newer.
    if (before === null || looking.running) return;
    if (isReviewing()) {
      held = news.kind === 'report' ? [news] : [...held, news];
      return;
    }
    if (news.kind === 'doubt') {
      if (news.of !== before.takenAt) return;
      doubt();
      if (news.sockets) store.set(() => ({ socketsDiffer: true }));
      return;
    }
    if (news.report.takenAt <= before.takenAt) return;
    const report = inPlace(before, news.report);
    const changed = changedIn(before, report);
    readAt = clock();
    store.set(() => ({ report, stale: false, socketsDiffer: false, changed }));
    const { route } = store.get();
    if (route.view === 'ports' && route.tab === 'outbound') void loadConnections();
    const newly = newlyIn(before, report);
    if (newly.length > 0) announce(words.live.announce(newly));
    if (changed.size === 0) return;
    setTimeout(() => store.set((state) => (state.changed === changed ? { changed: new Set() } : {})), MARKED);
  };
  client.onNews(hear);
  store.subscribe(() => {
    arrive();
    if (held.length === 0 || isReviewing()) return;
    const news = held;
    held = [];
    news.forEach(hear);
  });

  client.onProgress((progress: Progress) => {
    store.set((state) =>
      progress.call === 'scan'
        ? { scan: { ...state.scan, progress } }
        : {
            deeds: state.deeds.map((deed) =>
              deed.phase === 'applying' || deed.phase === 'undoing' ? { ...deed, progress } : deed,
            ),
          },
    );
  });

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
    await loadHistory();
    resume();
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

  const isBusy = (): boolean =>
    store
      .get()
      .deeds.some(
        ({ phase }) => phase === 'planning' || phase === 'applying' || phase === 'waiting' || phase === 'undoing',
      );

  /** Plan it; carry it out where one click is enough, else, and where that is wanted, show what would change. */
  const begin = async (
    choice: Choice,
    findings: readonly string[],
    { review = false }: { readonly review?: boolean } = {},
  ): Promise<void> => {
    if (isBusy()) return;
    lastDeed += 1;
    const id = lastDeed;
    const deed: Deed = {
      id,
      choice,
      findings,
      phase: 'planning',
      plan: null,
      progress: null,
      outcome: null,
      word: null,
      problem: null,
    };
    // A plan that was never carried out, or that failed, gives way to the next one.
    store.set(({ deeds }) => ({
      deeds: [deed, ...deeds.filter(({ phase }) => phase !== 'ready' && phase !== 'failed')],
    }));
    announce(words.deed.planning);
    const reply = await client.call('propose', choice);
    if (!reply.ok) {
      changeDeed(id, { phase: 'failed', problem: reply.error });
      announceProblem(reply.error);
      return;
    }
    changeDeed(id, { phase: 'ready', plan: reply.value });
    if (reply.value.simple && !review) await apply(id);
    else store.set(() => ({ route: { view: 'review', deed: id } }));
  };

  const closing = (
    targets: readonly Target[],
    findings: readonly string[],
    how?: { readonly review: boolean },
  ): Promise<void> =>
    begin(
      { kind: 'close', targets: unique(targets), audience: 'everyone', way: wayFor(store.get().report, findings) },
      findings,
      how,
    );

  const dropLive = async (id: number, drop: boolean): Promise<void> => {
    const deed = deedOf(id);
    if (deed?.phase !== 'ready' || deed.choice.kind !== 'close') return;
    const choice: Choice = { ...deed.choice, drop };
    changeDeed(id, { choice, phase: 'planning', problem: null });
    const reply = await client.call('propose', choice);
    if (reply.ok) changeDeed(id, { phase: 'ready', plan: reply.value });
    else changeDeed(id, { phase: 'failed', problem: reply.error });
    if (reply.ok) announce(words.review.replanned(reply.value.steps.length));
    else announceProblem(reply.error);
  };

  /** A change that was made before this window opened, and waits: the question is asked here too. */
  const resume = (): void => {
    const { history, report, deeds } = store.get();
    const change = history.find(({ state }) => state === 'waiting');
    if (change === undefined || report === null || deeds.some(({ phase }) => phase === 'waiting')) return;
    if (Date.parse(change.deadline ?? '') <= clock()) return;
    lastDeed += 1;
    const id = lastDeed;
    const outcome: Outcome = { change, checked: [], verified: true, report };
    const deed: Deed = {
      id,
      choice: change.plan.choice,
      findings: [],
      phase: 'waiting',
      plan: change.plan,
      progress: null,
      outcome,
      word: null,
      problem: null,
    };
    store.set((state) => ({ deeds: [deed, ...state.deeds], route: { view: 'review', deed: id } }));
    resumed.add(id);
    const left = Date.parse(change.deadline ?? '') - clock();
    announce(words.waiting.announce(Math.round(left / 1000)));
    // Nobody tells this window what became of it: the machine is looked at.
    setTimeout(() => {
      if (deedOf(id)?.phase !== 'waiting') return;
      dismiss(id);
      void scan();
    }, left + AFTER_DEADLINE);
  };

  const dismiss = (id: number): void =>
    store.set(({ deeds, route }) => ({
      deeds: deeds.filter((deed) => deed.id !== id),
      route: route.view === 'review' && route.deed === id ? { view: 'keep-closed' } : route,
    }));

  const settle = async (id: number, reply: Reply<Outcome>, phase: 'done' | 'undone'): Promise<void> => {
    if (reply.ok) {
      const { choice } = reply.value.change.plan;
      if (phase === 'done' && choice.kind === 'undo') {
        // What it took back stands no longer, so its own card goes.
        store.set(({ deeds }) => ({ deeds: deeds.filter(({ outcome }) => outcome?.change.id !== choice.change) }));
      }
      changeDeed(id, { phase, outcome: reply.value, progress: null, problem: null });
      store.set(() => show(reply.value.report));
      announce(words.deed.announce(phase, reply.value));
    } else {
      changeDeed(id, { phase: phase === 'undone' ? 'done' : 'failed', progress: null, problem: reply.error });
      announceProblem(reply.error);
    }
    await loadHistory();
  };

  const apply = async (id: number): Promise<void> => {
    const plan = deedOf(id)?.plan;
    if (plan === null || plan === undefined || isBusy()) return;
    changeDeed(id, { phase: 'applying', progress: null, problem: null });
    announce(words.deed.applying);
    const reply = await client.call('apply', { plan: plan.id });
    if (reply.ok && reply.value.change.state === 'waiting') await wait(id, reply.value);
    else await settle(id, reply, 'done');
  };

  /** It is in force and waits: whoever decides, and however, what came of it is shown. */
  const wait = async (id: number, outcome: Outcome): Promise<void> => {
    changeDeed(id, { phase: 'waiting', outcome, progress: null, problem: null });
    store.set(() => show(outcome.report));
    const within = (Date.parse(outcome.change.deadline ?? '') - Date.now()) / 1000;
    announce(words.waiting.announce(Math.max(0, Math.round(within))));
    const reply = await client.call('settled', { change: outcome.change.id });
    const kept = reply.ok && reply.value.change.state === 'applied';
    if (reply.ok) await settle(id, reply, kept ? 'done' : 'undone');
    else await settle(id, reply, 'done');
  };

  /** Say the word to a change that waits; what comes of it is told by `wait`. */
  const decide = async (id: number, word: 'confirm' | 'undo'): Promise<void> => {
    const deed = deedOf(id);
    if (deed?.phase !== 'waiting' || deed.word !== null || deed.outcome === null) return;
    changeDeed(id, { word, problem: null });
    announce(word === 'confirm' ? words.waiting.keeping : words.deed.undoing);
    const reply = await client.call(word, { change: deed.outcome.change.id });
    if (reply.ok && resumed.has(id)) await settle(id, reply, word === 'confirm' ? 'done' : 'undone');
    if (!reply.ok && deedOf(id)?.phase === 'waiting') changeDeed(id, { word: null, problem: reply.error });
  };

  const takeBack = (change: string): Promise<void> => begin({ kind: 'undo', change }, []);

  /** Is another change in force that was made after it? */
  const isCovered = (change: string): boolean => {
    const last = lastApplied(store.get().history);
    return last !== undefined && last.id !== change && store.get().history.some(({ id }) => id === change);
  };

  const undo = async (id: number): Promise<void> => {
    const change = deedOf(id)?.outcome?.change;
    if (change === undefined || isBusy()) return;
    if (isCovered(change.id)) return takeBack(change.id);
    changeDeed(id, { phase: 'undoing', progress: null, problem: null });
    announce(words.deed.undoing);
    await settle(id, await client.call('undo', { change: change.id }), 'undone');
  };

  const undoChange = async (change: string): Promise<void> => {
    const entry = store.get().history.find(({ id }) => id === change);
    if (entry === undefined || isBusy()) return;
    if (isCovered(change)) return takeBack(change);
    lastDeed += 1;
    const id = lastDeed;
    const deed: Deed = {
      id,
      choice: entry.plan.choice,
      findings: [],
      phase: 'undoing',
      plan: entry.plan,
      progress: null,
      outcome: null,
      word: null,
      problem: null,
    };
    store.set(({ deeds }) => ({
      deeds: [deed, ...deeds.filter(({ phase }) => phase !== 'ready' && phase !== 'failed')],
    }));
    announce(words.deed.undoing);
    const reply = await client.call('undo', { change });
    if (reply.ok) await settle(id, reply, 'undone');
    else {
      changeDeed(id, { phase: 'failed', problem: reply.error });
      announceProblem(reply.error);
    }
  };

  return {
    doubt,
    visited: () => store.set(() => ({ visited: null })),
    attend: (visible) => void client.call('attend', { visible }),
    speak: (language) => void client.call('speak', { language }),
    checkAge: () => {
      // A clock that was put back says nothing about how old it is.
      if (Math.abs(clock() - readAt) >= FRESH) doubt();
    },
    go: (route) => store.set(() => ({ route })),
    setTheme: (theme) => store.set(() => ({ theme })),
    setLanguage: async (language) => {
      await fetchChosen(language);
      store.set(() => ({ language }));
    },
    setFormat: (format) => store.set(() => ({ format })),
    scan,
    loadConnections,
    loadRules,
    showPalette: (palette) => store.set(() => ({ palette })),
    showListener: (listener, tab = 'inbound') => store.set(() => ({ route: { view: 'ports', tab, listener } })),
    close: (targets, findings) => closing(targets, findings),
    stop: (target, findings) =>
      begin({ kind: 'close', targets: unique([target]), audience: 'everyone', way: 'stop' }, findings),
    dropLive,
    turnOnFirewall: (finding) => {
      const { report } = store.get();
      return begin({ kind: 'enable-firewall', keep: report === null ? [] : keptTargets(report) }, [finding]);
    },
    carryOut: (choice) => begin(choice, [], { review: true }),
    removeOpening: (targets, finding) => begin({ kind: 'remove-opening', targets: unique(targets) }, [finding]),
    apply,
    confirm: (id) => decide(id, 'confirm'),
    putBack: (id) => decide(id, 'undo'),
    undo,
    undoChange,
    takeBack,
    dismiss,
    keep: async (target, keep) => {
      store.set(() => ({ keeping: targetKey(target), keepProblem: null }));
      const reply = await client.call('keep', { target, keep });
      store.set(() => ({ keeping: null, ...(reply.ok ? { report: reply.value } : { keepProblem: reply.error }) }));
      if (reply.ok) announce(words.home.keptAnnounced(target, keep));
      else announceProblem(reply.error);
    },
    reach: (question) => client.call('reach', question),
    exportRules: (input) => client.call('exportRules', input),
    saveRules: (input) => client.call('saveRules', input),
    makeReport: (input) => client.call('report', input),
    announce,
    ...createIntentActions(store, client, announce),
  };
}

/** The firewall, where there is one for each of them; what it cannot say is closed ahead of it anyway. */
function wayFor(report: Report | null, findings: readonly string[]): Way & ('firewall' | 'own-table') {
  const about = report?.findings.filter(({ id }) => findings.includes(id)) ?? [];
  return about.some(({ ways }) => ways.includes('own-table') && ways.includes('install-firewall'))
    ? 'own-table'
    : 'firewall';
}

/** Which findings a person may act on are the report's; this only keeps a target from being named twice. */
const unique = (targets: readonly Target[]): Target[] => [
  ...new Map(targets.map(({ protocol, port }) => [targetKey({ protocol, port }), { protocol, port }])).values(),
];
