/**
 * The browser, started before anybody has loaded what the window shows: it takes longer to come up than all the rest, and
 * comes up meanwhile on another core.
 */
import { type Browser, startBrowser } from '../pipe/browser.ts';
import { electronProgram, hasDisplay, hasPipe } from './host.ts';

let begun: Browser | null = null;

/** Begin now, where the window will be shown in the system's browser: whether it is. */
export function startBrowserAhead(): boolean {
  if (!hasPipe || !hasDisplay() || electronProgram() !== null) return false;
  try {
    begun ??= startBrowser();
  } catch {
    // Whoever opens the window meets it again, and says it.
  }
  return begun !== null;
}

/** What was begun ahead, once; null where nothing was. */
export function takeBrowserAhead(): Browser | null {
  const taken = begun;
  begun = null;
  return taken;
}
