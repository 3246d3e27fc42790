/** A file of another computer, opened in the window: chosen, judged, shown, and led into Review. */
import { expect, type Page, test } from '@playwright/test';
import * as files from '../fixtures/imported.ts';
import * as plans from '../fixtures/plans.ts';
import { asked, openScene } from '../scene.ts';
import { goTo, openIntent, openPalette } from './views.ts';

const inputsOf = async (page: Page, wanted: string): Promise<readonly unknown[]> =>
  (await asked(page)).filter(({ name }) => name === wanted).map(({ input }) => input);

test('says what would be closed and kept here, and each part is reviewed before anything is changed', async ({
  context,
}) => {
  const page = await openScene(context, { propose: plans.largerPlan, apply: plans.largerOutcome });
  await openIntent('from desk-7.json', '{"schema": 1}')(page);
  expect(await inputsOf(page, 'readIntent')).toEqual([{ name: 'from desk-7.json', content: '{"schema": 1}' }]);
  await expect(page.getByRole('heading', { name: 'from desk-7.json' })).toBeFocused();
  await expect(page.getByRole('status').last()).toContainText('File opened. To close here: 2 ports.');
  const part = page.getByRole('region', { name: 'From another computer' });
  await expect(part).toContainText('Made on desk-7');
  await expect(part.getByRole('listitem').filter({ hasText: '4444/tcp' })).toContainText('nothing to close');
  await expect(part.getByRole('listitem').filter({ hasText: '22/tcp' })).toHaveCount(1);
  expect(await inputsOf(page, 'propose')).toEqual([]);

  await part.getByRole('button', { name: 'Review: Close 1 port, Everyone outside this network' }).click();
  await expect(page.getByRole('heading', { name: 'Who can reach what' })).toBeVisible();
  expect(await inputsOf(page, 'propose')).toEqual([
    {
      kind: 'close',
      targets: [{ protocol: 'tcp', port: 5432 }],
      audience: 'all-but-this-network',
      way: 'firewall',
    },
  ]);
  expect(await inputsOf(page, 'apply')).toEqual([]);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Checked: closed')).toBeVisible();

  // The file is still there, and is judged once more by what is so now.
  const before = (await inputsOf(page, 'readIntent')).length;
  await goTo('Export')(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect.poll(async () => (await inputsOf(page, 'readIntent')).length).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Close the file' }).click();
  await expect(page.getByRole('heading', { name: 'from desk-7.json' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Open an intent file…' })).toBeFocused();
});

test('a file that is wrong says what is wrong with it, and another one can be opened', async ({ context }) => {
  const page = await openScene(context, { readIntent: [files.refused, files.imported] });
  await openIntent('notes.json', 'no intent')(page);
  const part = page.getByRole('region', { name: 'From another computer' });
  await expect(part).toContainText('close.0.port');
  await expect(part.getByRole('button', { name: /^Review/ })).toHaveCount(0);
  const chooser = page.waitForEvent('filechooser');
  await part.getByRole('button', { name: 'Open another file…' }).click();
  await (await chooser).setFiles({ name: 'good.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await expect(part.getByRole('button', { name: /^Review/ })).toHaveCount(2);
});

test('a file that no message could carry is refused by the page, and nothing is sent', async ({ context }) => {
  const page = await openScene(context);
  // Each of these characters takes six in a message.
  await openIntent('large.json', '\u0001'.repeat(200_000))(page);
  await expect(page.getByText('large.json is larger than what is opened in the window.').first()).toBeVisible();
  expect(await inputsOf(page, 'readIntent')).toEqual([]);
});

test('where the firewall is off it goes on first, with what is kept', async ({ context }) => {
  const page = await openScene(context, { readIntent: files.importedOff, propose: plans.largerPlan });
  await openIntent()(page);
  const part = page.getByRole('region', { name: 'From another computer' });
  await expect(part.getByRole('button', { name: /^Review/ })).toHaveCount(1);
  await expect(part.getByRole('heading', { name: 'To do here first' })).toBeVisible();
  await expect(part.getByRole('heading', { name: 'To close here' })).toHaveCount(0);
  await part.getByRole('button', { name: 'Review: Turn the firewall on' }).click();
  await expect
    .poll(() => inputsOf(page, 'propose'))
    .toEqual([{ kind: 'enable-firewall', keep: [{ protocol: 'tcp', port: 22 }] }]);
});

test('where what listens was not read, nothing is said to be closed or silent', async ({ context }) => {
  const page = await openScene(context, { readIntent: files.importedBlind });
  await openIntent()(page);
  const part = page.getByRole('region', { name: 'From another computer' });
  await expect(part).toContainText('Nothing is known that this can close here.');
  await expect(part).toContainText('3000/tcp: what listens on this machine could not be read whole');
});

test('by keys alone: from any view by the list of commands, and in German', async ({ context }) => {
  const page = await openScene(context);
  // Heard of well before the key is pressed: a browser that nobody listens to shows its own dialog.
  const chooser = page.waitForEvent('filechooser');
  await openPalette(page, 'open intent');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await expect(page.getByRole('heading', { name: 'a.json' })).toBeFocused();
  for (let press = 0; press < 3; press += 1) {
    await page.keyboard.press('Tab');
    if ((await page.locator(':focus').innerText()).includes('Review')) break;
  }
  await page.keyboard.press('Enter');
  await expect.poll(() => inputsOf(page, 'propose')).toHaveLength(1);

  const german = await openScene(context, {}, { language: 'de' });
  await german.getByRole('navigation').getByRole('button', { name: 'Export' }).click();
  const chosen = german.waitForEvent('filechooser');
  await german.getByRole('button', { name: 'Absichtsdatei öffnen …' }).click();
  await (await chosen).setFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  const part = german.getByRole('region', { name: 'Von einem anderen Computer' });
  await expect(part).toContainText('4444/tcp: Dort lauscht auf diesem Computer nichts, also ist nichts zu schließen.');
});
