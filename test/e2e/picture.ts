/** How a picture of the page is made: for the documentation, and for the gallery. */
import type { Browser, Page } from '@playwright/test';
import { openScene, type Script } from './scene.ts';

export interface Sitting {
  readonly theme: 'light' | 'dark';
  readonly size: readonly [width: number, height: number];
  readonly script?: Script | undefined;
  readonly act?: ((page: Page) => Promise<void>) | undefined;
  /** Where the page was built, where that is not the usual place. */
  readonly folder?: string | undefined;
}

/** The page as it shall be taken. Whoever asked for it closes its context. */
export async function sit(browser: Browser, { theme, size, script, act, folder }: Sitting): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await openScene(context, script, folder === undefined ? {} : { folder });
  await page.getByRole('heading').first().waitFor();
  await act?.(page);
  return page;
}

/** Take it, once nothing moves any more. */
export async function take(page: Page, path: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(150);
  await page.screenshot({ path });
}
