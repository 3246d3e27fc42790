/** The tray on Electron: what it says, where it leads, what it tells by itself, and how the application stays or goes. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ElectronApplication, expect, type Page, test } from '@playwright/test';
import type { Bridge } from '../../../src/core/api.ts';
import { standsIn, startElectron } from './hosts.ts';
import { neighbourReaches, serve, ufw } from './machine.ts';

declare const portcullis: Bridge;

test.skip(!standsIn, 'the true runtime shows its tray to people only');

// Each starts the application, some twice, and waits for several readings.
test.describe.configure({ timeout: 180_000 });

const SOON = { timeout: 30_000 };

/** What the stand-in was given. */
interface Recorded {
  readonly trays: readonly {
    readonly picture: string;
    readonly tip: string;
    readonly menu: { readonly items: readonly Item[] };
  }[];
  readonly notifications: readonly { readonly options: Told; readonly emit: (event: string) => void }[];
  readonly messages: readonly { readonly message: string; readonly detail: string }[];
}
interface Item {
  readonly label?: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly click: () => void;
}
interface Told {
  readonly title: string;
  readonly body: string;
}

interface Running extends AsyncDisposable {
  readonly application: ElectronApplication;
  readonly ended: Promise<unknown>;
  readonly tip: () => Promise<string>;
  readonly picture: () => Promise<string>;
  /** The menu's lines; what cannot be chosen in brackets, what is ticked with a plus. */
  readonly menu: () => Promise<readonly string[]>;
  readonly choose: (label: string) => Promise<void>;
  readonly told: () => Promise<readonly Told[]>;
  readonly clickNotification: () => Promise<void>;
  readonly messages: () => Promise<Recorded['messages']>;
  readonly windows: () => Promise<number>;
  readonly startAgain: (...args: readonly string[]) => Promise<void>;
}

let home: string;
test.beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'portcullis-tray-'));
});
test.afterEach(() => rmSync(home, { recursive: true, force: true }));

