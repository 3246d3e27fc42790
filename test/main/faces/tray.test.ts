/** The tray on an Electron that is written here: which reports it is told of, what it shows, and what is chosen in it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Report } from '../../../src/core/model.ts';
import type { LocalAdvisor, Watcher } from '../../../src/main/advisor/index.ts';
import { openTray } from '../../../src/main/faces/electron/tray.ts';
import * as reports from '../../e2e/fixtures/reports.ts';

interface Item {
  readonly label?: string;
  readonly checked?: boolean;
  readonly click?: (item: { readonly checked: boolean }) => void;
}

const electron = vi.hoisted(() => ({
  home: '',
  languages: [] as readonly string[],
  tip: '',
  picture: '',
  menus: [] as (readonly Item[])[],
  told: [] as { readonly title: string; readonly follow: () => void }[],
  messages: [] as { readonly message: string }[],
  sent: [] as unknown[],
  quit: [] as (() => void)[],
  written: [] as string[],
  atLogin: false,
}));

vi.mock('../../../src/main/files.ts', async (original) => {
  const files = await original<typeof import('../../../src/main/files.ts')>();
  const replaceFile: typeof files.replaceFile = (path, content, mode) => {
    electron.written.push(content);
    return files.replaceFile(path, content, mode);
  };
  return { ...files, replaceFile };
});

vi.mock('electron', () => {
  const window = {
    isMinimized: () => false,
    show: () => {},
    focus: () => {},
    webContents: {
      send: (_channel: string, what: unknown) => electron.sent.push(what),
      once: (_event: string, act: () => void) => act(),
    },
  };
  class Tray {
    on = () => this;
    setImage = (picture: string) => (electron.picture = picture.replace(/^.*\//, ''));
    setToolTip = (tip: string) => (electron.tip = tip);
    setContextMenu = (menu: readonly Item[]) => electron.menus.push(menu);
    destroy = () => (electron.tip = '');
  }
  class Notification {
    static isSupported = () => true;
    readonly #listeners = new Map<string, () => void>();
    constructor(readonly options: { readonly title: string }) {}
    on = (event: string, listener: () => void) => this.#listeners.set(event, listener);
    show = () => electron.told.push({ title: this.options.title, follow: () => this.#listeners.get('click')?.() });
  }
  return {
    app: {
      isPackaged: true,
      getPath: (name: string) => (name === 'exe' ? '/opt/Portcullis/portcullis' : join(electron.home, name)),
      on: (event: string, listener: () => void) => event === 'will-quit' && electron.quit.push(listener),
      quit: () => {},
      getPreferredSystemLanguages: () => electron.languages,
      // Only of Windows and macOS.
      getLoginItemSettings: () => ({ openAtLogin: electron.atLogin, wasOpenedAtLogin: false }),
      setLoginItemSettings: ({ openAtLogin }: { openAtLogin: boolean }) => (electron.atLogin = openAtLogin),
    },
    BrowserWindow: { getAllWindows: () => [window] },
    dialog: { showMessageBox: async (options: { message: string }) => electron.messages.push(options) },
    Menu: { buildFromTemplate: (template: readonly Item[]) => template },
    Notification,
    Tray,
  };
});

beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), 'portcullis-tray-'));
  Object.assign(electron, {
    home,
    languages: ['fr', 'en-GB', 'de'],
    menus: [],
    told: [],
    messages: [],
    sent: [],
    quit: [],
    written: [],
    atLogin: false,
  });
  return () => rmSync(home, { recursive: true, force: true });
});

const picture = (gate: string): string => `tray-${gate}-${process.platform === 'win32' ? 16 : 22}.png`;

function start() {
  let watcher: Watcher | null = null;
  const advisor: Pick<LocalAdvisor, 'watch'> = {
    watch: async (wanted) => {
      watcher = wanted;
      return () => {
        watcher = null;
      };
    },
  };
  const tray = openTray(advisor as LocalAdvisor);
  let minutes = 0;
  return {
    tray,
    watches: () => watcher !== null,
    read: (report: Report, asked = false) => {
      minutes += 1;
      watcher?.onReport({ ...report, takenAt: new Date(Date.UTC(2026, 10, 29, 8, minutes)).toISOString() }, asked);
    },
  };
}

const item = (label: string): Item | undefined => electron.menus.at(-1)?.find((one) => one.label === label);
const choose = (label: string): void => {
  const found = item(label);
  found?.click?.({ checked: found.checked !== true });
};

test('watches, shows each report, and sets the menu only where it is another', async () => {
  const { watches, read } = start();
  expect([watches(), electron.picture]).toEqual([true, picture('doubt')]);
  read(reports.advice, true);
  expect([electron.picture, electron.menus.length]).toEqual([picture('up'), 2]);
  const { tip } = electron;
  read(reports.advice);
  expect(electron.menus).toHaveLength(2);
  expect(electron.tip).not.toBe(tip);
  read(reports.allWell);
  expect([electron.picture, electron.menus.length]).toEqual([picture('down'), 3]);
  for (const quit of electron.quit) quit();
  await Promise.resolve();
  await Promise.resolve();
  expect(watches()).toBe(false);
});

test('leads into the window: an entry to its advice, a notification to the review', () => {
  const { read } = start();
  read(reports.adviceAfter, true);
  read(reports.advice);
  expect(electron.told.map(({ title }) => title)).toEqual(['Others can reach port 3000']);
  const [first] = reports.advice.findings;
  electron.menus.at(-1)?.[1]?.click?.({ checked: false });
  electron.told[0]?.follow();
  expect(electron.sent).toEqual([
    { kind: 'visit', visit: { to: 'advice', finding: first?.id } },
    { kind: 'visit', visit: { to: 'review', target: { protocol: 'tcp', port: 3000 } } },
  ]);
});

const KEEP = 'Keep watching when the window is closed';
const AT_LOGIN = 'Start at login, hidden';
/** Elsewhere the system keeps a list of its own. */
const onLinux = test.skipIf(process.platform !== 'linux');

