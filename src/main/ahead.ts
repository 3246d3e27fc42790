/**
 * Looking at the machine before anybody has asked. The commands that a scan runs take as long as loading the rest of the
 * program does; begun first, they run meanwhile on another core.
 */
import type { Snapshot } from '../core/model.ts';
import { gather } from './gather/index.ts';

let begun: Promise<Snapshot> | null = null;

/** Begin now. Whoever gathers first gets what comes of it. */
export function lookAhead(): void {
  begun ??= gather();
}

/** What was begun ahead, once; null where nothing was, or it was taken already. */
export function takeAhead(): Promise<Snapshot> | null {
  const taken = begun;
  begun = null;
  return taken;
}
