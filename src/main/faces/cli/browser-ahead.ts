/**
 * The browser, started before anybody has loaded what the window shows: it takes longer to come up than all the rest, and
 * comes up meanwhile on another core.
 */
import { electronProgram, hasDisplay, hasPipe } from './host.ts';

let begun: ReturnType<typeof start> | null = null;

/** Begin now, where the window will be shown in the system's browser: whether it is. */
export async function startBrowserAhead(): Promise<boolean> {
  if (!hasPipe || !hasDisplay() || electronProgram() !== null) return false;
  begun ??= start();
  return (await begun) !== null;
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

/** What was begun ahead, once; null where nothing was. */
export async function takeBrowserAhead() {
  const taken = await begun;
  begun = null;
  return taken;
}
