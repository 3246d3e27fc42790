/**
 * Electron's security checklist (electronjs.org, "Security"), each of its twenty items a test on the built application:
 * its window's preferences, its handlers, its policy, its fuses. What Electron's stand-in cannot prove of an item is noted
 * with it; where the true runtime is there, the same tests run on that, and the parts for it alone with them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import type { Bridge } from '../../../src/core/api.ts';
import { CONTENT_POLICY } from '../../../src/main/faces/bridge.ts';
import { hosts, standsIn } from './hosts.ts';
import { askFor, BROKEN, breakPolicy, call, goAway, lookAround, openMore, POLICY_HOLDS } from './taken.ts';

declare const portcullis: Bridge;

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
/** The text of everything of one kind in a folder of the build. */
const built = (folder: string, kind: RegExp): string =>
  readdirSync(join(root, 'out', folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => kind.test(file))
    .map((file) => read(join('out', folder, file)))
    .join('\n');
const program = built('main', /\.cjs$/) + built('preload', /\.cjs$/);
const shown = built('renderer', /\.(js|html|css)$/);

/** What the stand-in cannot prove of an item. */
const unproven = (description: string) => ({
  annotation: standsIn ? [{ type: 'not proved by the stand-in', description }] : [],
});

let host: Awaited<ReturnType<typeof hosts.electron>>;
let application: ElectronApplication;
let page: Page;
/** Of the page, as the browser has it. */
let address: string;

test.beforeAll(async () => {
  host = await hosts.electron();
  if (host.application === null) throw new Error('no application behind the window');
  ({ application, page } = host);
  // It begins with an empty page, which is not the one that is meant.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  address = page.url();
});
test.afterAll(() => host[Symbol.asyncDispose]());
// What the last test did to the page is gone.
test.beforeEach(async () => {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

/** What the one window was made with, as its web contents say. */
async function preferences(): Promise<Readonly<Record<string, unknown>>> {
  const all = await application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) =>
      // Electron's types leave this method out.
      (webContents as unknown as { getLastWebPreferences: () => Record<string, unknown> }).getLastWebPreferences(),
    ),
  );
  const [only, ...more] = all;
  if (only === undefined || more.length > 0) throw new Error(`${all.length} windows`);
  return only;
}

/** Is the program, or was it by itself, started with one of these switches? */
const switchedOn = (...names: readonly string[]): Promise<readonly string[]> =>
  application.evaluate(({ app }, asked) => asked.filter((name) => app.commandLine.hasSwitch(name)), names);

/** Let the application itself load an address into its window: nothing is asked then but the filter of requests. */
const load = (url: string): Promise<string> =>
  application.evaluate(
    ({ BrowserWindow }, to) =>
      BrowserWindow.getAllWindows()[0]
        ?.loadURL(to)
        .then(
          () => 'loaded',
          () => 'refused',
        ) ?? 'no window',
    url,
  );

/** Tell every web contents of something that it may prevent. @returns has each of them prevented it? */
const prevented = (event: string, fields: object): Promise<readonly boolean[]> =>
  application.evaluate(
    ({ webContents }, [name, more]) =>
      webContents.getAllWebContents().map((contents) => {
        let done = false;
        const told = { ...more, preventDefault: () => (done = true) };
        (contents as unknown as NodeJS.EventEmitter).emit(name, told, {}, {});
        return done;
      }),
    [event, fields] as const,
  );

