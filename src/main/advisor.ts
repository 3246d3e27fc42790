/**
 * The contract of `core/api.ts`, carried out on this machine (or on a saved snapshot, read-only), for every face.
 *
 *   scan     gather -> makeReport            propose  exact read, then core/plan; the plan is kept here by its id
 *   reach    the judge on the last snapshot  apply    a kept plan -> main/apply, which verifies -> journal
 *
 * What only a change needs (plan, apply, export) is loaded when it is first used: a scan must start at once.
 */
import type { Advisor, Input, Progress } from '../core/api.ts';
import { type Facts, readFacts, worldOf } from '../core/facts.ts';
import type {
  Answer,
  Choice,
  Listener,
  ListenerReach,
  Outcome,
  Plan,
  Question,
  Report,
  RuleFile,
  Snapshot,
  Transcript,
} from '../core/model.ts';
import { isScript } from '../core/firewalls/formats.ts';
import { unitsIn } from '../core/services/index.ts';
import { ProblemError, problem } from '../core/problem.ts';
import { type Judge, createJudge } from '../core/reach/index.ts';
import { makeReport, reportFrom } from '../core/report.ts';
import type { Applied, Done, Pending } from './apply/index.ts';
import type { News, Shown } from '../core/live/news.ts';
import type { MadeReport } from './report-file.ts';
import { saveFile } from './files.ts';
import { fileSettings, type Settings } from './settings.ts';
import { visible } from '../core/visible.ts';
import { type Machine, thisMachine } from './machine.ts';
import { lacks, type Reading, readUnasked, withTranscripts } from './reading.ts';
import type { Launch, Watch } from './watch.ts';

export interface AdvisorOptions {
  /** Answer from this snapshot instead of the machine. Nothing can be applied then. */
  readonly snapshot?: Snapshot;
  /** Ask where a file shall go: the suggested name in, an absolute path out, or null when the person changed their mind. */
  readonly chooseFile?: (suggested: string) => Promise<string | null>;
  readonly settings?: Settings;
  readonly machine?: Machine;
  /** How the collector is started, where this program is not Node. */
  readonly launch?: Launch;
  /** Told which language the window speaks. */
  readonly onLanguage?: (language: Input<'speak'>['language']) => void;
}

/** What the terminal needs beyond the contract: it runs in the same process, so nothing has to be carried. */
export type LocalAdvisor = Advisor & {
  /** The snapshot that answers come from now; gathered when there is none yet. */
  readonly snapshot: () => Promise<Snapshot>;
  /** Many questions at once, answered in order from one snapshot. */
  readonly ask: (questions: readonly Question[]) => Promise<readonly Answer[]>;
  /** Who could reach a listener, real or imagined. */
  readonly reachOf: (listener: Listener) => Promise<ListenerReach>;
  /**
   * Be told of every reading of the machine from now on: when something changes there, and once in a while. It begins once a
   * first scan was made, which has the computer to itself. Gives what ends it.
   */
  readonly watch: (watcher: Watcher) => Promise<() => void>;
  /** The contract's report, in parts: of many listeners it is long. */
  readonly reportParts: (wanted: Omit<Input<'report'>, 'save'>) => Promise<MadeReport>;
};

export interface Watcher {
  /** `asked`: a person asked for it, rather than that something changed, or that it was time to look. */
  readonly onReport: (report: Report, asked: boolean) => void;
  /** Why changes are noticed late here, told once. */
  readonly note?: (text: string) => void;
}

/** An exact reading serves plans made within this time, so that one click does not ask twice. Milliseconds. */
const EXACT_FOR = 60_000;
/** A reading that was begun longer ago when watching begins may have missed something. Milliseconds. */
const FRESH = 1000;
/** Plans that are kept; the oldest go first. */
const PLANS = 100;
/** A longer report is saved, not shown: a window would be busy with its lines. Characters. */
const SHOWN = 1_000_000;

