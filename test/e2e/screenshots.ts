/** The pictures of `docs/screenshots`: every view, light and dark, wide and narrow. Run by scripts/screenshots.mjs. */
import { fileURLToPath } from 'node:url';
import { type Page, test } from '@playwright/test';
import * as reports from './fixtures/reports.ts';
import { sit, take } from './picture.ts';
import { MACHINES, openReport } from './report-page.ts';
import type { Script } from './scene.ts';
import { goTo, larger, openPalette, openPort, past, review, takeBack, waiting } from './scenes/views.ts';

interface Shot {
  readonly name: string;
  readonly theme: 'light' | 'dark';
  readonly script?: Script;
  readonly size?: readonly [width: number, height: number];
  readonly act?: (page: Page) => Promise<void>;
}

const WIDE = [1180, 800] as const;
const NARROW = [640, 900] as const;

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
  { name: 'cannot-tell-dark', theme: 'dark', script: { scan: reports.cannotTell } },
  {
    name: 'first-start-dark',
    theme: 'dark',
    script: {
      scan: 'never',
      progress: [{ call: 'scan', phase: 'rules', text: 'Reading firewall rules', done: 2, of: 3 }],
    },
  },
  { name: 'ports-light', theme: 'light', act: goTo('Ports') },
  { name: 'port-detail-light', theme: 'light', size: [1440, 900], act: openPort },
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
    const page = await sit(browser, { theme, size, script, act });
    await take(page, fileURLToPath(new URL(`../../docs/screenshots/${name}.png`, import.meta.url)));
    await page.context().close();
  });
}

/** A report as a page: in both themes, and as it is printed (A4 at 96 dots an inch). */
const REPORTS = [
  { name: 'report-light', media: 'screen', theme: 'light', size: WIDE },
  { name: 'report-dark', media: 'screen', theme: 'dark', size: WIDE },
  { name: 'report-print', media: 'print', theme: 'light', size: [794, 1123] },
] as const;

for (const { name, media, theme, size } of REPORTS) {
  test(name, async ({ context }) => {
    const { page } = await openReport(context, MACHINES.linux, 'en');
    await page.setViewportSize({ width: size[0], height: size[1] });
    await page.emulateMedia({ media, colorScheme: theme });
    // The margins of the paper, which the picture of a page does not have.
    if (media === 'print') await page.evaluate(() => void (document.body.style.padding = '56px'));
    await page.screenshot({ path: fileURLToPath(new URL(`../../docs/screenshots/${name}.png`, import.meta.url)) });
  });
}