/** Open every view, one after the other. */
async function eachView(look: () => Promise<void>): Promise<void> {
  for (const key of ['1', '2', '3', '4', '5', '6']) {
    await page.keyboard.press(`Control+${key}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look();
  }
}

/** A server on this computer that counts what it is asked. */
async function listen(): Promise<AsyncDisposable & { readonly url: string; readonly heard: () => number }> {
  let heard = 0;
  const server = createServer((_request, response) => {
    heard += 1;
    response.end('taken');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heard: () => heard,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('1. Only load secure content', async () => {
  const asked: string[] = [];
  const note = (request: { readonly url: () => string }): void => void asked.push(request.url());
  page.on('request', note);
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await eachView(() => page.waitForTimeout(50));
  page.off('request', note);
  expect(asked.length).toBeGreaterThan(2);
  expect(asked.filter((url) => !url.startsWith(address))).toEqual([]);
  // Not even the application itself gets anything from elsewhere into the window.
  await using server = await listen();
  for (const url of [server.url, 'http://example.com/', 'https://example.com/', 'ftp://example.com/'])
    expect(await load(url), url).toBe('refused');
  expect(server.heard()).toBe(0);
});

test('2. Do not enable Node.js integration for remote content', async () => {
  const made = await preferences();
  expect(made).toMatchObject({ nodeIntegration: false, nodeIntegrationInSubFrames: false });
  expect(made['nodeIntegrationInWorker'] ?? false).toBe(false);
  expect((await lookAround(page)).strange).toEqual([]);
});

test(
  '3. Enable context isolation',
  unproven('that the preload has a world of its own: it is a closure in the page there'),
  async () => {
    expect(await preferences()).toMatchObject({ contextIsolation: true });
    if (standsIn) return;
    const worlds: string[] = [];
    const devTools = await page.context().newCDPSession(page);
    devTools.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context.name));
    await devTools.send('Runtime.enable');
    await expect.poll(() => worlds).toContain('Electron Isolated Context');
    await devTools.detach();
  },
);

test('4. Enable process sandboxing', unproven('that the kernel holds the page’s process in a sandbox'), async () => {
  expect(await preferences()).toMatchObject({ sandbox: true });
  // For every window there could ever be, whatever it is made with.
  expect(await switchedOn('enable-sandbox')).toEqual(['enable-sandbox']);
  // As root Chromium refuses to be sandboxed, and the test has to start it without.
  if (standsIn || process.getuid?.() === 0) return;
  expect(await switchedOn('no-sandbox')).toEqual([]);
  if (process.platform !== 'linux') return;
  const pid = await application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m);
});

test(
  '5. Handle session permission requests from remote content',
  unproven('that the runtime asks the three handlers; here they are asked by the test, and deny all'),
  async () => {
    const asked = await askFor(page);
    expect(Object.keys(asked).length).toBeGreaterThan(5);
    expect(Object.values(asked)).not.toContain('granted');
    if (!standsIn) return;
    const said = await application.evaluate((electron) => {
      type Handler = (...args: unknown[]) => unknown;
      interface Recorded {
        readonly permissionRequest: Handler;
        readonly permissionCheck: Handler;
        readonly devicePermission: Handler;
      }
      const inside = electron as unknown as Readonly<Record<symbol, { readonly recorded: Recorded }>>;
      const recorded = inside[Symbol.for('stand-in')]?.recorded;
      const permissions = [
        'media',
        'geolocation',
        'notifications',
        'midiSysex',
        'pointerLock',
        'fullscreen',
        'openExternal',
      ];
      return permissions.map((permission) => {
        let granted: unknown = 'not decided';
        recorded?.permissionRequest(null, permission, (word: unknown) => (granted = word), {});
        const device = recorded?.devicePermission({ deviceType: 'usb', origin: 'app://portcullis' });
        return [granted, recorded?.permissionCheck(null, permission, 'app://portcullis', {}), device];
      });
    });
    expect(said).toEqual(said.map(() => [false, false, false]));
    expect(said.length).toBe(7);
  },
);

test('6. Do not disable webSecurity', async () => {
  expect(await preferences()).toMatchObject({ webSecurity: true });
  expect(await switchedOn('disable-web-security', 'disable-site-isolation-trials')).toEqual([]);
});

test('7. Define a Content Security Policy', async () => {
  const policies = new Map<string, string | undefined>();
  const note = (response: { readonly url: () => string; readonly headers: () => Record<string, string> }): void =>
    void policies.set(response.url(), response.headers()['content-security-policy']);
  page.on('response', note);
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  page.off('response', note);
  expect([...policies.keys()]).toContain(address);
  expect(policies.size).toBeGreaterThan(2);
  expect([...new Set(policies.values())]).toEqual([CONTENT_POLICY]);
  expect(CONTENT_POLICY.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]),
  );
  expect(CONTENT_POLICY).not.toMatch(/unsafe|https?:|\*/);
  await using server = await listen();
  const broken = await breakPolicy(page, server.url);
  expect(broken).toMatchObject(POLICY_HOLDS);
  expect(broken.violations).toEqual(expect.arrayContaining(BROKEN));
  expect(server.heard()).toBe(0);
});

test('8. Do not enable allowRunningInsecureContent', async () => {
  expect(await preferences()).toMatchObject({ allowRunningInsecureContent: false });
  expect(await switchedOn('allow-running-insecure-content')).toEqual([]);
});

test('9. Do not enable experimental features', async () => {
  expect((await preferences())['experimentalFeatures'] ?? false).toBe(false);
  expect(
    await switchedOn('enable-experimental-web-platform-features', 'enable-blink-test-features', 'js-flags'),
  ).toEqual([]);
});

test('10. Do not use enableBlinkFeatures', async () => {
  expect((await preferences())['enableBlinkFeatures'] ?? '').toBe('');
  expect(await switchedOn('enable-blink-features')).toEqual([]);
});

test('11. Do not use allowpopups for WebViews', async () => {
  expect(await preferences()).toMatchObject({ webviewTag: false });
  expect(program + shown).not.toMatch(/allowpopups/i);
  const able = await page.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('allowpopups', '');
    view.setAttribute('src', 'https://example.com/');
    document.body.append(view);
    return 'getWebContentsId' in view || 'loadURL' in view;
  });
  expect(able).toBe(false);
  await page.waitForTimeout(300);
  expect(await application.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test('12. Verify WebView options before creation', async () => {
  // The strictest way: none is ever created, whatever its options.
  for (const fields of [{}, { params: { src: address } }])
    expect(await prevented('will-attach-webview', fields)).toEqual([true]);
});

test('13. Disable or limit navigation', async () => {
  expect(await preferences()).toMatchObject({ navigateOnDragDrop: false });
  expect([...(await goAway(page))]).toEqual([address]);
  const away = [
    'https://example.com/',
    'file:///etc/passwd',
    'app://portcullis.example.com/',
    'app://portcullis@example.com/',
    'app://other/',
  ];
  for (const url of away) {
    expect(await prevented('will-navigate', { url, isMainFrame: true }), url).toEqual([true]);
    expect(await prevented('will-frame-navigate', { url, isMainFrame: false }), url).toEqual([true]);
  }
  // The page's own address is the one place to go; a redirect leads nowhere at all, and nor does a frame.
  expect(await prevented('will-navigate', { url: 'app://portcullis/', isMainFrame: true })).toEqual([false]);
  expect(await prevented('will-frame-navigate', { url: 'app://portcullis/', isMainFrame: false })).toEqual([true]);
  expect(await prevented('will-redirect', { url: 'app://portcullis/', isMainFrame: true })).toEqual([true]);
});

test(
  '14. Disable or limit creation of new windows',
  unproven('that no window is there for a moment: it is opened there, then closed by the same word'),
  async () => {
    await openMore(page);
    await expect.poll(host.windows).toBe(1);
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (standsIn) return;
    expect(await page.evaluate(() => window.open('about:blank') === null)).toBe(true);
  },
);

test('15. Do not use shell.openExternal with untrusted content', async () => {
  // It is not used at all. Of Electron the program uses these and no other: what opens things elsewhere is not among them.
  const used = new Set([...program.matchAll(/\belectron\.(\w+)/g)].map(([, name = '']) => name));
  expect([...used].sort((a, b) => (a < b ? -1 : 1))).toEqual([
    'BrowserWindow',
    'Menu',
    'Notification',
    'Tray',
    'app',
    'contextBridge',
    'dialog',
    'ipcMain',
    'ipcRenderer',
    'nativeTheme',
    'protocol',
    'screen',
    'session',
    'utilityProcess',
  ]);
  expect(program + shown).not.toMatch(/openExternal|showItemInFolder|xdg-open/);
  // And there is nothing to follow: no view has a link, or a form that is sent anywhere.
  await eachView(async () => {
    expect(await page.evaluate(() => document.querySelectorAll('[href], [action], [ping]').length)).toBe(
      await page.evaluate(() => document.head.querySelectorAll('link[href]').length),
    );
  });
});

test('16. Use a current version of Electron', unproven('which version runs'), async () => {
  interface Versions {
    readonly version: string;
  }
  const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Versions>> };
  const wanted = JSON.parse(read('package.json')) as { readonly devDependencies: Readonly<Record<string, string>> };
  const known = JSON.parse(read('test/e2e/lab/electron-releases.json')) as { newest: number; asOf: string };
  const locked = lock.packages['node_modules/electron']?.version ?? '';
  expect(locked).toMatch(/^\d+\.\d+\.\d+$/);
  const major = Number(locked.split('.')[0]);
  expect(major, `the newest was ${known.newest} on ${known.asOf}`).toBeGreaterThan(known.newest - 3);
  expect(wanted.devDependencies['electron']).toMatch(new RegExp(`^\\^?${major}\\.`));
  expect((JSON.parse(read('node_modules/electron/package.json')) as Versions).version).toBe(locked);
  // Two majors later it is time to look again.
  const weeks = Math.round((Date.now() - Date.parse(known.asOf)) / (7 * 24 * 3_600_000));
  if (weeks > 16)
    test.info().annotations.push({ type: 'look again', description: `electron-releases.json is ${weeks} weeks old` });
  if (standsIn) return;
  expect(await application.evaluate(() => process.versions['electron'])).toBe(locked);
});

test('17. Validate the sender of all IPC messages', async () => {
  const { channels, others, answers } = await application.evaluate(async ({ BrowserWindow, ipcMain }) => {
    // Electron keeps its handlers in this map; there is no public way to ask one as somebody else.
    const handlers = Object.values(ipcMain).find(
      (value): value is Map<string, (...args: unknown[]) => unknown> =>
        value instanceof Map && value.has('portcullis:call'),
    );
    const sender = BrowserWindow.getAllWindows()[0]?.webContents;
    const from = async (senderFrame: unknown, by: unknown = sender): Promise<boolean> => {
      const reply = await handlers?.get('portcullis:call')?.({ sender: by, senderFrame }, 'history', {});
      return (reply as { readonly ok: boolean }).ok;
    };
    const url = 'app://portcullis/';
    const origin = 'app://portcullis';
    const elsewhere = (where: string) => ({ url: `${where}/`, origin: where, parent: null });
    return {
      channels: [...(handlers?.keys() ?? [])],
      others: ipcMain.eventNames().filter((name) => name !== 'error'),
      answers: {
        page: await from({ url, origin, parent: null }),
        site: await from(elsewhere('https://example.com')),
        lookAlike: await from(elsewhere('app://portcullis.example.com')),
        user: await from(elsewhere('app://portcullis@example.com')),
        file: await from(elsewhere('file://')),
        // The page's address in a sandboxed frame, and somebody else's document at no address.
        sandboxed: await from({ url, origin: 'null', parent: null }),
        blank: await from({ url: 'about:blank', origin, parent: null }),
        frame: await from({ url, origin, parent: {} }),
        gone: await from(null),
        unknown: await from({ url, origin, parent: null }, null),
      },
    };
  });
  expect(channels).toEqual(['portcullis:call']);
  expect(others).toEqual([]);
  const { page: own, ...strangers } = answers;
  expect(own).toBe(true);
  expect(Object.entries(strangers).filter(([, answered]) => answered)).toEqual([]);
  // The page itself is answered, and only as the contract says.
  expect(await call(page, 'history', {})).toMatchObject({ ok: true });
});

test(
  '18. Avoid usage of the file:// protocol and prefer usage of custom protocols',
  unproven('that the scheme is a standard, secure one: app://portcullis is shown as an address of this computer there'),
  async () => {
    expect(
      await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
    ).toBe('app://portcullis/');
    expect(program).not.toMatch(/file:\/\/|loadFile/);
    for (const url of ['file:///etc/passwd', `file://${root}out/renderer/index.html`])
      expect(await load(url), url).toBe('refused');
    // The scheme hands out the page's files and nothing else.
    const got = await application.evaluate(
      async ({ net }, paths) => {
        const answers: [string, number | string][] = [];
        for (const path of paths)
          answers.push([
            path,
            await net.fetch(path.includes(':') ? path : `app://portcullis${path}`).then(
              ({ status }) => status,
              () => 'refused',
            ),
          ]);
        return answers;
      },
      [
        '/',
        '/index.html',
        '/../main/index.cjs',
        '/%2e%2e/main/index.cjs',
        '/..%2fmain%2findex.cjs',
        '/assets/../../main/index.cjs',
        '//etc/passwd',
        '/etc/passwd',
        'app://other/index.html',
        'app://portcullis.example.com/index.html',
      ],
    );
    expect(got.slice(0, 2)).toEqual([
      ['/', 200],
      ['/index.html', 200],
    ]);
    expect(got.slice(2).filter(([, answer]) => answer !== 404 && answer !== 'refused')).toEqual([]);
    if (standsIn) return;
    expect(await page.evaluate(() => [location.origin, isSecureContext])).toEqual(['app://portcullis', true]);
  },
);

test(
  '19. Check which fuses you can change',
  unproven('that they are set in the packed program: without the runtime none is packed'),
  () => {
    const block = /^electronFuses:\n((?: {2}\S.*\n)+)/m.exec(read('electron-builder.yml'))?.[1] ?? '';
    const fuses = Object.fromEntries(
      [...block.matchAll(/^ {2}(\w+): (true|false)$/gm)].map(([, name = '', on]) => [name, on === 'true']),
    );
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
    // Every one there is has been decided about. The last is no fuse but how a Mac is told of them.
    const types = read('node_modules/app-builder-lib/out/configuration.d.ts');
    const all = /interface FuseOptionsV1 \{([\s\S]*?)\n\}/.exec(types)?.[1] ?? '';
    const known = [...all.matchAll(/^ {4}(\w+)\?: boolean;$/gm)].map(([, name]) => name);
    expect(known.filter((name) => name !== 'resetAdHocDarwinSignature')).toEqual(Object.keys(fuses));
    // What two of them rely on: there is an archive to load from.
    expect(read('electron-builder.yml')).toMatch(/^asar: true$/m);
  },
);

test(
  '20. Do not expose Electron APIs to untrusted web content',
  unproven('the copying at the border of two worlds; what is exposed, and to what a listener listens, is the same'),
  async () => {
    expect(await lookAround(page)).toEqual({
      bridge: ['call', 'onNews', 'onProgress'],
      frozen: true,
      replaced: false,
      strange: [],
    });
    expect(built('preload', /\.cjs$/).match(/exposeInMainWorld/g)).toHaveLength(1);
    // No frame of the page has it, not even one of the page's own making.
    expect(
      await page.evaluate(() => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        return frame.contentWindow !== null && 'portcullis' in frame.contentWindow;
      }),
    ).toBe(false);
    // A listener hears what was said and nothing of who said it: no event, no sender, on no channel but its own.
    await page.evaluate(() => {
      const heard: unknown[][] = [];
      Object.assign(window, { heard });
      portcullis.onNews((...said: unknown[]) => void heard.push(said));
    });
    await application.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.send('another', 'secret');
      contents?.send('portcullis:news', { kind: 'doubt', of: 'no report', sockets: false }, 'more');
    });
    const heard = (): Promise<unknown> =>
      page.evaluate(() =>
        (window as unknown as { heard: unknown[][] }).heard.filter(
          ([news]) => (news as { readonly of?: string }).of === 'no report',
        ),
      );
    await expect.poll(heard).toEqual([[{ kind: 'doubt', of: 'no report', sockets: false }]]);
    expect(
      await page.evaluate(() => JSON.stringify((window as unknown as { heard: unknown[][] }).heard).includes('secret')),
    ).toBe(false);
  },
);
