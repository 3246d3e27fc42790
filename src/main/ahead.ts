/**
 * Looking at the machine before anybody has asked. The commands that a scan runs take as long as loading the rest of the
 * program does; begun first, they run meanwhile on another core.
 */
import type { Snapshot } from '../core/model.ts';
import { gather, type GatherStep } from './gather/index.ts';

/** What was read longer ago than this is read again: a browser that comes up slowly shows no old report. Milliseconds. */
const FRESH = 5000;

type Hear = (step: GatherStep) => void;

/** How far it is, for whoever asks late. */
let reached: GatherStep | null = null;
let hear: Hear | null = null;
let begun: Promise<Snapshot> | null = null;
let begunAt = 0;

/** Begin now. Whoever gathers first gets what comes of it. */
export function lookAhead(): void {
  if (begun !== null) return;
  begunAt = Date.now();
  begun = gather({
    onProgress: (step) => {
      reached = step;
      hear?.(step);
    },
  });
  // Whoever takes it hears of a failure; nobody may have yet.
  begun.catch(() => {});
}

/** What was begun ahead, once, and how far it is; null where nothing was, it is old, or it was taken already. */
export function takeAhead(onProgress: Hear): Promise<Snapshot> | null {
  const taken = begun;
  begun = null;
  // A clock that was put back says nothing about how old it is.
  if (taken === null || Math.abs(Date.now() - begunAt) > FRESH) return null;
  hear = onProgress;
  if (reached !== null) onProgress(reached);
  return taken;
}
