/**
 * The window without Electron: the system's Chromium as an application window, spoken to over a pair of pipes. No port
 * is opened, no address outside this process is ever asked: every request of the page is answered here.
 *
 *   find-chromium   which browser
 *   protocol        messages over the pipes
 *   page-bridge     what the page finds at `window.portcullis`
 *   page            one page: its files, its calls, and what it may not do
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Advisor } from '../../../core/api.ts';
import { terminalProblem } from '../terminal-problem.ts';
import { pageFiles } from '../bridge-files.ts';
import { findChromium } from './find-chromium.ts';
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

/** Nothing of the browser's own that would ask the network or disturb: this is one window on local files. */
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-service-autorun',
  '--no-pings',
  '--disable-extensions',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-breakpad',
  '--disable-features=Translate,OptimizationHints,MediaRouter,AutofillServerCommunication,CertificateTransparencyComponentUpdater',
  '--password-store=basic',
  '--use-mock-keychain',
  // Even what slips through finds no name and no address.
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

/** Open the window and wait until it is closed. Throws a `TerminalProblem` where there is no browser or it does not start. */
export async function openInChromium(options: ChromiumOptions): Promise<void> {
  const files = pageFiles(options.folder ?? join(import.meta.dirname, '..', 'renderer'));
  const program = findChromium(process.env['PATH'] ?? '');
  const root = process.getuid?.() === 0;
  if (root) {
    options.onNote?.(
      'Running as root: Chromium cannot use its own sandbox, so it is started without. Start Portcullis as yourself to have it.',
    );
  }
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'portcullis-window-'));
  const browser = spawn(
    program,
    [
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      '--app=data:text/html,<title>Portcullis</title>',
      '--class=portcullis',
      '--window-size=1180,800',
      ...QUIET,
      // The second one keeps the browser from covering the window with a line that the note above already says.
      ...(root ? ['--no-sandbox', '--test-type'] : []),
      ...(options.extraArguments ?? []),
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<number | null>((resolve, reject) => {
    browser.once('error', reject);
    browser.once('exit', (code) => resolve(code));
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
      throw terminalProblem(
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
