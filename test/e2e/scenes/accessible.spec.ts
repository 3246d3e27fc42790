/** axe finds nothing, in any view and state, in either theme. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { openScene } from '../scene.ts';
import { views } from './views.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Ten thousand rows in two themes take long.
test.describe.configure({ timeout: 180_000 });

for (const { name, script, act, contrastElsewhere = false } of views) {
  test(name, async ({ browser }) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1180, height: 800 } });
    const page = await openScene(context, script);
    await page.getByRole('heading').first().waitFor();
    await act?.(page);
    // Evaluated from outside, so the page's own policy stays in force for the page.
    await page.evaluate(axe);
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      // The page hears of it a moment later.
      await page.waitForFunction((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, theme);
      const { violations, passes } = await page.evaluate(() =>
        (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
      );
      const found = violations.map(({ id, nodes }) => [
        id,
        nodes.map(({ html, failureSummary }) => [html.slice(0, 200), failureSummary]),
      ]);
      expect.soft(found, theme).toEqual([]);
      expect(passes.some(({ id }) => id === 'color-contrast')).toBe(!contrastElsewhere);
    }
    await context.close();
  });
}
