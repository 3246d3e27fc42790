/** `node scripts/make-icons.mjs`: every size of the application's icon from `assets/icon.svg`, drawn by Chromium. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const assets = resolve(dirname(fileURLToPath(import.meta.url)), '../assets');
const svg = readFileSync(join(assets, 'icon.svg'), 'utf8');
mkdirSync(join(assets, 'icons'), { recursive: true });

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  chromiumSandbox: process.getuid?.() !== 0,
});
const page = await browser.newPage();
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
  const picture = await page.screenshot({ omitBackground: true });
  // electron-builder takes the folder for Linux, and the largest for the others.
  writeFileSync(join(assets, 'icons', `${size}x${size}.png`), picture);
}
await browser.close();
