/** A picture of every view and state, and the page that shows them. Run by scripts/gallery.mjs. */
import { existsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { en } from '../../src/renderer/text/en/index.ts';
import { galleryPage, slug } from './gallery-page.ts';
import { sit, take } from './picture.ts';
import { views } from './scenes/views.ts';
import { tongues } from './tongues.ts';

interface Wanted {
  readonly only?: readonly string[];
  readonly theme?: readonly string[];
  readonly width?: readonly string[];
  readonly language?: readonly string[];
}

const wanted = JSON.parse(process.env['GALLERY'] ?? '{}') as Wanted;
const FOLDER = fileURLToPath(new URL('../../test-results/gallery', import.meta.url));
const HEIGHT = 800;
/** A long view is taken whole, up to here. */
const TALLEST = 2400;

const THEMES = (['light', 'dark'] as const).filter((theme) => wanted.theme?.includes(theme) ?? true);
const WIDTHS = wanted.width?.map(Number) ?? [1600, 1000, 640];
const LANGUAGES = ['English', ...tongues.map(({ name }) => name)].filter(
  (name) => wanted.language?.includes(name) ?? true,
);
const chosen = views.filter(
  ({ name, of, state }) =>
    wanted.only?.some((text) => [name, of, state ?? ''].some((one) => one.includes(text.toLowerCase()))) ?? true,
);

const fileOf = (name: string, language: string, theme: string, width: number): string =>
  `${slug(name)}--${slug(language)}-${theme}-${width}.png`;

/**
 * Into the other language, where it stands: what led there was done in English. The button is pressed from within, so that
 * nothing that is open closes; the language of the system and English are one after the other.
 */
const change = (page: Page): Promise<void> =>
  page.evaluate(async (label) => {
    const button = document.querySelector<HTMLButtonElement>(`header button[title^="${label}:"]`);
    if (button === null) throw new Error('no button for the language');
    const { lang } = document.documentElement;
    while (document.documentElement.lang === lang) {
      const { title } = button;
      button.click();
      while (button.title === title) await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, en.language.label);

/** As high as what is in it, so that nothing has to be scrolled to. */
async function grow(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  const more = await page.evaluate(() =>
    Math.max(
      0,
      ...[...document.querySelectorAll('main *')]
        .filter((element) => getComputedStyle(element).overflowY === 'auto')
        .map((element) => element.scrollHeight - element.clientHeight),
    ),
  );
  await page.setViewportSize({ width, height: Math.min(TALLEST, HEIGHT + more) });
}

for (const { name, script, act } of chosen) {
  for (const language of LANGUAGES) {
    test(`${name}, ${language}`, async ({ browser }) => {
      for (const theme of THEMES) {
        const folder = await folders.get(language);
        const page = await sit(browser, { theme, size: [WIDTHS[0] ?? 1000, HEIGHT], script, act, folder });
        if (language !== 'English') await change(page);
        for (const width of WIDTHS) {
          await grow(page, width);
          await take(page, join(FOLDER, fileOf(name, language, theme, width)));
        }
        await page.context().close();
      }
    });
  }
}

/** Where a language has a page of its own. */
const folders = new Map<string, Promise<string>>();
test.beforeAll(() => {
  for (const { name, build } of tongues)
    if (build !== null && LANGUAGES.includes(name) && !folders.has(name)) folders.set(name, build());
});
test.afterAll(async () => {
  for (const folder of folders.values()) await rm(await folder, { recursive: true });
  folders.clear();
});

test('the page that shows them', async ({ page }) => {
  const shown = chosen.map(({ name, of, state = null }) => ({
    name,
    of,
    state,
    pictures: LANGUAGES.flatMap((language) =>
      THEMES.flatMap((theme) =>
        WIDTHS.map((width) => ({ theme, width, language, file: fileOf(name, language, theme, width) })),
      ),
    ).filter(({ file }) => existsSync(join(FOLDER, file))),
  }));
  const index = join(FOLDER, 'index.html');
  writeFileSync(index, galleryPage(shown));
  await page.goto(pathToFileURL(index).href);
  const pictures = page.getByRole('img');
  await expect(pictures).toHaveCount(shown.reduce((sum, one) => sum + one.pictures.length, 0));
  await expect(pictures.first()).toBeVisible();
  // By keys alone: a box takes what it names out of sight, and puts it back.
  const box = page.getByRole('checkbox').last();
  await box.focus();
  await page.keyboard.press('Space');
  await expect(page.locator(`a[data-language="${slug(LANGUAGES.at(-1) ?? '')}"]`).first()).toBeHidden();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link').first()).toBeFocused();
});
