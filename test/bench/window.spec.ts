/**
 * What the window costs in the system's Chromium: frames while long lists scroll, and the time until the first advice.
 * Only by `npm run bench`, which gives it a folder and a file for the numbers (JSON), and says what they mean.
 *
 * Frames: the same steps down the same box, beside a box with nothing in it (what the machine itself drops) and beside the
 * same list with all its rows in the page. Start: from the start of the process until the first report is painted, beside an
 * empty window of the same Chromium until its first text is; and beside one that is started as Portcullis starts its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page, test } from '@playwright/test';
import { buildRenderer } from '../../scripts/renderer.mjs';
import type { Connection } from '../../src/core/model.ts';
import { many } from '../e2e/fixtures/reports.ts';
import { connections } from '../e2e/fixtures/plans.ts';
import { openScene } from '../e2e/scene.ts';

const folder = process.env['BENCH_FOLDER'] ?? '';
const program = [process.execPath, fileURLToPath(new URL('../../bin/portcullis.cjs', import.meta.url)), 'open'];
const browserPath = '/usr/bin/chromium';
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The page with every row of a list in it. The product has no such door: the list's own library is exchanged. */
async function buildAllRows(): Promise<string> {
  const built = join(folder, 'all-rows');
  await buildRenderer(built, [
    {
      name: 'all rows',
      enforce: 'pre',
      resolveId: (id: string) => (id === '@tanstack/react-virtual' ? '\0all-rows' : null),
      load: (id: string) =>
        id === '\0all-rows'
          ? `export const useVirtualizer = ({ count, estimateSize, getItemKey }) => ({
               getTotalSize: () => count * estimateSize(),
               getVirtualItems: () => Array.from({ length: count }, (_, index) =>
                 ({ index, key: getItemKey(index), start: index * estimateSize() })),
               scrollToIndex: () => {},
             });`
          : null,
    },
  ]);
  return built;
}

/** Milliseconds between frames while a box scrolls, a row and a half a frame. */
const scroll = (page: Page, selector: string): Promise<readonly number[]> =>
  page.evaluate(async (where) => {
    const box = document.querySelector(where);
    if (box === null) throw new Error(`no ${where} in the page`);
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const times: number[] = [];
    let last = await frame();
    for (let step = 0; step < 300; step++) {
      box.scrollTop += 66;
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    if (box.scrollTop < 10_000) throw new Error('it did not scroll');
    return times.slice(20);
  }, selector);

interface Frames {
  /** Milliseconds a frame, and the share of frames that took longer than one and a half of the display's. */
  readonly mean: number;
  readonly late: number;
}

const framesOf = (times: readonly number[], display: number): Frames => ({
  mean: times.reduce((sum, time) => sum + time, 0) / times.length,
  late: times.filter((time) => time > 1.5 * display).length / times.length,
});

/** Frames from the first letter in the search field until the list says what it found. */
async function search(page: Page, text: string): Promise<number> {
  await page.getByRole('searchbox').focus();
  return page.evaluate(async (wanted) => {
    const shown = () => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount');
    const before = shown();
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const begun = await frame();
    document.execCommand('insertText', false, wanted);
    let now = begun;
    while (shown() === before) now = await frame();
    return now - begun;
  }, text);
}

const models = connections.filter(({ direction }) => direction === 'outbound');
const outbound: readonly Connection[] = Array.from({ length: 50_000 }, (_, index) => {
  const one = models[index % models.length];
  if (one === undefined) throw new Error('no connection to take as a model');
  return { ...one, local: { ...one.local, port: 1024 + (index % 64_000) } };
});

async function measureFrames() {
  const allRows = await buildAllRows();
  const root = process.getuid?.() === 0;
  const browser = await chromium.launch({ executablePath: browserPath, chromiumSandbox: !root });
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1180, height: 800 } });
  const blank = async (): Promise<readonly number[]> => {
    const page = await context.newPage();
    await page.setContent(
      '<div id=box style="height:90vh;overflow:auto"><div style="height:440000px;background:linear-gradient(red,blue)">',
    );
    const times = await scroll(page, '#box');
    await page.close();
    return times;
  };
  const list = async (built: string | undefined, tab: 'inbound' | 'outbound') => {
    const script = tab === 'inbound' ? { scan: many } : { connections: outbound };
    const page = await openScene(context, script, built === undefined ? {} : { folder: built });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+2');
    if (tab === 'outbound') await page.getByRole('tab', { name: /^Outbound/ }).click();
    await page.getByRole('row').nth(5).waitFor({ timeout: 120_000 });
    const times = await scroll(page, '[data-scroll]');
    const found = built === undefined ? await search(page, tab === 'inbound' ? 'program-13' : '1025') : Number.NaN;
    await page.close();
    return { times, found };
  };
  const rounds = 3;
  const frames: Record<'blank' | 'listeners' | 'connections' | 'allRows', number[]> = {
    blank: [],
    listeners: [],
    connections: [],
    allRows: [],
  };
  const searches: number[] = [];
  for (let round = 0; round < rounds; round++) {
    frames.blank.push(...(await blank()));
    for (const [name, built, tab] of [
      ['listeners', undefined, 'inbound'],
      ['connections', undefined, 'outbound'],
      ['allRows', allRows, 'inbound'],
    ] as const) {
      const { times, found } = await list(built, tab);
      frames[name].push(...times);
      if (!Number.isNaN(found)) searches.push(found);
    }
  }
  await browser.close();
  const display = median(frames.blank);
  return {
    display,
    ...Object.fromEntries(Object.entries(frames).map(([name, times]) => [name, framesOf(times, display)])),
    search: median(searches) / display,
  };
}