test('speaks the language of the system until the window speaks another, which is remembered', async () => {
  Object.assign(electron, { languages: ['fr', 'de-AT', 'en'] });
  const { tray, read } = start();
  read(reports.adviceAfter, true);
  read(reports.advice);
  expect(electron.told.map(({ title }) => title)).toEqual(['Andere erreichen Port 3000']);
  expect([item('Portcullis öffnen') !== undefined, item(KEEP)]).toEqual([true, undefined]);
  tray.speak('de');
  const { length } = electron.menus;
  tray.speak('en');
  await vi.waitFor(() => expect(electron.menus).toHaveLength(length + 1));
  expect(item(KEEP)).toMatchObject({ checked: false });
  expect(electron.tip).toContain('As of');
  const file = join(electron.home, 'userData', 'preferences.json');
  await vi.waitFor(() =>
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ keepWatching: false, language: 'en' }),
  );
  start();
  expect(item('Open Portcullis')).toBeDefined();
});

test('a page that speaks another language without end has the last one shown and written', async () => {
  const { tray } = start();
  const { length } = electron.menus;
  for (let turn = 0; turn < 50; turn += 1) for (const language of ['de', 'en'] as const) tray.speak(language);
  await new Promise((resolve) => setImmediate(resolve));
  expect([electron.menus.length - length, electron.written]).toEqual([0, []]);
  for (let turn = 0; turn < 50; turn += 1) {
    for (const language of ['de', 'en', 'de'] as const) tray.speak(language);
    await Promise.resolve();
  }
  // What is said while that is being written waits for it.
  await vi.waitFor(() => expect(electron.written).toHaveLength(1));
  for (let turn = 0; turn < 50; turn += 1) {
    tray.speak(turn % 2 === 0 ? 'de' : 'en');
    await Promise.resolve();
  }
  await vi.waitFor(() => expect(electron.written).toHaveLength(2));
  const file = join(electron.home, 'userData', 'preferences.json');
  await vi.waitFor(() => expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ language: 'en' }));
  expect([electron.menus.length - length, electron.written.length]).toEqual([2, 2]);
  expect(item(KEEP)).toBeDefined();
});

test('a language that this version does not speak costs nothing else', async () => {
  const file = join(electron.home, 'userData', 'preferences.json');
  mkdirSync(join(electron.home, 'userData'));
  writeFileSync(file, '{"keepWatching":true,"language":"tlh"}');
  const { tray } = start();
  expect([tray.staysWithoutWindow(), item(KEEP) !== undefined]).toEqual([true, true]);
  tray.speak('de');
  await vi.waitFor(() =>
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ keepWatching: true, language: 'de' }),
  );
});

test('what was chosen is remembered; a damaged file is as if nothing was', async () => {
  const { tray } = start();
  expect(tray.staysWithoutWindow()).toBe(false);
  choose(KEEP);
  await vi.waitFor(() => expect(item(KEEP)).toMatchObject({ checked: true }));
  expect(start().tray.staysWithoutWindow()).toBe(true);
  const file = join(electron.home, 'userData', 'preferences.json');
  for (const damaged of ['', '{', '{"keepWatching":1}', 'null']) {
    writeFileSync(file, damaged);
    expect(start().tray.staysWithoutWindow(), damaged).toBe(false);
  }
});

onLinux('a choice that cannot be kept is told, and the menu shows what holds', async () => {
  start();
  writeFileSync(join(electron.home, 'appData'), 'no folder');
  choose(AT_LOGIN);
  await vi.waitFor(() => expect(electron.messages).toHaveLength(1));
  expect(electron.messages[0]?.message).toContain('portcullis.desktop could not be written');
  await vi.waitFor(() => expect(electron.menus).toHaveLength(2));
  expect(item(AT_LOGIN)).toMatchObject({ checked: false });
  expect(item(KEEP)).toMatchObject({ checked: false });
});

if (process.platform !== 'linux')
  test('starting at login is in the system’s own list', async () => {
    start();
    for (const atLogin of [true, false]) {
      choose(AT_LOGIN);
      await vi.waitFor(() => expect(item(AT_LOGIN)).toMatchObject({ checked: atLogin }));
      expect(electron.atLogin).toBe(atLogin);
    }
  });

onLinux('starting at login is the desktop’s own file, as it stands there', async () => {
  const { tray } = start();
  const file = join(electron.home, 'appData', 'autostart', 'portcullis.desktop');
  choose(AT_LOGIN);
  await vi.waitFor(() => expect(item(AT_LOGIN)).toMatchObject({ checked: true }));
  expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Portcullis/portcullis" --hidden\n');
  expect(tray.staysWithoutWindow()).toBe(true);
  writeFileSync(file, `${readFileSync(file, 'utf8')}Hidden=true\n`);
  start();
  expect(item(AT_LOGIN)).toMatchObject({ checked: false });
  choose(AT_LOGIN);
  await vi.waitFor(() => expect(item(AT_LOGIN)).toMatchObject({ checked: true }));
  choose(AT_LOGIN);
  await vi.waitFor(() => expect(item(AT_LOGIN)).toMatchObject({ checked: false }));
  expect(existsSync(file)).toBe(false);
});
