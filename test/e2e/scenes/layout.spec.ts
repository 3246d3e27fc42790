/** Nothing sticks out, is cut off or lies over something else, at any width that the window can have. */
import { rm } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import type { Words } from '../../../src/renderer/text/en/index.ts';
import { openScene, type Script } from '../scene.ts';
import * as reports from '../fixtures/reports.ts';
import { tongues } from '../tongues.ts';
import { views, waiting } from './views.ts';

/** What is wrong with the page as it stands, one line a fault. */
const faults = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const say = (element: Element, what: string): void => {
      found.push(`${what}: <${element.tagName.toLowerCase()}> ${(element.textContent ?? '').trim().slice(0, 60)}`);
    };
    const hidden = (element: Element): boolean =>
      element.closest('[hidden], .unseen') !== null || !element.checkVisibility({ visibilityProperty: true });
    const scrolls = (element: Element): boolean =>
      ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) ||
      ['auto', 'scroll'].includes(getComputedStyle(element).overflowY);
    const inScroller = (element: Element): boolean => {
      for (let above = element.parentElement; above !== null; above = above.parentElement)
        if (scrolls(above)) return true;
      return false;
    };
    for (const element of document.querySelectorAll('#root *')) {
      if (hidden(element) || element.closest('svg') !== null) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      if (box.right > window.innerWidth + 1 || box.left < -1)
        say(element, `outside the window (${Math.round(box.left)} to ${Math.round(box.right)})`);
      if (!inScroller(element) && box.bottom > window.innerHeight + 1) say(element, 'below the window');
      const style = getComputedStyle(element);
      const shortened = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
      if (scrolls(element)) {
        if (element.scrollWidth > element.clientWidth + 1)
          say(element, `scrolls sideways (${element.scrollWidth} in ${element.clientWidth})`);
      } else if (!shortened && element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline') {
        say(element, `cut off (${element.scrollWidth} in ${element.clientWidth})`);
      }
    }
    // What is written into a box of a picture stays inside of it.
    for (const text of document.querySelectorAll('#root svg g > text')) {
      const box = text.parentElement?.querySelector(':scope > rect')?.getBoundingClientRect();
      const written = text.getBoundingClientRect();
      if (box === undefined || written.top < box.top || written.bottom > box.bottom) continue;
      if (written.left < box.left || written.right > box.right) say(text, 'wider than its box');
    }
    // Things to press and to read must not lie over each other.
    const solid = [...document.querySelectorAll('button, input, select, h1, h2, p, dt, dd')].filter(
      (element) =>
        (!hidden(element) && !inScroller(element)) ||
        (element.closest('main [data-scroll]') !== null && !hidden(element)),
    );
    const boxes = solid
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.height > 0);
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
        const over = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const deep = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        // The rows of the list slide under its head, as they should.
        const sliding = a.element.closest('[role=grid]') !== null && b.element.closest('[role=grid]') !== null;
        if (over > 1 && deep > 2 && !sliding)
          say(a.element, `lies over “${(b.element.textContent ?? '').trim().slice(0, 40)}”`);
      }
    }
    return found;
  });

for (const { name, script, act } of views) {
  test(name, async ({ browser }) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1600, height: 800 } });
    const page = await openScene(context, script);
    await page.getByRole('heading').first().waitFor();
    await act?.(page);
    await page.evaluate(() => document.fonts.ready);
    for (const width of [1600, 1000, 640]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.soft(async () => expect(await faults(page)).toEqual([]), `${width} px`).toPass({ timeout: 2000 });
    }
    await context.close();
  });
}

test('at twice the size of writing nothing is cut off either', async ({ browser }) => {
  // 200 % zoom of a 1280 px window: half the pixels to lay out in.
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 2,
  });
  const page = await openScene(context);
  await page.getByRole('button', { name: 'Close 3000/tcp' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await context.close();
});

interface Wordy {
  readonly name: string;
  readonly script?: Script;
  readonly act: (page: Page, words: Words) => Promise<void>;
}

/** The views with the most text. They are gone to by keys, which are the same in every language. */
const wordy: readonly Wordy[] = [
  {
    name: 'keep closed, more',
    act: async (page, { home, finding }) => {
      const [first] = reports.advice.findings;
      if (first === undefined) throw new Error('no finding');
      const { title, why, ifClosed } = finding(first, reports.advice);
      await expect(page.getByRole('heading', { name: title, exact: true })).toBeVisible();
      await page.getByRole('button', { name: home.more, exact: true }).first().click();
      for (const text of [why, ifClosed]) await expect(page.getByText(text, { exact: true })).toBeVisible();
    },
  },
  {
    name: 'port detail',
    act: async (page, { detail, service }) => {
      await page.keyboard.press('Control+2');
      await page.getByRole('row', { name: /3000/ }).click();
      await page.getByText(detail.verdictSentence.open).waitFor();
      // What is known of the service speaks the language as well.
      const known = reports.advice.listeners.find(({ port }) => port === 3000)?.identity.service;
      if (known == null) throw new Error('no service');
      const { purpose, ifClosed, bindLocal } = service(known);
      for (const text of [purpose, ifClosed, bindLocal ?? '']) await expect(page.getByText(text)).toBeVisible();
    },
  },
  {
    name: 'review, waiting to be kept',
    script: waiting,
    act: async (page, { home, review }) => {
      await page.getByRole('button', { name: home.closeAll(2) }).click();
      await page.getByRole('button', { name: review.apply, exact: true }).click();
      await page.getByRole('timer').waitFor();
    },
  },
  {
    name: 'firewall',
    act: async (page, { firewall }) => {
      await page.keyboard.press('Control+3');
      await page.getByText(firewall.uses['nothing-listens']).first().waitFor();
    },
  },
  {
    name: 'export',
    act: async (page, { exportView }) => {
      await page.keyboard.press('Control+4');
      await page.getByRole('button', { name: exportView.save, exact: true }).waitFor();
    },
  },
  {
    name: 'learn',
    act: async (page, { learn }) => {
      await page.keyboard.press('Control+6');
      await page.getByRole('heading', { name: learn.scan.title }).waitFor();
    },
  },
];

for (const { name: tongue, words, build } of tongues) {
  test.describe(`in ${tongue}`, () => {
    let folder: string | undefined;
    test.beforeAll(async () => {
      folder = await build?.();
    });
    test.afterAll(async () => {
      if (folder !== undefined) await rm(folder, { recursive: true });
    });
    for (const { name, script, act } of wordy) {
      test(name, async ({ browser }) => {
        const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1600, height: 800 } });
        const page = await openScene(context, script, {
          language: 'de',
          ...(folder === undefined ? {} : { folder }),
        });
        await page.getByRole('heading', { level: 1 }).waitFor();
        await act(page, words);
        await page.evaluate(() => document.fonts.ready);
        for (const width of [1600, 1000, 640]) {
          await page.setViewportSize({ width, height: 800 });
          await expect
            .soft(async () => expect(await faults(page)).toEqual([]), `${width} px`)
            .toPass({ timeout: 2000 });
        }
        await context.close();
      });
    }
  });
}
