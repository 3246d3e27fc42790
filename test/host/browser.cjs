/** The system's Chromium: started once, asked for pages, its requests answered by the application's own handlers. */
'use strict';
const { existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { chromium } = require('playwright-core');

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Handlers of schemes, as `protocol.handle` gives them. */
const schemes = new Map();

/** `app://portcullis/x` is `http://portcullis.app.localhost/x` in the page, and back. */
const toPage = (url) =>
  url.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i, (all, scheme, host) =>
    schemes.has(scheme) ? `http://${host}.${scheme}.localhost` : all,
  );
const fromPage = (url) =>
  url.replace(/^http:\/\/([^/?#]+)\.([a-z0-9-]+)\.localhost/, (all, host, scheme) =>
    schemes.has(scheme) ? `${scheme}://${host}` : all,
  );

const profile = mkdtempSync(join(tmpdir(), 'stand-in-'));
let context;

/**
 * @param hooks.onCall a message of a page's preload
 * @param hooks.onRequest may this request be made? Asked for every one
 * @param hooks.onPopup a page that a page opened
 */
async function launch({ onCall, onRequest, onPopup, onEnd, announcePort }) {
  context = await chromium.launchPersistentContext(profile, {
    executablePath: PROGRAMS.find(existsSync),
    headless: true,
    viewport: null,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--remote-debugging-port=0'],
  });
  await context.exposeBinding('__standIn', ({ page, frame }, message) => onCall(page, frame, message));
  await context.route('**/*', async (route) => {
    const request = route.request();
    const url = fromPage(request.url());
    let page = null;
    try {
      page = request.frame().page();
    } catch {
      // The first load of a page that is not there yet: nobody has allowed it.
    }
    if (page === null || !onRequest(page, request, url)) return route.abort('aborted');
    const answer = schemes.get(url.slice(0, url.indexOf(':')));
    if (answer === undefined) return route.abort('blockedbyclient');
    const response = await answer(new Request(url, { method: request.method() }));
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
  const spare = context.pages()[0];
  let opening = 0;
  context.on('page', async (page) => {
    // One that does not know its opener was still opened by a page, unless the application is just opening one.
    const own = opening > 0;
    const opener = await page.opener();
    if (opener !== null || !own) onPopup(page, opener ?? spare);
  });
  context.on('close', onEnd);
  if (announcePort) {
    const [port, path] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').trim().split('\n');
    console.error(`DevTools listening on ws://127.0.0.1:${port}${path}`);
  }
  let first = spare;
  return async () => {
    opening += 1;
    const page = first ?? (await context.newPage());
    opening -= 1;
    first = undefined;
    return page;
  };
}

async function end() {
  await context?.close().catch(() => {});
  rmSync(profile, { recursive: true, force: true });
}

module.exports = { schemes, toPage, fromPage, launch, end };