async function start(how: { readonly args?: readonly string[]; readonly packaged?: boolean } = {}): Promise<Running> {
  const application = await startElectron({ home, ...how });
  let isOver = false;
  const ended = application.waitForEvent('close', { timeout: 0 }).then(() => {
    isOver = true;
  });
  /** A part of what was recorded, as it is now. */
  const recorded = <T>(pick: (recorded: Recorded) => T): Promise<T> =>
    application.evaluate((electron, text) => {
      const all = (electron as unknown as Record<symbol, { recorded: Recorded }>)[Symbol.for('stand-in')];
      // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- a function of this test, carried as its text
      return (new Function(`return (${text})`)() as typeof pick)(all?.recorded as Recorded);
    }, pick.toString());
  return {
    application,
    ended,
    tip: () => recorded(({ trays }) => trays[0]?.tip ?? ''),
    picture: () => recorded(({ trays }) => trays[0]?.picture.replace(/^.*\//, '') ?? ''),
    menu: () =>
      recorded(({ trays }) =>
        (trays[0]?.menu.items ?? []).map(({ label, enabled, checked }) => {
          if (label === undefined) return '-';
          return enabled ? `${checked ? '+ ' : ''}${label}` : `(${label})`;
        }),
      ),
    choose: (label) =>
      application.evaluate((electron, wanted) => {
        const all = (electron as unknown as Record<symbol, { recorded: Recorded }>)[Symbol.for('stand-in')];
        all?.recorded.trays[0]?.menu.items.find((item) => item.label === wanted)?.click();
      }, label),
    told: () => recorded(({ notifications }) => notifications.map(({ options }) => options)),
    clickNotification: () => recorded(({ notifications }) => notifications.at(-1)?.emit('click')),
    messages: () => recorded(({ messages }) => messages),
    windows: () => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
    startAgain: (...args) =>
      application.evaluate(({ app }, argv) => void app.emit('second-instance', {}, argv), ['portcullis', ...args]),
    [Symbol.asyncDispose]: async () => {
      if (!isOver) await application.close();
    },
  };
}

/** The page of the window, once it shows the application. */
async function withWindow({ application }: Running): Promise<Page> {
  const shown = (): Page | undefined => application.windows().find((page) => page.url().includes('portcullis'));
  await expect.poll(() => shown() !== undefined, SOON).toBe(true);
  const page = shown();
  if (page === undefined) throw new Error('the window went away');
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const closeWindow = ({ application }: Running): Promise<void> =>
  application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

test('says in words and by its picture how things stand; its entries lead into the window and change nothing', async () => {
  await using first = await serve(3000);
  await using second = await serve(8000);
  await ufw(first.rule, second.rule);
  await using running = await start();
  const page = await withWindow(running);
  await expect.poll(running.tip, SOON).toMatch(/2 ports are open to .+ that you probably don’t need\./);
  expect(await running.picture()).toBe('tray-up-22.png');
  expect(await running.menu()).toEqual([
    expect.stringMatching(/^\(2 ports are open to .+ that you probably don’t need\.\)$/),
    'Close port 3000 (python3)…',
    'Close port 8000 (python3)…',
    '-',
    'Open Portcullis',
    '-',
    'Keep watching when the window is closed',
    '-',
    'Quit',
  ]);

  await page.getByRole('navigation').getByRole('button', { name: 'Learn' }).click();
  await running.choose('Close port 8000 (python3)…');
  await expect(page.getByRole('article').filter({ hasText: '8000' })).toBeFocused();
  expect(await neighbourReaches(8000)).toBe(true);

  await page.getByRole('button', { name: 'Close 8000/tcp' }).click();
  await expect.poll(running.tip, SOON).toContain('One port is open to ');
  await page.getByRole('button', { name: 'Close 3000/tcp' }).click();
  await expect.poll(running.tip, SOON).toContain('Nothing to close.');
  expect(await running.picture()).toBe('tray-down-22.png');
  expect((await running.menu())[0]).toBe('(Nothing to close.)');
  expect(await running.told()).toEqual([]);

  await running.choose('Quit');
  await running.ended;
});

test('tells once of a port that opens, and leads to its review; what is kept is not told of', async () => {
  await ufw(['allow', '3456/tcp'], ['allow', '8000/tcp']);
  await using running = await start();
  const page = await withWindow(running);
  await expect.poll(running.tip, SOON).toContain('As of');
  await page.evaluate(() => portcullis.call('keep', { target: { protocol: 'tcp', port: 8000 }, keep: true }));
  await page.getByRole('navigation').getByRole('button', { name: 'Ports' }).click();
  const row = (port: number) => page.getByRole('row').filter({ hasText: String(port) });
  {
    await using server = await serve(3456);
    expect(server.rule).toContain('3456/tcp');
    await expect.poll(running.told, SOON).toHaveLength(1);
    const [told] = await running.told();
    expect(told?.title).toBe('Others can reach port 3456');
    expect(told?.body).toMatch(/^3456\/tcp, python3: anyone on .* can connect now\.$/);

    await running.clickNotification();
    await expect(page.getByRole('heading', { name: 'Who can reach what' })).toBeVisible(SOON);
    await expect(page.getByRole('button', { name: 'Apply' })).toBeVisible();
    expect(await neighbourReaches(3456)).toBe(true);
    await page.getByRole('navigation').getByRole('button', { name: 'Ports' }).click();
    await expect(row(3456)).toHaveCount(1, SOON);
  }
  await expect(row(3456)).toHaveCount(0, SOON);
  await using again = await serve(3456);
  await using kept = await serve(8000);
  expect([again.rule, kept.rule]).toHaveLength(2);
  await expect(row(3456)).toHaveCount(1, SOON);
  await expect(row(8000)).toHaveCount(1, SOON);
  expect(await running.told()).toHaveLength(1);
});

test('started hidden there is no window and the machine is watched; another start, or a notification, opens one', async () => {
  await ufw(['allow', '3456/tcp']);
  await using running = await start({ args: ['--hidden'] });
  await expect.poll(running.tip, SOON).toContain('Nothing to close.');
  await running.startAgain('--hidden');
  expect(await running.windows()).toBe(0);

  await using server = await serve(3456);
  expect(server.rule).toContain('3456/tcp');
  await expect.poll(running.told, SOON).toHaveLength(1);
  await expect.poll(running.tip, SOON).toContain('One port is open');
  expect(await running.windows()).toBe(0);

  await running.clickNotification();
  const page = await withWindow(running);
  await expect(page.getByRole('heading', { name: 'Who can reach what' })).toBeVisible(SOON);
  await running.startAgain();
  expect(await running.windows()).toBe(1);
});

test('closing the window ends it all, unless it is to keep watching; the window comes back where it was', async () => {
  await ufw(['allow', '3456/tcp']);
  {
    await using running = await start();
    await withWindow(running);
    await closeWindow(running);
    await running.ended;
  }
  await using running = await start();
  await withWindow(running);
  await running.choose('Keep watching when the window is closed');
  await expect.poll(running.menu).toContain('+ Keep watching when the window is closed');
  // A reading that comes meanwhile draws the choice before it is written down.
  const saved = join(home, 'userData', 'preferences.json');
  await expect.poll(() => existsSync(saved)).toBe(true);
  expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual({ keepWatching: true, language: 'en' });
  const bounds = { x: 100, y: 60, width: 900, height: 700 };
  await running.application.evaluate(
    ({ BrowserWindow }, where) => BrowserWindow.getAllWindows()[0]?.setBounds(where),
    bounds,
  );
  await closeWindow(running);
  expect(await running.windows()).toBe(0);

  await using server = await serve(3456);
  expect(server.rule).toContain('3456/tcp');
  await expect.poll(running.told, SOON).toHaveLength(1);

  await running.startAgain();
  await withWindow(running);
  const now = await running.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  );
  expect(now).toEqual(bounds);
});

test('where it is installed it can start at login: the desktop’s file comes and goes, and a refusal is told', async () => {
  await ufw();
  const atLogin = 'Start at login, hidden';
  {
    await using checkout = await start();
    await withWindow(checkout);
    expect(await checkout.menu()).not.toContain(atLogin);
  }
  const file = join(home, 'appData', 'autostart', 'portcullis.desktop');
  await using running = await start({ packaged: true });
  await withWindow(running);
  await running.choose(atLogin);
  await expect.poll(running.menu).toEqual(expect.arrayContaining([`+ ${atLogin}`]));
  expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Stand In/application" --hidden\n');
  // Who starts without a window stays without one.
  expect(await running.menu()).toContain('+ Keep watching when the window is closed');

  await running.choose(atLogin);
  await expect.poll(running.menu).toContain(atLogin);
  expect(existsSync(file)).toBe(false);

  rmSync(dirname(file), { recursive: true });
  mkdirSync(dirname(dirname(file)), { recursive: true });
  writeFileSync(dirname(file), 'no folder');
  await running.choose(atLogin);
  await expect.poll(running.messages).toHaveLength(1);
  const [message] = await running.messages();
  expect(message?.message).toContain(`${file} could not be written`);
  expect(message?.detail).toContain('will not start at login');
  expect(await running.menu()).toContain(atLogin);
});
