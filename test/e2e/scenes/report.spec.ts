/** The page of a report: axe finds nothing in either theme, it fits every width, loads nothing, and can be printed. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import * as reports from '../fixtures/reports.ts';
import { MACHINES, openReport } from '../report-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A file has no address that the browser shows a picture for; it asks for one all the same. */
const beside = (asked: readonly string[]): readonly string[] => asked.filter((url) => !url.endsWith('/favicon.ico'));

const CASES = [
  ['linux', MACHINES.linux, 'en'],
  ['windows', MACHINES.windows, 'de'],
  ['what cannot be told', reports.cannotTell, 'de'],
  ['forwarded ports', reports.ledOn, 'en'],
  ['nothing to do', reports.allWell, 'en'],
] as const;

for (const [name, report, language] of CASES) {
  test(`${name}: axe, open and shut`, async ({ context }) => {
    const { page, asked, refused } = await openReport(context, report, language);
    await page.evaluate(axe);
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      for (const open of [false, true]) {
        await page.evaluate((wanted) => {
          for (const one of document.querySelectorAll('details')) one.open = wanted;
        }, open);
        const { violations, passes } = await page.evaluate(() =>
          (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
        );
        const found = violations.map(({ id, nodes }) => [
          id,
          nodes.map(({ html, failureSummary }) => [html.slice(0, 200), failureSummary]),
        ]);
        expect.soft(found, `${theme} ${open ? 'open' : 'shut'}`).toEqual([]);
        expect(passes.some(({ id }) => id === 'color-contrast')).toBe(true);
      }
    }
    expect(beside(asked)).toEqual([]);
    expect(refused.filter((said) => /Content Security Policy/.test(said))).toEqual([]);
  });

  test(`${name}: fits every width`, async ({ context }) => {
    const { page } = await openReport(context, report, language);
    for (const width of [360, 640, 1180]) {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(() => {
        for (const one of document.querySelectorAll('details')) one.open = true;
      });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}

test('names made to do harm run nothing and load nothing', async ({ context }) => {
  const { page, asked } = await openReport(context, reports.hostile, 'en');
  await expect(page.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible();
  expect(await page.title()).not.toBe('taken');
  expect(await page.locator('script, img, iframe, [onerror]').count()).toBe(0);
  expect(beside(asked)).toEqual([]);
});

test('on paper it is light, shows addresses of links, repeats heads of tables and breaks no card', async ({
  context,
}) => {
  const { page } = await openReport(context, MACHINES.linux, 'en');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const seen = await page.evaluate(() => {
    const style = (selector: string, pseudo?: string) => {
      const element = document.querySelector(selector);
      return element === null ? null : getComputedStyle(element, pseudo);
    };
    return {
      ground: style('html')?.backgroundColor,
      ink: style('h1')?.color,
      link: style('a[href^="https:"]', '::after')?.content,
      head: style('.rows thead')?.display,
      card: style('.card')?.breakInside,
      folded: style('details')?.display,
      contents: style('nav')?.display,
    };
  });
  expect(seen).toEqual({
    ground: 'rgb(255, 255, 255)',
    ink: 'rgb(26, 33, 35)',
    link: expect.stringContaining('https://') as unknown,
    head: 'table-header-group',
    card: 'avoid',
    folded: 'none',
    contents: 'none',
  });
});