export function createAdvisor(options: AdvisorOptions = {}): LocalAdvisor {
  const machine = options.machine ?? thisMachine;
  const settings = options.settings ?? fileSettings();
  const replayed = options.snapshot !== undefined;
  const listeners = new Set<(progress: Progress) => void>();
  const newsListeners = new Set<(news: News) => void>();
  const plans = new Map<string, Plan>();
  let current: Snapshot | null = options.snapshot ?? null;
  let exact: { readonly at: number; readonly transcripts: readonly Transcript[] } | null = null;
  let facts: { readonly of: Snapshot; readonly read: Facts } | null = null;
  /** The last report, and of which snapshot it is. */
  let reported: { readonly of: Snapshot; readonly report: Report } | null = null;
  let judging: { readonly of: Facts; readonly judge: Judge } | null = null;
  /** Changes that waited here, by their id, with what says the word as long as they wait. */
  const waiting = new Map<string, { readonly say: Pending['say'] | null; readonly outcome: Promise<Outcome> }>();
  let changing = false;
  /** A change is under way, rather than waiting for its confirmation. */
  let applying = false;
  /** The report that was given out last, which a window shows. */
  let shown: (Shown & { readonly of: Snapshot }) | null = null;
  /** Readings for which more was read than an ordinary user may: because somebody was asked, or without that. */
  const exactly = new WeakMap<Snapshot, 'asked' | 'given'>();
  const watchers = new Set<Watcher>();
  let watching: Promise<Watch> | null = null;
  let scanned = false;
  let attending: Promise<() => void> | null = null;
  let attended = false;
  /** How many changes were begun. */
  let changes = 0;

  const tell = (progress: Progress): void => {
    for (const listener of listeners) listener(progress);
  };

  const readExact = async (choice: Choice | null): Promise<readonly Transcript[]> => {
    if (exact !== null && performance.now() - exact.at < EXACT_FOR) return exact.transcripts;
    tell({ call: 'scan', phase: 'exact', text: 'Asking for the right to read all rules', done: null, of: null });
    const began = changes;
    const transcripts = await machine.readExact(choice);
    if (began === changes) exact = { at: performance.now(), transcripts };
    return transcripts;
  };

  /** Look at the machine anew. `exact`: with every rule, asking for the right to where it is needed. */
  const look = async (wanted: { readonly exact: boolean }, choice: Choice | null = null): Promise<Snapshot> => {
    if (options.snapshot !== undefined) return options.snapshot;
    const began = changes;
    const seen = await readUnasked(() => machine.gather((step) => tell({ call: 'scan', ...step })), machine.readGiven);
    const asks = wanted.exact && lacks(seen.snapshot);
    const snapshot = asks ? withTranscripts(seen.snapshot, await readExact(choice)) : seen.snapshot;
    if (asks || seen.exact) exactly.set(snapshot, asks ? 'asked' : 'given');
    // What began before a change and ended after it may hold either state.
    if (began === changes) current = snapshot;
    return snapshot;
  };

  /** Facts of the last snapshot, so that questions about it do not read it again. */
  const factsOf = (snapshot: Snapshot): Facts => {
    if (facts?.of !== snapshot) facts = { of: snapshot, read: readFacts(snapshot) };
    return facts.read;
  };

  const judgedWith = async (read: Facts, snapshot: Snapshot): Promise<Report> => {
    const { kept, gap } = await settings.kept();
    const now = reportFrom(read, snapshot, { kept });
    const report = replayed ? { ...now, saved: { host: snapshot.redacted ? null : snapshot.host } } : now;
    return gap === null ? report : { ...report, unread: [...report.unread, gap] };
  };

  const judged = async (snapshot: Snapshot): Promise<Report> => {
    const report = await judgedWith(factsOf(snapshot), snapshot);
    reported = { of: snapshot, report };
    return report;
  };

  /** When its oldest part was read, by a clock that nobody sets. */
  const startOf = ({ transcripts }: Snapshot): number => {
    const age = Date.now() - Math.min(...transcripts.map(({ startedAt }) => Date.parse(startedAt)));
    return performance.now() - Math.max(0, age);
  };

  /** Judged to be given out. */
  const show = async (snapshot: Snapshot): Promise<Report> => {
    const report = await judged(snapshot);
    shown = { of: snapshot, report, began: startOf(snapshot), exact: exactly.get(snapshot) === 'asked' };
    for (const { onReport } of watchers) onReport(report, true);
    return report;
  };

  /** A reading that no person asked for: it tells no progress, and only a report that knows as much takes the place of the last. */
  const lookQuietly = async (read: () => Promise<Reading>, push: (news: News) => void): Promise<void> => {
    if (applying) return;
    const { weigh } = await import('../core/live/news.ts');
    const [began, before] = [changes, shown];
    const { snapshot, exact: given } = await read();
    const looked = readFacts(snapshot);
    const report = await judgedWith(looked, snapshot);
    if (applying || began !== changes) return;
    if (given) exactly.set(snapshot, 'given');
    for (const { onReport } of watchers) onReport(report, false);
    if (shown === null) return;
    const news = weigh(shown, report, given, shown === before);
    if (news?.kind === 'report') {
      [current, facts, reported] = [snapshot, { of: snapshot, read: looked }, { of: snapshot, report }];
      shown = { of: snapshot, report, began: startOf(snapshot), exact: false };
    } else if (exactly.get(shown.of) === 'given' && !given) {
      // Nobody gives as much any more without being asked: from now on every hint is a doubt.
      shown = { ...shown, exact: true };
    }
    if (news !== null) push(news);
  };

  const startWatching = async (): Promise<Watch> => {
    const [{ watchMachine }, { doubts }] = await Promise.all([import('./watch.ts'), import('../core/live/news.ts')]);
    const push = (news: News): void => {
      for (const listener of newsListeners) listener(news);
    };
    return watchMachine({
      launch: options.launch,
      gather: () => readUnasked(() => machine.gather(() => {}), machine.readGiven),
      look: (read) => lookQuietly(read, push),
      onHint: (what) => {
        const at = performance.now();
        if (applying) return;
        if (what === 'firewall') exact = null;
        if (shown !== null && doubts(shown, { what, at }))
          push({ kind: 'doubt', of: shown.report.takenAt, sockets: false });
      },
      note: (text) => {
        for (const { note } of watchers) note?.(text);
      },
    });
  };

  const beginWatching = async (): Promise<void> => {
    if (watchers.size === 0) return;
    watching ??= startWatching();
    await watching;
  };

  /** One watch for all who want it. */
  const watch = async (watcher: Watcher): Promise<() => void> => {
    if (replayed) return () => {};
    watchers.add(watcher);
    if (scanned) await beginWatching();
    return () => {
      if (!watchers.delete(watcher) || watchers.size > 0) return;
      const ended = watching;
      watching = null;
      void ended?.then(({ stop }) => stop());
    };
  };

  /** The page of a window says whether it can be seen. */
  const attend = async (visible: boolean): Promise<null> => {
    if (visible === (attending !== null)) return null;
    const before = attending;
    attending = visible ? watch({ onReport: () => {} }) : null;
    (await before)?.();
    // What happened while it could not be seen, or before anything watched, is looked for at once.
    const isOld = shown !== null && performance.now() - shown.began > FRESH;
    if (visible && (attended || isOld)) (await watching)?.lookNow();
    attended = true;
    return null;
  };

  const last = async (): Promise<Snapshot> => current ?? (await look({ exact: false }));

  /** Made once for all questions about the same facts. */
  const judge = async (): Promise<Judge> => {
    const read = factsOf(await last());
    if (judging?.of !== read) judging = { of: read, judge: createJudge(worldOf(read)) };
    return judging.judge;
  };

  /** One change at a time in this process; other processes are held off by the lock of `apply`. */
  const change = async (run: () => Promise<Applied>): Promise<Outcome> => {
    if (replayed) {
      throw problem('unsupported', { kind: 'replayed' });
    }
    if (changing) {
      throw problem('busy', { kind: 'busy-here' });
    }
    [changing, applying] = [true, true];
    let pending: Pending | undefined;
    try {
      const { pending: waits, ...done } = await changed(run);
      pending = waits;
      if (pending !== undefined) keepPending(done.change.id, pending);
      return await outcomeOf(done);
    } finally {
      applying = false;
      if (pending === undefined) changing = false;
    }
  };

  /** Whatever happens in `run`, what was read before is no longer how things are. */
  const changed = <T>(run: () => Promise<T>): Promise<T> => {
    const forget = (): void => {
      changes += 1;
      current = null;
      exact = null;
    };
    forget();
    return run().finally(forget);
  };

  const outcomeOf = async ({ transcripts, ...done }: Done): Promise<Outcome> => {
    // What was done without the helper needed no other rights, and the look at it needs none.
    const helped = transcripts.length > 0;
    if (helped) exact = { at: performance.now(), transcripts };
    return { ...done, report: await show(await look({ exact: helped })) };
  };

  /** A change that waits: no other is begun until it is decided. */
  const keepPending = (id: string, { say, ended }: Pending): void => {
    const outcome = changed(() => ended)
      .finally(() => {
        changing = false;
        waiting.set(id, { say: null, outcome });
      })
      .then(outcomeOf);
    outcome.catch(() => {});
    waiting.set(id, { say, outcome });
  };

  /** Say a word to a change that waits here, and see what becomes of it; null: none waits here. */
  const decide = (id: string | undefined, word: 'confirm' | 'undo'): Promise<Outcome> | null => {
    const found = [...waiting].find(([one, { say }]) => say !== null && (id === undefined || one === id))?.[1];
    found?.say?.(word);
    return found?.outcome ?? null;
  };

  const confirm = async (id: string): Promise<Outcome> => {
    const known = waiting.get(id);
    const kept = known?.say === null;
    const outcome = await (decide(id, 'confirm') ??
      known?.outcome ??
      change(() => machine.confirm(id, (step) => tell({ call: 'confirm', ...step }))));
    if (kept && outcome.change.state === 'applied') {
      throw problem('nothing-to-do', { kind: 'kept-already', change: id });
    }
    if (outcome.change.state === 'applied') return outcome;
    throw problem('rolled-back', { kind: 'too-late', note: outcome.change.says ?? outcome.change.note });
  };

  const settled = (id: string): Promise<Outcome> => {
    const found = waiting.get(id);
    if (found !== undefined) return found.outcome;
    throw problem('bad-input', { kind: 'none-waits' });
  };

  const propose = async (choice: Input<'propose'>): Promise<Plan> => {
    const [{ propose: plan }, { sha256 }] = await Promise.all([import('../core/plan/index.ts'), import('./sha256.ts')]);
    const { kept } = await settings.kept();
    const changes = choice.kind === 'undo' && !replayed ? await machine.history() : [];
    const attempt = (snapshot: Snapshot): Plan =>
      plan({
        snapshot,
        choice,
        changes,
        report: reportFrom(factsOf(snapshot), snapshot, { kept }),
        judge: (predicted) => makeReport(predicted, { kept }),
        sha256,
        now: new Date().toISOString(),
      });
    const stops = (choice.kind === 'undo' || ('way' in choice && choice.way === 'stop')) && !replayed;
    const undone = choice.kind === 'undo' ? changes.find(({ id }) => id === choice.change) : undefined;
    const named = unitsIn((undone?.plan.steps ?? []).map(({ operation }) => operation));
    const services = stops ? [await machine.services(named)] : [];
    const seen = async (exactly: boolean): Promise<Snapshot> =>
      withTranscripts(await look({ exact: exactly }, exactly ? choice : null), services);
    let proposed: Plan;
    try {
      proposed = attempt(await seen(false));
    } catch (error) {
      // Only now is it known that the exact rules matter: nobody is asked for a password to hear "there is no firewall".
      if (replayed || !(error instanceof ProblemError) || error.problem.code !== 'not-permitted') throw error;
      proposed = attempt(await seen(true));
    }
    plans.set(proposed.id, proposed);
    for (const oldest of plans.keys()) if (plans.size > PLANS) plans.delete(oldest);
    return proposed;
  };

  const exportFile = async (input: Input<'exportRules'>): Promise<RuleFile> => {
    const { exportRules } = await import('../core/intent/index.ts');
    const snapshot = await last();
    const { format, targets, audience = 'everyone', posture = false, keep = [] } = input;
    return exportRules(format, snapshot, await judged(snapshot), { targets, audience, posture, keep });
  };

  const partsOf = async ({ format, language, redact }: Omit<Input<'report'>, 'save'>): Promise<MadeReport> => {
    const { makeReportFile } = await import('./report-file.ts');
    const snapshot = await last();
    const told = redact ? (await import('../core/redact.ts')).redact(snapshot) : snapshot;
    const report = await judgedWith(told === snapshot ? factsOf(snapshot) : readFacts(told), told);
    return makeReportFile({ report, host: told.redacted ? null : told.host, format, language });
  };

  return {
    scan: async (input) => {
      try {
        return await show(await look(input));
      } finally {
        scanned = true;
        void beginWatching();
      }
    },
    attend: ({ visible }) => attend(visible),
    speak: async ({ language }) => {
      options.onLanguage?.(language);
      return null;
    },
    connections: async () => factsOf(await last()).connections,
    reach: async (question) => (await judge()).ask(question),
    rules: async () => {
      const { makeRuleBook } = await import('../core/rulebook/index.ts');
      const snapshot = await last();
      const report = reported?.of === snapshot ? reported.report : await judged(snapshot);
      return makeRuleBook(snapshot, factsOf(snapshot), report);
    },
    propose,
    apply: ({ plan: id }) =>
      change(async () => {
        const plan = plans.get(id);
        if (plan === undefined) {
          throw problem('stale-plan', { kind: 'plan-unknown' });
        }
        plans.delete(id);
        return machine.apply(plan, (step) => tell({ call: 'apply', ...step }));
      }),
    confirm: ({ change: id }) => confirm(id),
    settled: async ({ change: id }) => settled(id),
    undo: async ({ change: id }) =>
      decide(id, 'undo') ?? change(() => machine.undo(id, (step) => tell({ call: 'undo', ...step }))),
    // What was changed here says nothing of the computer that was saved.
    history: async () => (replayed ? [] : machine.history()),
    keep: async ({ target, keep }) => {
      if (replayed) throw problem('unsupported', { kind: 'replayed' });
      await settings.keep(`${target.protocol}/${target.port}`, keep);
      return show(await last());
    },
    exportRules: exportFile,
    saveRules: async ({ undo, ...wanted }) => {
      if (options.chooseFile === undefined) {
        throw problem('unsupported', { kind: 'not-savable' });
      }
      const file = await exportFile(wanted);
      const [name, content] =
        undo && file.undoContent !== '' ? [file.undoFilename, file.undoContent] : [file.filename, file.content];
      const path = await options.chooseFile(name);
      if (path !== null) await saveFile(path, content, isScript(name) ? 'script' : 'text');
      return { path };
    },
    readIntent: async ({ name, content }) => {
      const [{ parseIntent }, { carried }] = await Promise.all([
        import('../core/intent/read.ts'),
        import('../core/intent/carry.ts'),
      ]);
      const intent = parseIntent(content, visible(name));
      const snapshot = await last();
      const report = reported?.of === snapshot ? reported.report : await judged(snapshot);
      return { intent, ...carried(intent, report) };
    },
    report: async ({ save, ...wanted }) => {
      if (save && options.chooseFile === undefined) throw problem('unsupported', { kind: 'not-savable' });
      const { filename, parts } = await partsOf(wanted);
      const all = [...parts];
      if (!save) {
        const long = all.reduce((sum, part) => sum + part.length, 0) > SHOWN;
        return { filename, content: long ? null : all.join(''), path: null };
      }
      const path = (await options.chooseFile?.(filename)) ?? null;
      if (path !== null) await saveFile(path, all.join(''), 'text');
      return { filename, content: null, path };
    },
    reportParts: partsOf,
    onProgress: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onNews: (listener) => {
      newsListeners.add(listener);
      return () => newsListeners.delete(listener);
    },
    snapshot: last,
    ask: async (questions) => {
      const { ask } = await judge();
      return questions.map((question) => ask(question));
    },
    reachOf: async (listener) => (await judge()).reachOf(listener),
    watch,
  };
}
