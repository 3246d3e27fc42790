/** The two hosts of the window, each started for real on the machine of the lab and handed over as a page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, chromium, type ElectronApplication, type Page } from '@playwright/test';
import { createAdvisor } from '../../../src/main/advisor/index.ts';
import { asChild } from '../../../src/main/collector/start.ts';
import { openInChromium } from '../../../src/main/faces/pipe/index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Host extends AsyncDisposable {
  readonly name: 'electron' | 'pipe';
  readonly page: Page;
  /** How many windows there are. */
  readonly windows: () => number;
  /** The application behind Electron; null for the pipe. */
  readonly application: ElectronApplication | null;
}

interface PipeHost extends Host {
  /** Let go of the window, and look into it by a new connection. */
  readonly connectAgain: () => Promise<Page>;
}

/** Where Electron's runtime could not be had, its stand-in shows the same bundle. */
export const standsIn = !existsSync(join(root, 'node_modules/electron/path.txt'));

export const hosts = { electron: openElectron, pipe: openPipe } as const;

interface Start {
  /** Where it keeps what is remembered. */
  readonly home: string;
  readonly args?: readonly string[];
  /** As it runs where it is installed. */
  readonly packaged?: boolean;
}

/** The application on Electron, with a window or without. */
export const startElectron = ({ home, args = [], packaged = false }: Start): Promise<ElectronApplication> =>
  _electron.launch({
    args: [...(process.getuid?.() === 0 && !standsIn ? ['--no-sandbox'] : []), root, ...args],
    cwd: root,
    env: {
      ...(process.env as Record<string, string>),
      STAND_IN_HOME: home,
      ...(packaged ? { STAND_IN_PACKAGED: '1' } : {}),
    },
    ...(standsIn ? { executablePath: join(root, 'test/host/electron') } : {}),
  });

async function openElectron(): Promise<Host> {
  const home = mkdtempSync(join(tmpdir(), 'portcullis-e2e-'));
  const application = await startElectron({ home });
  const page = await application.firstWindow();
  return {
    name: 'electron',
    page,
    application,
    windows: () => application.windows().length,
    [Symbol.asyncDispose]: async () => {
      await application.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function openPipe(): Promise<PipeHost> {
  const display = await startDisplay();
  const profile = mkdtempSync(join(tmpdir(), 'portcullis-e2e-'));
  process.env['DISPLAY'] = display.name;
  const closed = openInChromium({
    // Only the built collector can be started.
    advisor: createAdvisor({ launch: (_file, env) => asChild(join(root, 'out/collector/collector.cjs'), env) }),
    folder: join(root, 'out', 'renderer'),
    profile,
    // The only way for a test to look into the window; the application itself opens no port.
    extraArguments: ['--remote-debugging-port=0'],
  });
  const port = await Promise.race([
    devToolsPort(profile),
    closed.then(() => Promise.reject(new Error('the window closed at once'))),
  ]);
  const connect = async () => {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('the window has no page');
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    await page.waitForURL('http://portcullis.localhost/');
    return { browser, context, page };
  };
  let { browser, context, page } = await connect();
  return {
    name: 'pipe',
    page,
    application: null,
    windows: () => context.pages().length,
    connectAgain: async () => {
      await browser.close();
      ({ browser, context, page } = await connect());
      return page;
    },
    [Symbol.asyncDispose]: async () => {
      // Chromium may be gone before it has said that the page is.
      await Promise.race([page.close(), closed]);
      await closed;
      await browser.close();
      display.stop();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** The port that Chromium chose, once it has written it down. */
async function devToolsPort(profile: string): Promise<string> {
  const file = join(profile, 'DevToolsActivePort');
  for (;;) {
    const port = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : undefined;
    if (port !== undefined && port !== '') return port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Display {
  readonly name: string;
  readonly stop: () => void;
}

/** A display of one's own that nobody sees; reached through a file, not through a port. */
export function startDisplay(): Promise<Display> {
  const server: ChildProcess = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.stdio[3]?.once('data', (number: Buffer) =>
      resolve({ name: `:${number.toString().trim()}`, stop: () => void server.kill() }),
    );
  });
}
