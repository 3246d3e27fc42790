/** What is known of the machine now: the last snapshot, its facts and its report, and the exact rules while they are fresh. */
import type { Progress } from '../../core/api.ts';
import { type Facts, readFacts, worldOf } from '../../core/facts.ts';
import type { Choice, Report, Snapshot, Transcript } from '../../core/model.ts';
import { type Judge, createJudge } from '../../core/reach/index.ts';
import { reportFrom } from '../../core/report.ts';
import type { Machine } from '../machine.ts';
import { lacks, readUnasked, withTranscripts } from '../reading.ts';
import type { Settings } from '../settings.ts';

/** An exact reading serves plans made within this time, so that one click does not ask twice. Milliseconds. */
const EXACT_FOR = 60_000;

/** Say how far something slow has come. */
export type Tell = (progress: Progress) => void;

export interface ReadingsOptions {
  readonly machine: Machine;
  readonly settings: Settings;
  /** Answers come from this one, and the machine is never read. */
  readonly saved: Snapshot | null;
  readonly tell: Tell;
}

export type Readings = ReturnType<typeof createReadings>;

export function createReadings({ machine, settings, saved, tell }: ReadingsOptions) {
  let current: Snapshot | null = saved;
  let exact: { readonly at: number; readonly transcripts: readonly Transcript[] } | null = null;
  let facts: { readonly of: Snapshot; readonly read: Facts } | null = null;
  /** The last report, and of which snapshot it is. */
  let reported: { readonly of: Snapshot; readonly report: Report } | null = null;
  let judging: { readonly of: Facts; readonly judge: Judge } | null = null;
  /** Readings for which more was read than an ordinary user may: because somebody was asked, or without that. */
  const exactly = new WeakMap<Snapshot, 'asked' | 'given'>();
  /** How many changes were begun. */
  let changes = 0;

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
    if (saved !== null) return saved;
    const began = changes;
    const seen = await readUnasked(() => machine.gather((step) => tell({ call: 'scan', ...step })), machine.readGiven);
    const asks = wanted.exact && lacks(seen.snapshot);
    const snapshot = asks ? withTranscripts(seen.snapshot, await readExact(choice)) : seen.snapshot;
    if (asks || seen.exact) exactly.set(snapshot, asks ? 'asked' : 'given');
    // What began before a change and ended after it may hold either state.
    if (began === changes) current = snapshot;
    return snapshot;
  };

  const last = async (): Promise<Snapshot> => current ?? (await look({ exact: false }));

  /** Facts of the last snapshot, so that questions about it do not read it again. */
  const factsOf = (snapshot: Snapshot): Facts => {
    if (facts?.of !== snapshot) facts = { of: snapshot, read: readFacts(snapshot) };
    return facts.read;
  };

  const judgedWith = async (read: Facts, snapshot: Snapshot): Promise<Report> => {
    const { kept, gap } = await settings.kept();
    const now = reportFrom(read, snapshot, { kept });
    const report = saved === null ? now : { ...now, saved: { host: snapshot.redacted ? null : snapshot.host } };
    return gap === null ? report : { ...report, unread: [...report.unread, gap] };
  };

  const judged = async (snapshot: Snapshot): Promise<Report> => {
    const report = await judgedWith(factsOf(snapshot), snapshot);
    reported = { of: snapshot, report };
    return report;
  };

  const forget = (): void => {
    changes += 1;
    current = null;
    exact = null;
  };

  return {
    look,
    /** The snapshot that answers come from now; gathered when there is none yet. */
    last,
    factsOf,
    judgedWith,
    judged,
    /** The report that was made of it last, or a new one. */
    reportOf: async (snapshot: Snapshot): Promise<Report> =>
      reported?.of === snapshot ? reported.report : judged(snapshot),
    /** Made once for all questions about the same facts. */
    judge: async (): Promise<Judge> => {
      const read = factsOf(await last());
      if (judging?.of !== read) judging = { of: read, judge: createJudge(worldOf(read)) };
      return judging.judge;
    },
    /** A reading that nobody waited for takes the place of the last one. */
    replace: (snapshot: Snapshot, read: Facts, report: Report): void => {
      [current, facts, reported] = [snapshot, { of: snapshot, read }, { of: snapshot, report }];
    },
    /** Whether somebody was asked for more than an ordinary user may read, or it was given without that; null: neither. */
    exactnessOf: (snapshot: Snapshot): 'asked' | 'given' | null => exactly.get(snapshot) ?? null,
    wasGiven: (snapshot: Snapshot): void => void exactly.set(snapshot, 'given'),
    keepExact: (transcripts: readonly Transcript[]): void => {
      exact = { at: performance.now(), transcripts };
    },
    forgetExact: (): void => {
      exact = null;
    },
    /** How many changes were begun: of what was begun at another number it is not known which state it holds. */
    changes: (): number => changes,
    /** Whatever happens in `run`, what was read before is no longer how things are. */
    changed: <T>(run: () => Promise<T>): Promise<T> => {
      forget();
      return run().finally(forget);
    },
  };
}
