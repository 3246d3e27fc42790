/**
 * Starting the browser. It takes longer to come up than all the rest of the program to be loaded, so it may be started ahead
 * of that: whoever then opens the window takes it over.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './find-chromium.ts';

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

/** Root's Chromium runs without its own sandbox. */
export const isRoot = process.getuid?.() === 0;

export interface Launched {
  readonly browser: ChildProcess;
  readonly program: string;
  /** The browser's own folder. */
  readonly profile: string;
}

/** Throws a `ProblemError` where there is no browser. `profile`: absent, a new private folder. */
export function launch(extraArguments: readonly string[] = [], profile?: string): Launched {
  const program = findChromium(process.env['PATH'] ?? '');
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'portcullis-window-'));
  const browser = spawn(
    program,
    [
      '--remote-debugging-pipe',
      `--user-data-dir=${folder}`,
      '--app=data:text/html,<title>Portcullis</title>',
      '--class=portcullis',
      '--window-size=1180,800',
      ...QUIET,
      // The second one keeps the browser from covering the window with a line that is said in the terminal already.
      ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
      ...extraArguments,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  // Whoever takes it over is told of its end; until then nobody is there to be told.
  browser.on('error', () => {});
  return { browser, program, profile: folder };
}

let ahead: Launched | null = null;

/** Start it now. Where there is none, whoever opens the window is told. */
export function launchAhead(): void {
  try {
    ahead ??= launch();
  } catch {
    ahead = null;
  }
}

/** What was started ahead, once; null where nothing was. */
export function takeLaunched(): Launched | null {
  const taken = ahead;
  ahead = null;
  return taken;
}
