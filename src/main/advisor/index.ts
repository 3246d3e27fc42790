/**
 * The contract of `core/api.ts`, carried out on this machine (or on a saved snapshot, read-only), for every face.
 *
 *   readings   what is known of the machine now: gather -> facts -> report, the judge
 *   live       what a window shows, and what becomes of it while the machine is watched
 *   plans      exact read, then core/plan; kept by their id
 *   changes    a kept plan -> main/apply, which verifies -> journal; one at a time
 *   documents  rules, intents and reports as files
 *
 * What only a change needs (plan, apply, export) is loaded when it is first used: a scan must start at once.
 */
import type { Advisor, Input, Progress } from '../../core/api.ts';
import type { Answer, Listener, ListenerReach, Question, Snapshot } from '../../core/model.ts';
import { problem } from '../../core/problem.ts';
import { type Machine, thisMachine } from '../machine.ts';
import type { MadeReport } from '../report-file.ts';
import { fileSettings, type Settings } from '../settings.ts';
import type { Launch } from '../watch.ts';
import { createChanges } from './changes.ts';
import { createDocuments } from './documents.ts';
import { createLive, type Watcher } from './live.ts';
import { createPlans } from './plans.ts';
import { createReadings } from './readings.ts';

export type { Watcher } from './live.ts';

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

export function createAdvisor(options: AdvisorOptions = {}): LocalAdvisor {
  const { machine = thisMachine, settings = fileSettings(), launch, chooseFile } = options;
  const saved = options.snapshot ?? null;
  const replayed = saved !== null;
  const progressListeners = new Set<(progress: Progress) => void>();
  const tell = (progress: Progress): void => {
    for (const listener of progressListeners) listener(progress);
  };
  const readings = createReadings({ machine, settings, saved, tell });
  const live = createLive({ readings, machine, replayed, launch });
  const plans = createPlans({ readings, machine, settings, replayed });
  const changes = createChanges({ readings, live, machine, replayed, tell });
  const documents = createDocuments({ readings, chooseFile });

  return {
    scan: async (input) => {
      try {
        return await live.show(await readings.look(input));
      } finally {
        live.begin();
      }
    },
    attend: ({ visible }) => live.attend(visible),
    speak: async ({ language }) => {
      options.onLanguage?.(language);
      return null;
    },
    connections: async () => readings.factsOf(await readings.last()).connections,
    reach: async (question) => (await readings.judge()).ask(question),
    rules: async () => {
      const { makeRuleBook } = await import('../../core/rulebook/index.ts');
      const snapshot = await readings.last();
      return makeRuleBook(snapshot, readings.factsOf(snapshot), await readings.reportOf(snapshot));
    },
    propose: plans.propose,
    apply: ({ plan }) =>
      changes.make(async () => machine.apply(plans.take(plan), (step) => tell({ call: 'apply', ...step }))),
    confirm: ({ change }) => changes.confirm(change),
    settled: async ({ change }) => changes.settled(change),
    undo: async ({ change }) => changes.undo(change),
    // What was changed here says nothing of the computer that was saved.
    history: async () => (replayed ? [] : machine.history()),
    keep: async ({ target, keep }) => {
      if (replayed) throw problem('unsupported', { kind: 'replayed' });
      await settings.keep(`${target.protocol}/${target.port}`, keep);
      return live.show(await readings.last());
    },
    exportRules: documents.rules,
    saveRules: documents.saveRules,
    readIntent: documents.readIntent,
    report: documents.report,
    reportParts: documents.reportParts,
    onProgress: (listener) => {
      progressListeners.add(listener);
      return () => progressListeners.delete(listener);
    },
    onNews: live.onNews,
    snapshot: readings.last,
    ask: async (questions) => {
      const { ask } = await readings.judge();
      return questions.map((question) => ask(question));
    },
    reachOf: async (listener) => (await readings.judge()).reachOf(listener),
    watch: live.watch,
  };
}
