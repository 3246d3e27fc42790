/** Reading the machine anew when the collector hints at a change, and once in a while without: one reading at a time. */
import type { Report } from '../core/model.ts';
import { startCollector } from './gather/collector/start.ts';

/** Milliseconds: for more hints to come in, between two readings, without any hint, and before the collector is tried again. */
const SETTLE = 300;
const LEAST = 2500;
const ANYWAY = 45_000;
const AGAIN = 10_000;

/** @param note told once where the collector ends by itself */
export function watchMachine(
  read: () => Promise<Report>,
  onReport: (report: Report) => void,
  note: (text: string) => void,
): () => void {
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
    const report = await read().catch(() => null);
    [reading, last] = [false, Date.now()];
    if (stopped) return;
    if (report !== null) onReport(report);
    plan(hinted ? LEAST : ANYWAY);
  };
  const hint = (): void => {
    if (hinted) return;
    hinted = true;
    if (!reading) plan(Math.max(SETTLE, last + LEAST - Date.now()));
  };
  const collect = (): void => {
    if (stopped) return;
    stopCollector = startCollector(hint, () => {
      if (!noted) note(`changes are not noticed at once here; reading everything every ${ANYWAY / 1000} seconds.`);
      noted = true;
      setTimeout(collect, AGAIN).unref();
    });
  };
  collect();
  plan(ANYWAY);
  return () => {
    stopped = true;
    clearTimeout(timer);
    stopCollector();
  };
}
