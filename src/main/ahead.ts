/**
 * Looking at the machine before anybody has asked. The commands that a scan runs take as long as loading the rest of the
 * program does; begun first, they run meanwhile on another core.
 */
import type { Snapshot } from '../core/model.ts';
import { gather, type GatherStep } from './gather/index.ts';

type Hear = (step: GatherStep) => void;

/** How far it is, for whoever asks late. */
let reached: GatherStep | null = null;
let hear: Hear | null = null;
let begun: Promise<Snapshot> | null = null;

/** Begin now. Whoever gathers first gets what comes of it. */
export function lookAhead(): void {
  if (begun !== null) return;
  begun = gather({
    onProgress: (step) => {
      reached = step;
      hear?.(step);
    },
  });
  // Whoever takes it hears of a failure; nobody may have yet.
  begun.catch(() => {});
}

/** What was begun ahead, once, and how far it is; null where nothing was, or it was taken already. */
export function takeAhead(onProgress: Hear): Promise<Snapshot> | null {
  const taken = begun;
  begun = null;
  if (taken === null) return null;
  hear = onProgress;
  if (reached !== null) onProgress(reached);
  return taken;
}
