/** The pictures of `docs/screenshots`: every view, light and dark, wide and narrow. Run by scripts/screenshots.mjs. */
import { fileURLToPath } from 'node:url';
import { type Page, test } from '@playwright/test';
import * as reports from './fixtures/reports.ts';
import * as plans from './fixtures/plans.ts';
import { openScene, type Script } from './scene.ts';
import { openPalette, past, takeBack, waiting } from './scenes/views.ts';

interface Shot {
  readonly name: string;
  readonly theme: 'light' | 'dark';
  readonly script?: Script;
  readonly size?: readonly [width: number, height: number];
  readonly act?: (page: Page) => Promise<void>;
}

const WIDE = [1180, 800] as const;
const NARROW = [640, 900] as const;

const goTo =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('navigation').getByRole('button', { name }).click();
  };

const openPort = async (page: Page): Promise<void> => {
  await goTo('Ports')(page);
  await page.getByRole('row', { name: /3000/ }).click();
  await page.getByText('It gets through.').waitFor();
};

const review = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Close all recommended/ }).click();
  await page.getByRole('button', { name: 'Apply' }).waitFor();
};

const larger: Script = { propose: plans.largerPlan, apply: plans.largerOutcome };

const SHOTS: readonly Shot[] = [
  { name: 'keep-closed-light', theme: 'light' },
  { name: 'keep-closed-dark', theme: 'dark' },
  { name: 'keep-closed-narrow', theme: 'light', size: NARROW },
  {
    name: 'closed-light',
    theme: 'light',
    act: async (page) => {
      await page.getByRole('button', { name: 'Close 3000/tcp' }).click();
      await page.getByRole('button', { name: /^Undo/ }).waitFor();
    },
  },
  { name: 'all-well-light', theme: 'light', script: { scan: reports.allWell, history: [[plans.applied]] } },
  { name: 'cannot-tell-dark', theme: 'dark', script: { scan: reports.cannotTell } },
  { name: 'firewall-off-light', theme: 'light', script: { scan: reports.firewallOff } },
  {
    name: 'first-start-dark',
    theme: 'dark',
    script: {
      scan: 'never',
      progress: [{ call: 'scan', phase: 'gather', text: 'Reading the firewall’s rules', done: 2, of: 5 }],
    },
  },
  { name: 'ports-light', theme: 'light', act: goTo('Ports') },
  { name: 'port-detail-light', theme: 'light', size: [1440, 900], act: openPort },
  { name: 'port-detail-narrow-dark', theme: 'dark', size: NARROW, act: openPort },
  { name: 'review-light', theme: 'light', script: larger, act: review },
  {
    name: 'review-done-light',
    theme: 'light',
    script: larger,
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Checked: closed').waitFor();
    },
  },
  {
    name: 'waiting-dark',
    theme: 'dark',
    script: waiting,
    act: async (page) => {
      await review(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Keep this change?').first().waitFor();
    },
  },
  { name: 'history-light', theme: 'light', script: past, act: goTo('History') },
  { name: 'undo-review-dark', theme: 'dark', script: past, act: takeBack },
  { name: 'firewall-light', theme: 'light', act: goTo('Firewall') },
  { name: 'learn-dark', theme: 'dark', act: goTo('Learn') },
  { name: 'commands-light', theme: 'light', act: (page) => openPalette(page, '3000') },
  { name: 'export-light', theme: 'light', act: goTo('Export') },
];

for (const { name, theme, script, size = WIDE, act } of SHOTS) {
  test(name, async ({ browser }) => {
    const context = await browser.newContext({
      viewport: { width: size[0], height: size[1] },
      colorScheme: theme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    const page = await openScene(context, script);
    await page.getByRole('heading').first().waitFor();
    await act?.(page);
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(150);
    await page.screenshot({ path: fileURLToPath(new URL(`../../docs/screenshots/${name}.png`, import.meta.url)) });
    await context.close();
  });
}
