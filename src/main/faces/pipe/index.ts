/**
 * The window without Electron: the system's Chromium as an application window, spoken to over a pair of pipes. No port
 * is opened, no address outside this process is ever asked: every request of the page is answered here.
 *
 *   find-chromium   which browser
 *   launch          starting it, ahead of the rest where that is wanted
 *   protocol        messages over the pipes
 *   page-bridge     what the page finds at `window.portcullis`
 *   page            one page: its files, its calls, and what it may not do
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Advisor } from '../../../core/api.ts';
import { problem } from '../../../core/problem.ts';
import { pageFiles } from '../bridge-files.ts';
import { isRoot, launch, takeLaunched } from './launch.ts';
import { openPage } from './page.ts';
import { speak } from './protocol.ts';

export interface ChromiumOptions {
  readonly advisor: Advisor;
  /** The built renderer; absent: beside the running bundle. */
  readonly folder?: string;
  /** Where to say what people should know (standard error). */
  readonly onNote?: (text: string) => void;
  /** Further arguments for the browser. Tests alone use this. */
  readonly extraArguments?: readonly string[];
  /** The browser's own folder, kept afterwards. Absent: a private one that is removed. Tests alone set this. */
  readonly profile?: string;
}

/** Open the window and wait until it is closed. Throws a `ProblemError` where there is no browser or it does not start. */
export async function openInChromium(options: ChromiumOptions): Promise<void> {
  const files = pageFiles(options.folder ?? join(import.meta.dirname, '..', 'renderer'));
  const { browser, program, profile } =
    (options.profile === undefined && options.extraArguments === undefined ? takeLaunched() : null) ??
    launch(options.extraArguments, options.profile);
  if (isRoot) {
    options.onNote?.(
      'Running as root: Chromium cannot use its own sandbox, so it is started without. Start Portcullis as yourself to have it.',
    );
  }
  const ended = new Promise<number | null>((resolve) => {
    browser.once('error', () => resolve(null));
    browser.once('exit', (code) => resolve(code));
    // One that was started ahead may have ended already, or never have been started.
    if (browser.pid === undefined || browser.exitCode !== null || browser.signalCode !== null)
      resolve(browser.exitCode);
  });
  const protocol = speak(browser.stdio[3] as Writable, browser.stdio[4] as Readable);
  const close = (): void => void protocol.send('Browser.close').catch(() => browser.kill());
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, close);

  try {
    let shown = false;
    const page = openPage({ protocol, advisor: options.advisor, files, onClosed: close }).then(() => {
      shown = true;
    });
    // A browser that ends before the page stands says so by its exit, not by the calls that were under way.
    page.catch(close);
    const code = await ended;
    if (!shown) {
      throw problem(
        'failed',
        `The window could not be opened: ${program} ended at once${code === null ? '' : ` (status ${code})`}.`,
        'Is there a display here? In a terminal without one, use: portcullis scan',
      );
    }
  } finally {
    await options.advisor.attend({ visible: false });
    for (const signal of signals) process.off(signal, close);
    if (options.profile === undefined)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