/** Chromium under another name: it can be looked into, and says where. */
function lookInto(profile: string): string {
  const bin = join(profile, 'bin');
  mkdirSync(bin);
  const wrapper = join(bin, 'chromium');
  writeFileSync(
    wrapper,
    `#!/bin/sh\nprintf '%s\\n' "$@" > ${profile}/told\nexec ${browserPath} "$@" --remote-debugging-port=0\n`,
  );
  chmodSync(wrapper, 0o755);
  return bin;
}

/** What the browser was told when it was started. */
const toldTo = (profile: string): readonly string[] => readFileSync(join(profile, 'told'), 'utf8').trim().split('\n');

const FOLDER = '--user-data-dir=';
/** Where it keeps its own files. */
const folderOf = (told: readonly string[]): string =>
  told.find((one) => one.startsWith(FOLDER))?.slice(FOLDER.length) ?? '';

/** What is painted: the first text at all, or the element of that name (W3C Paint Timing, Element Timing). */
type Moment = { readonly paint: string } | { readonly element: string };

/** Milliseconds from the start of a process until that is on the screen. */
async function startOf(argv: readonly string[], path: string, profile: string, moment: Moment): Promise<number> {
  const begun = Date.now();
  const [file = '', ...args] = argv;
  const child: ChildProcess = spawn(file, args, {
    // Where Electron's runtime is, the window would be opened on that.
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: folder, PATH: `${path}:${process.env['PATH']}` },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    // Nobody looks in before it is all over: looking costs time.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    const told = join(folderOf(toldTo(profile)), 'DevToolsActivePort');
    if (!existsSync(told)) throw new Error(`${file} opened no window`);
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(told, 'utf8').split('\n')[0]}`);
    const page = browser.contexts()[0]?.pages()[0];
    const at = await page?.evaluate(
      (wanted) =>
        new Promise<number | null>((resolve) => {
          const [type, name] = 'paint' in wanted ? ['paint', wanted.paint] : ['element', wanted.element];
          const isIt = (entry: PerformanceEntry): boolean =>
            name === (type === 'paint' ? entry.name : (entry as unknown as { identifier: string }).identifier);
          new PerformanceObserver((list) => {
            const entry = list.getEntries().find(isIt);
            // An element's own time is when the frame that holds it was on the screen; `startTime` is the same.
            if (entry !== undefined) resolve(performance.timeOrigin + entry.startTime);
          }).observe({ type, buffered: true });
          setTimeout(() => resolve(null), 1000);
        }),
      moment,
    );
    if (typeof at !== 'number') throw new Error(`the page of ${file} never came to ${JSON.stringify(moment)}`);
    await page?.close();
    await browser.close();
    return at - begun;
  } finally {
    child.kill();
    await ended;
  }
}

async function measureStart() {
  const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    display.once('error', reject);
    display.stdio[3]?.once('data', (said: Buffer) => resolve(said.toString().trim()));
  });
  process.env['DISPLAY'] = `:${number}`;
  const page = '--app=data:text/html,<p>Portcullis</p>';
  const empty = [
    page,
    '--window-size=1180,800',
    '--no-first-run',
    '--disable-extensions',
    '--disable-background-networking',
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
  ];
  const times: Record<'window' | 'portcullis' | 'asOurs', number[]> = { window: [], portcullis: [], asOurs: [] };
  const text = { paint: 'first-contentful-paint' } as const;
  const inBrowser = async (options: (profile: string) => readonly string[]): Promise<number> => {
    const profile = mkdtempSync(join(folder, 'profile-'));
    const path = lookInto(profile);
    return startOf([join(path, 'chromium'), ...options(profile)], path, profile, text);
  };
  // Of five the median still moves by a tenth from one run to the next.
  for (let round = 0; round < 12; round++) {
    const window = await inBrowser((profile) => [`${FOLDER}${profile}/data`, ...empty]);
    const profile = mkdtempSync(join(folder, 'profile-'));
    const portcullis = await startOf(program, lookInto(profile), profile, { element: 'report' });
    // The empty page, with all that Portcullis tells its browser, and its folder beside the one of that.
    const told = toldTo(profile).filter((one) => !/^--(app=|remote-debugging-pipe|user-data-dir=)/.test(one));
    const own = mkdtempSync(join(dirname(folderOf(toldTo(profile))), 'portcullis-bench-'));
    const asOurs = await inBrowser(() => [`${FOLDER}${own}`, page, ...told]).finally(() =>
      rmSync(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
    );
    // The first round warms the file cache up.
    if (round === 0) continue;
    times.window.push(window);
    times.portcullis.push(portcullis);
    times.asOurs.push(asOurs);
  }
  display.kill();
  return { portcullis: median(times.portcullis), window: median(times.window), asOurs: median(times.asOurs) };
}

test('what the window costs', async () => {
  test.setTimeout(1_800_000);
  const numbers = { frames: await measureFrames(), start: await measureStart() };
  writeFileSync(join(folder, 'window.json'), JSON.stringify(numbers));
});
