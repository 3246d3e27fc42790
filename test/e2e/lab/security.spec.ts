/**
 * What no page may do, on the application itself: what both hosts have in common, and the Chromium pipe. For Electron
 * checklist.spec.ts says it, an item a test.
 */
import { expect, test } from '@playwright/test';
import { hosts } from './hosts.ts';
import { askFor, BROKEN, breakPolicy, call, goAway, lookAround, POLICY_HOLDS, waysToMore } from './taken.ts';

for (const [name, open] of Object.entries(hosts)) {
  test.describe(name, () => {
    test('messages are parsed: what does not exist or does not fit is refused', async () => {
      await using host = await open();
      await expect(host.page.getByRole('heading', { level: 1 })).toBeVisible();
      const refused = { ok: false, error: { code: 'bad-input' } };
      for (const unknown of ['exec', '__proto__', 'constructor', 'toString', '', 3, null, { toString: 'scan' }]) {
        expect(await call(host.page, unknown, {}), JSON.stringify(unknown)).toMatchObject(refused);
      }
      expect(await call(host.page, 'scan', { exact: 'yes' })).toMatchObject(refused);
      expect(await call(host.page, 'scan', { exact: false, argv: ['sh'] })).toMatchObject(refused);
      expect(await call(host.page, 'apply', { plan: '../../etc/passwd' })).toMatchObject(refused);
      expect(await call(host.page, 'undo', { change: '../x' })).toMatchObject(refused);
      expect(await call(host.page, 'exportRules', { format: 'sh', targets: [] })).toMatchObject(refused);
      // A plan that this process never made.
      expect(await call(host.page, 'apply', { plan: 'a'.repeat(64) })).toMatchObject({
        ok: false,
        error: { code: 'stale-plan' },
      });
    });
  });
}

test('the pipe’s page has the bridge and nothing else of the program', async () => {
  await using host = await hosts.pipe();
  await expect(host.page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await lookAround(host.page)).toEqual({
    bridge: ['call', 'onNews', 'onProgress'],
    frozen: true,
    replaced: false,
    // It takes answers in and gives nothing out: what was not asked for it drops.
    strange: ['__portcullisDeliver'],
  });
});

test('the policy holds in the pipe: no script from elsewhere, no text as script, no connection', async () => {
  await using host = await hosts.pipe();
  await expect(host.page.getByRole('heading', { level: 1 })).toBeVisible();
  const broken = await breakPolicy(host.page);
  expect(broken).toMatchObject(POLICY_HOLDS);
  expect(broken.violations).toEqual(expect.arrayContaining(BROKEN));
});

test('the pipe’s page goes nowhere and opens nothing', async () => {
  await using host = await hosts.pipe();
  const { page } = host;
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const address = page.url();
  expect([...(await goAway(page))]).toEqual([address]);
  let now = page;
  for (const attempt of waysToMore(page)) {
    // Playwright makes a new window wait for it; where the application closes that first, the page which opened it waits for
    // ever, until Playwright lets go.
    const late = new Promise<'late'>((resolve) => setTimeout(resolve, 5000, 'late'));
    if ((await Promise.race([attempt(now).catch(() => 'gone'), late])) === 'late') now = await host.connectAgain();
  }
  await now.waitForTimeout(500);
  await expect.poll(host.windows).toBe(1);
  // Whoever steers the page from outside waits for the end of a navigation that was refused; the page itself is asked.
  expect(await now.evaluate(() => document.querySelector('h1')?.checkVisibility())).toBe(true);
});

test('the pipe’s page is given no permission', async () => {
  await using host = await hosts.pipe();
  const asked = await askFor(host.page);
  expect(Object.keys(asked).length).toBeGreaterThan(5);
  expect(Object.values(asked)).not.toContain('granted');
});
