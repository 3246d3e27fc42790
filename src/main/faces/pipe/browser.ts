/** The browser's process: one window, a pair of pipes to speak over, a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { makeBrowserFolder } from './browser-folder.ts';
import { findChromium } from './find-chromium.ts';

export interface BrowserOptions {
  /** Further arguments for the browser. Tests alone use this. */
  readonly extraArguments?: readonly string[];
  /** The browser's own folder, kept afterwards. Absent: a private one that is removed. Tests alone set this. */
  readonly profile?: string;
}

export interface Browser {
  readonly program: string;
  /** Where it reads what it is told, and where it answers. */
  readonly to: Writable;
  readonly from: Readable;
  /** Its exit code, null where a signal ended it. Rejects where it could not be started. */
  readonly ended: Promise<number | null>;
  readonly kill: (signal?: NodeJS.Signals) => void;
  /** Once it has ended: remove what it left. */
  readonly clean: () => void;
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
  '--disable-crash-reporter',
  '--password-store=basic',
  '--use-mock-keychain',
  // Even what slips through finds no name and no address.
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

const QUIET_FEATURES = [
  'Translate',
  'OptimizationHints',
  'MediaRouter',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
];

/**
 * Processes that keep one site from another, stand by for the next one, or hold what somebody could go back to. Here is one
 * page of one origin, and every request is answered over the pipe: without them the page gets the process that the empty page
 * began with, and no other starts meanwhile.
 */
const NEEDLESS_FEATURES = ['SitePerProcess', 'SpareRendererForSitePerProcess', 'BackForwardCache'];

const FEATURES = [
  `--disable-features=${[...QUIET_FEATURES, ...NEEDLESS_FEATURES].join(',')}`,
  // Nothing comes from a network that would need a process of its own.
  '--enable-features=NetworkServiceInProcess2',
];

/** Where Linux shows a graphics processor: by DRM, by NVIDIA's own driver, or by Windows around it. */
const GRAPHICS = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'];

/** Without one, the browser would look for it, and draw without it after all. */
const withoutGraphics = (): readonly string[] =>
  process.platform === 'linux' && !GRAPHICS.some((file) => existsSync(file)) ? ['--disable-gpu'] : [];

/** Chromium cannot use its own sandbox as root. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** Start it. Throws a `TerminalProblem` where there is none. */
export function startBrowser({ extraArguments = [], profile }: BrowserOptions = {}): Browser {
  const program = findChromium(process.env['PATH'] ?? '');
  const folder = profile ?? makeBrowserFolder(program);
  const browser: ChildProcess = spawn(
    program,
    [
      '--remote-debugging-pipe',
      `--user-data-dir=${folder}`,
      '--app=data:text/html,<title>Portcullis</title>',
      '--class=portcullis',
      '--window-size=1180,800',
      ...QUIET,
      ...FEATURES,
      ...withoutGraphics(),
      // The second one keeps the browser from covering the window with a line that a note already says.
      ...(isRoot() ? ['--no-sandbox', '--test-type'] : []),
      ...extraArguments,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<number | null>((resolve, reject) => {
    browser.once('error', reject);
    browser.once('exit', (code) => resolve(code));
  });
  // Whoever waits for it hears of it; nobody may be waiting yet.
  ended.catch(() => {});
  return {
    program,
    to: browser.stdio[3] as Writable,
    from: browser.stdio[4] as Readable,
    ended,
    kill: (signal) => void browser.kill(signal),
    clean: () => {
      if (profile === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
