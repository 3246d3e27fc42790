/**
 * `node scripts/make-icons.mjs`: every size of the application's icon from `assets/icon.svg`, and of the tray's pictures
 * from `assets/tray`, drawn by Chromium.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Of the tray; each is drawn twice as fine as well. */
const TRAY_SIZES = [16, 22];

const assets = resolve(dirname(fileURLToPath(import.meta.url)), '../assets');
const tray = join(assets, 'tray');
mkdirSync(join(assets, 'icons'), { recursive: true });

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  chromiumSandbox: process.getuid?.() !== 0,
});
const page = await browser.newPage();

async function draw(from, size, to) {
  await page.setViewportSize({ width: size, height: size });
  const svg = readFileSync(from, 'utf8');
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
  writeFileSync(to, await page.screenshot({ omitBackground: true }));
}

// electron-builder takes the folder for Linux, and the largest for the others.
for (const size of SIZES) await draw(join(assets, 'icon.svg'), size, join(assets, 'icons', `${size}x${size}.png`));
for (const name of readdirSync(tray).filter((file) => file.endsWith('.svg'))) {
  for (const size of TRAY_SIZES) {
    const to = join(tray, `tray-${name.slice(0, -'.svg'.length)}-${size}`);
    await draw(join(tray, name), size, `${to}.png`);
    // Electron takes it by its name where the screen is fine enough.
    await draw(join(tray, name), size * 2, `${to}@2x.png`);
  }
}
await browser.close();
