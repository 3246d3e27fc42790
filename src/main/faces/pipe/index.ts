/**
 * The window without Electron: the system's Chromium as an application window, spoken to over a pair of pipes. No port
 * is opened, no address outside this process is ever asked: every request of the page is answered here.
 *
 *   find-chromium   which browser
 *   browser         its process
 *   browser-folder  where that keeps its own files
 *   protocol        messages over the pipes
 *   page-bridge     what the page finds at `window.portcullis`
 *   page            one page: its files, its calls, and what it may not do
 *   answer-ahead    its first call, answered before it comes
 *   reason          why the system refused
 */
import { join } from 'node:path';
import type { Advisor } from '../../../core/api.ts';
import { terminalProblem } from '../terminal-problem.ts';
import { pageFiles } from '../bridge-files.ts';
import { type Browser, type BrowserOptions, isRoot, startBrowser } from './browser.ts';
import { openPage } from './page.ts';
import { reasonOf } from './reason.ts';
import { speak } from './protocol.ts';

export interface ChromiumOptions extends BrowserOptions {
  readonly advisor: Advisor;
  /** The built renderer; absent: beside the running bundle. */
  readonly folder?: string;
  /** Where to say what people should know (standard error). */
  readonly onNote?: (text: string) => void;
  /** Gives a browser that was started before; absent, or where there is none: one is started. */
  readonly started?: () => Browser | null;
}

/** Milliseconds. */
const WRITING = 300;

/** Open the window and wait until it is closed. Throws a `TerminalProblem` where there is no browser or it does not start. */
export async function openInChromium(options: ChromiumOptions): Promise<void> {
  const files = pageFiles(options.folder ?? join(import.meta.dirname, '..', 'renderer'));
  const browser = options.started?.() ?? startBrowser(options);
  if (isRoot()) {
    options.onNote?.(
      'Running as root: Chromium cannot use its own sandbox, so it is started without. Start Portcullis as yourself to have it.',
    );
  }
  const protocol = speak(browser.to, browser.from);
  const close = (): void => void protocol.send('Browser.close').catch(() => browser.kill());
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  // Again and again: many come twice (of a terminal and its shell, or to a process and to its group), and the second one
  // would end this process before the browser's folder is removed. It also ends a browser that does not close.
  let asked = false;
  const closeBySignal = (): void => {
    if (asked) browser.kill();
    else close();
    asked = true;
  };
  for (const signal of signals) process.on(signal, closeBySignal);

  let shown = false;
  try {
    const page = openPage({ protocol, advisor: options.advisor, files, onClosed: close }).then(() => {
      shown = true;
    });
    // A browser that ends before the page stands says so by its exit, not by the calls that were under way.
    page.catch(close);
    const code = await browser.ended.catch((error: unknown) => {
      throw terminalProblem(
        'failed',
        `The window could not be opened: ${browser.program} could not be started (${reasonOf(error)}).`,
        'Install the browser anew, or use the terminal: portcullis scan',
      );
    });
    if (!shown) {
      throw terminalProblem(
        'failed',
        `The window could not be opened: ${browser.program} ended at once${code === null ? '' : ` (status ${code})`}.`,
        'Is there a display here? In a terminal without one, use: portcullis scan',
      );
    }
  } finally {
    await options.advisor.attend({ visible: false });
    for (const signal of signals) process.off(signal, closeBySignal);
    browser.clean();
    if (!shown) {
      // The processes of a browser that ends while it starts may still write there.
      await new Promise((resolve) => setTimeout(resolve, WRITING));
      browser.clean();
    }
  }
}
