/** What no page may do, on the application itself, through both hosts. */
import { expect, type Page, test } from '@playwright/test';
import type { Bridge } from '../../../src/core/api.ts';
import { hosts, standsIn } from './hosts.ts';

declare const portcullis: Bridge;

/** Call the bridge with whatever, as a page that was taken over would. */
const call = (page: Page, name: unknown, input: unknown): Promise<unknown> =>
  page.evaluate(([call_, with_]) => portcullis.call(call_ as never, with_ as never), [name, input]);

for (const [name, open] of Object.entries(hosts)) {
  test.describe(name, () => {
    test('the page has the bridge and nothing else of the program', async () => {
      await using host = await open();
      const { page } = host;
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(
        await page.evaluate(() => [
          Object.keys(portcullis).sort(),
          Object.isFrozen(portcullis),
          Object.getOwnPropertyDescriptor(window, 'portcullis')?.writable,
          ...['require', 'process', 'Buffer', 'module', '__portcullisSend', '__standIn'].map(
            (global) => global in window,
          ),
        ]),
      ).toEqual([['call', 'onNews', 'onProgress'], true, false, false, false, false, false, false, false]);
    });

    test('messages are parsed: what does not exist or does not fit is refused', async () => {
      await using host = await open();
      await expect(host.page.getByRole('heading', { level: 1 })).toBeVisible();
      const refused = { ok: false, error: { code: 'bad-input' } };
      for (const unknown of ['exec', '__proto__', 'constructor', 'toString', '', 3, null, { toString: 'scan' }]) {
        expect(await call(host.page, unknown, {}), JSON.stringify(unknown)).toMatchObject(refused);
      }
      expect(await call(host.page, 'scan', { exact: 'yes' })).toMatchObject(refused);
      expect(await call(host.page, 'scan', { exact: false, argv: ['sh'] })).toMatchObject(refused);
      expect(await call(host.page, 'apply', { plan: '../../etc/passwd' })).toMatchObject(refused);
      expect(await call(host.page, 'undo', { change: '../x' })).toMatchObject(refused);
      expect(await call(host.page, 'exportRules', { format: 'sh', targets: [] })).toMatchObject(refused);
      // A plan that this process never made.
      expect(await call(host.page, 'apply', { plan: 'a'.repeat(64) })).toMatchObject({
        ok: false,
        error: { code: 'stale-plan' },
      });
    });

    test('the policy holds: no script from elsewhere, no text as script, no connection', async () => {
      await using host = await open();
      const { page } = host;
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const broken = await page.evaluate(async () => {
        const violations: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
        const inline = document.createElement('script');
        try {
          inline.textContent = 'window.taken = true';
          document.head.append(inline);
        } catch {
          violations.push('trusted-types');
        }
        const style = document.createElement('style');
        style.textContent = 'body { display: none }';
        document.head.append(style);
        const frame = document.createElement('iframe');
        frame.src = 'https://example.com/';
        document.body.append(frame);
        const attempts = {
          fetch: await fetch('https://example.com/').then(
            () => 'done',
            () => 'refused',
          ),
          own: await fetch('/index.html').then(
            () => 'done',
            () => 'refused',
          ),
          innerHTML: ((): string => {
            try {
              document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.taken = true">');
              return 'done';
            } catch {
              return 'refused';
            }
          })(),
          timer: ((): string => {
            try {
              // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the attempt that must fail
              setTimeout('window.taken = true', 0);
              return 'done';
            } catch {
              return 'refused';
            }
          })(),
        };
        await new Promise((resolve) => setTimeout(resolve, 300));
        return { attempts, taken: 'taken' in window, visible: getComputedStyle(document.body).display, violations };
      });
      expect(broken).toMatchObject({
        attempts: { fetch: 'refused', own: 'refused', innerHTML: 'refused', timer: 'refused' },
        taken: false,
        visible: 'block',
      });
      expect(broken.violations).toEqual(expect.arrayContaining(['connect-src', 'style-src-elem', 'frame-src']));
    });

    test('the page goes nowhere and opens nothing', async () => {
      await using host = await open();
      const { page } = host;
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const address = page.url();
      for (const away of ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd']) {
        await page.evaluate((to) => {
          const link = document.createElement('a');
          link.href = to;
          document.body.append(link);
          link.click();
        }, away);
        await page.waitForTimeout(300);
        expect(page.url()).toBe(address);
      }
      await page.evaluate(() => void window.open('https://example.com/'));
      await page.waitForTimeout(500);
      expect(host.windows()).toBe(1);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    });

    test('permissions are denied', async () => {
      test.skip(name === 'electron' && standsIn, 'the stand-in only records them');
      await using host = await open();
      const state = await host.page.evaluate(() =>
        navigator.permissions.query({ name: 'geolocation' }).then((found) => found.state),
      );
      expect(state).not.toBe('granted');
    });
  });
}

test('Electron’s window is sandboxed, isolated and without Node', async () => {
  await using host = await hosts.electron();
  const preferences = await host.application?.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) =>
      // Electron's types leave this method out.
      (webContents as unknown as { getLastWebPreferences: () => object }).getLastWebPreferences(),
    ),
  );
  expect(preferences).toMatchObject([
    {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
    },
  ]);
});

test('Electron answers the window’s main frame alone', async () => {
  await using host = await hosts.electron();
  const answers = await host.application?.evaluate(async ({ BrowserWindow, ipcMain }) => {
    // Electron keeps its handlers in this map; there is no public way to ask one as somebody else.
    const answer = Object.values(ipcMain)
      .find((value): value is Map<string, unknown> => value instanceof Map && value.has('portcullis:call'))
      ?.get('portcullis:call') as (...args: unknown[]) => unknown;
    const sender = BrowserWindow.getAllWindows()[0]?.webContents;
    const from = (senderFrame: unknown, by: unknown = sender) =>
      Promise.resolve(answer({ sender: by, senderFrame }, 'history', {}));
    return Promise.all([
      from({ url: 'app://portcullis/', parent: null }),
      from({ url: 'https://example.com/', parent: null }),
      from({ url: 'app://portcullis.example.com/', parent: null }),
      from({ url: 'app://portcullis/', parent: {} }),
      from(null),
      from({ url: 'app://portcullis/', parent: null }, null),
    ]);
  });
  expect((answers as { ok: boolean }[]).map(({ ok }) => ok)).toEqual([true, false, false, false, false, false]);
});
