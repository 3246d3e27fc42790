/** What a window shows, and what becomes of it while the machine is watched. */
import { readFacts } from '../../core/facts.ts';
import type { News, Shown } from '../../core/live/news.ts';
import type { Report, Snapshot } from '../../core/model.ts';
import type { Machine } from '../machine.ts';
import { type Reading, readUnasked } from '../reading.ts';
import type { Launch, Watch } from '../watch.ts';
import type { Readings } from './readings.ts';

export interface Watcher {
  /** `asked`: a person asked for it, rather than that something changed, or that it was time to look. */
  readonly onReport: (report: Report, asked: boolean) => void;
  /** Why changes are noticed late here, told once. */
  readonly note?: (text: string) => void;
}

export interface LiveOptions {
  readonly readings: Readings;
  readonly machine: Machine;
  /** Of a saved computer there is nothing to watch. */
  readonly replayed: boolean;
  readonly launch: Launch | undefined;
}

export type Live = ReturnType<typeof createLive>;

/** A reading that was begun longer ago when watching begins may have missed something. Milliseconds. */
const FRESH = 1000;

export function createLive({ readings, machine, replayed, launch }: LiveOptions) {
  const listeners = new Set<(news: News) => void>();
  const watchers = new Set<Watcher>();
  /** The report that was given out last, which a window shows. */
  let shown: (Shown & { readonly of: Snapshot }) | null = null;
  let watching: Promise<Watch> | null = null;
  let scanned = false;
  let attending: Promise<() => void> | null = null;
  let attended = false;
  let held = false;

  const push = (news: News): void => {
    for (const listener of listeners) listener(news);
  };

  const toWatchers = (report: Report, asked: boolean): void => {
    for (const { onReport } of watchers) onReport(report, asked);
  };

  /** Judged to be given out. */
  const show = async (snapshot: Snapshot): Promise<Report> => {
    const report = await readings.judged(snapshot);
    const exact = readings.exactnessOf(snapshot) === 'asked';
    shown = { of: snapshot, report, began: startOf(snapshot), exact };
    toWatchers(report, true);
    return report;
  };

  /** A reading that no person asked for: it tells no progress, and only a report that knows as much takes the place of the last. */
  const lookQuietly = async (read: () => Promise<Reading>): Promise<void> => {
    if (held) return;
    const { weigh } = await import('../../core/live/news.ts');
    const [began, before] = [readings.changes(), shown];
    const { snapshot, exact: given } = await read();
    const looked = readFacts(snapshot);
    const report = await readings.judgedWith(looked, snapshot);
    if (held || began !== readings.changes()) return;
    if (given) readings.wasGiven(snapshot);
    toWatchers(report, false);
    if (shown === null) return;
    const news = weigh(shown, report, given, shown === before);
    if (news?.kind === 'report') {
      readings.replace(snapshot, looked, report);
      shown = { of: snapshot, report, began: startOf(snapshot), exact: false };
    } else if (readings.exactnessOf(shown.of) === 'given' && !given) {
      // Nobody gives as much any more without being asked: from now on every hint is a doubt.
      shown = { ...shown, exact: true };
    }
    if (news !== null) push(news);
  };

  const startWatching = async (): Promise<Watch> => {
    const [{ watchMachine }, { doubts }] = await Promise.all([
      import('../watch.ts'),
      import('../../core/live/news.ts'),
    ]);
    return watchMachine({
      launch,
      gather: () => readUnasked(() => machine.gather(() => {}), machine.readGiven),
      look: lookQuietly,
      onHint: (what) => {
        const at = performance.now();
        if (held) return;
        if (what === 'firewall') readings.forgetExact();
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

  return {
    show,
    watch,
    /** A first scan was made: whoever wants to be told of more is from now on. */
    begin: (): void => {
      scanned = true;
      void beginWatching();
    },
    /** The page of a window says whether it can be seen. */
    attend: async (visible: boolean): Promise<null> => {
      if (visible === (attending !== null)) return null;
      const before = attending;
      attending = visible ? watch({ onReport: () => {} }) : null;
      (await before)?.();
      // What happened while it could not be seen, or before anything watched, is looked for at once.
      const isOld = shown !== null && performance.now() - shown.began > FRESH;
      if (visible && (attended || isOld)) (await watching)?.lookNow();
      attended = true;
      return null;
    },
    /** While a change is under way nothing is looked at: it would be seen half done. */
    hold: (isHeld: boolean): void => {
      held = isHeld;
    },
    onNews: (listener: (news: News) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** When the oldest part of a snapshot was read, by a clock that nobody sets. Milliseconds. */
function startOf({ transcripts }: Snapshot): number {
  const age = Date.now() - Math.min(...transcripts.map(({ startedAt }) => Date.parse(startedAt)));
  return performance.now() - Math.max(0, age);
}
