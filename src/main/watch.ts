/**
 * Reading the machine anew when the collector hints at a change, and once in a while without: one reading at a time. The
 * collector itself reads, so that a program with a window never stops for it; only where it does not run, this process does.
 */
import { type Collector, type HintWord, type Launch, startCollector } from './collector/start.ts';
import type { Reading } from './reading.ts';

export type { Launch } from './collector/start.ts';

/** Milliseconds: for more hints to come in, between two readings, without any hint, and before the collector is tried again. */
const SETTLE = 300;
const LEAST = 2500;
// On Windows a reading costs seconds of work.
const ANYWAY = process.platform === 'win32' ? 300_000 : 45_000;
const AGAIN = 10_000;

interface Watching {
  /** Called for each reading with what makes it; that never throws. */
  readonly look: (read: () => Promise<Reading>) => Promise<void>;
  /** A reading by this process itself. Never throws. */
  readonly gather: () => Promise<Reading>;
  readonly onHint: (hint: HintWord) => void;
  /** Told once where the collector ends by itself. */
  readonly note: (text: string) => void;
  readonly launch?: Launch | undefined;
}

export interface Watch {
  /** Read now, rather than at the next hint. */
  readonly lookNow: () => void;
  readonly stop: () => void;
}

const polls = (): string => `changes are not noticed at once here; reading everything every ${ANYWAY / 1000} seconds.`;

export function watchMachine({ look, gather, onHint, note, launch }: Watching): Watch {
  let stopped = false;
  let reading = false;
  let hinted = false;
  let last = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let noted = false;
  let collector: Collector | null = null;

  const plan = (ms: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void begin(), Math.max(ms, 0));
  };
  const read = async (): Promise<Reading> => (await collector?.read()) ?? gather();
  const begin = async (): Promise<void> => {
    if (reading) return;
    [reading, hinted] = [true, false];
    await look(read).catch(() => {});
    [reading, last] = [false, performance.now()];
    plan(hinted ? LEAST : ANYWAY);
  };
  const hint = (what: HintWord): void => {
    onHint(what);
    if (hinted) return;
    hinted = true;
    if (!reading) plan(Math.max(SETTLE, last + LEAST - performance.now()));
  };
  const collect = (): void => {
    if (stopped) return;
    const ended = (): void => {
      collector = null;
      if (!noted) note(polls());
      noted = true;
      setTimeout(collect, AGAIN).unref();
    };
    collector = startCollector(hint, ended, launch);
  };
  // What notices changes asks Linux's kernel.
  if (process.platform === 'darwin') note(polls());
  else collect();
  plan(ANYWAY);
  return {
    lookNow: () => plan(0),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      collector?.stop();
    },
  };
}
