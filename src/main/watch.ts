/** Reading the machine anew when the collector hints at a change, and once in a while without: one reading at a time. */
import { type HintWord, type Launch, startCollector } from './gather/collector/start.ts';

export type { Launch } from './gather/collector/start.ts';

/** Milliseconds: for more hints to come in, between two readings, without any hint, and before the collector is tried again. */
const SETTLE = 300;
const LEAST = 2500;
const ANYWAY = 45_000;
const AGAIN = 10_000;

interface Watching<T> {
  readonly read: () => Promise<T>;
  readonly onRead: (read: T) => void;
  readonly onHint?: (hint: HintWord) => void;
  /** Told once where the collector ends by itself. */
  readonly note?: (text: string) => void;
  /** The first reading is made at once. */
  readonly atOnce?: boolean;
  readonly launch?: Launch | undefined;
}

/** @returns what ends it */
export function watchMachine<T>({ read, onRead, onHint, note, atOnce, launch }: Watching<T>): () => void {
  let stopped = false;
  let reading = false;
  let hinted = false;
  let last = Date.now();
  let timer: NodeJS.Timeout | undefined;
  let noted = false;
  let stopCollector = (): void => {};

  const plan = (ms: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void look(), Math.max(ms, 0));
  };
  const look = async (): Promise<void> => {
    if (reading) return;
    [reading, hinted] = [true, false];
    const found = await read().then(
      (value) => ({ value }),
      () => null,
    );
    [reading, last] = [false, Date.now()];
    if (stopped) return;
    if (found !== null) onRead(found.value);
    plan(hinted ? LEAST : ANYWAY);
  };
  const hint = (what: HintWord): void => {
    onHint?.(what);
    if (hinted) return;
    hinted = true;
    if (!reading) plan(Math.max(SETTLE, last + LEAST - Date.now()));
  };
  const collect = (): void => {
    if (stopped) return;
    const ended = (): void => {
      if (!noted) note?.(`changes are not noticed at once here; reading everything every ${ANYWAY / 1000} seconds.`);
      noted = true;
      setTimeout(collect, AGAIN).unref();
    };
    stopCollector = startCollector(hint, ended, launch);
  };
  collect();
  plan(atOnce === true ? 0 : ANYWAY);
  return () => {
    stopped = true;
    clearTimeout(timer);
    stopCollector();
  };
}
