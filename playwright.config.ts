/**
 * The window, driven from outside.
 *
 *   scenes       the page in every state that it has to show, with answers written beforehand
 *   hosts        starts the next one inside the lab, where a real firewall may be changed
 *   lab          the application itself, through Electron (or its stand-in) and through the Chromium pipe
 *   screenshots  the pictures of the documentation; only by `npm run screenshots`
 *   gallery      a picture of every view and state; only by `npm run gallery`
 *   bench        what the window costs; only by `npm run bench`
 */
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** The first is the same browser without a frame around the page, at half the cost. */
const executablePath = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));
const launchOptions = {
  ...(executablePath === undefined ? {} : { executablePath }),
  // Chromium's own sandbox refuses to be started by root.
  chromiumSandbox: process.getuid?.() !== 0,
};

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  workers: 1,
  fullyParallel: false,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { launchOptions, viewport: { width: 1180, height: 800 }, locale: 'en-GB', timezoneId: 'UTC' },
  projects: [
    { name: 'scenes', testMatch: 'scenes/**/*.spec.ts' },
    { name: 'hosts', testMatch: 'hosts/**/*.spec.ts' },
    // Two programs steer the same Chromium there, the application and the test. Very seldom the two wait for each other
    // until the time is up; that is tried once more and listed as flaky. What fails twice, fails.
    ...(process.env['IN_LAB'] === undefined
      ? []
      : [{ name: 'lab', testMatch: 'lab/**/*.spec.ts', retries: 1, timeout: 90_000 }]),
    ...(process.env['PICTURES'] === undefined
      ? []
      : [
          { name: 'screenshots', testMatch: 'screenshots.ts' },
          { name: 'gallery', testMatch: 'gallery.ts', timeout: 180_000 },
        ]),
    ...(process.env['BENCH_FOLDER'] === undefined ? [] : [{ name: 'bench', testDir: 'test/bench' }]),
  ],
});
