/**
 * The browser, started before anybody has loaded what the window shows: it takes longer to come up than all the rest, and
 * comes up meanwhile on another core.
 */
import { electronProgram, hasDisplay, hasPipe } from './host.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let begun: Awaited<ReturnType<typeof start>> = null;
let beginning: Promise<boolean> | null = null;

/** Begin now, where the window will be shown in the system's browser: whether it is. Once; `bin/portcullis.cjs` asks first. */
export const startBrowserAhead = (): Promise<boolean> => (beginning ??= begin());

async function begin(): Promise<boolean> {
  if (!hasPipe || !hasDisplay() || electronProgram() !== null) return false;
  for (const signal of SIGNALS) process.on(signal, endBySignal);
  process.on('exit', giveUp);
  begun = await start();
  return begun !== null;
}

async function start() {
  const { startBrowser } = await import('../pipe/browser.ts');
  try {
    return startBrowser();
  } catch {
    // Whoever opens the window meets it again, and says it.
    return null;
  }
}

/** What was begun ahead, once; null where nothing was. Who takes it sees to its end, and listens for signals at once. */
export function takeBrowserAhead() {
  const taken = begun;
  begun = null;
  return taken;
}

/** Nobody will take it: it ends at once, or it would still write into the folder that is removed. */
function giveUp(): void {
  const browser = takeBrowserAhead();
  browser?.kill('SIGKILL');
  browser?.clean();
}

/**
 * This process ends as it would have, and leaves nothing. It goes on listening when the browser was taken: a signal that
 * came just before would be lost with the last listener, and so it is heard by whoever took it.
 */
function endBySignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  giveUp();
  process.off(signal, endBySignal);
  process.kill(process.pid, signal);
}
