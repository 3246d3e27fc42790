/** The Export view: formats side by side, a preview that never blocks, copy, what a format cannot say, what goes wrong. */
import { expect, type Page, test } from '@playwright/test';
import { EXPORT_FORMATS } from '../../../src/core/firewalls/formats.ts';
import type { RuleFile } from '../../../src/core/model.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { problem } from '../../../src/core/problem.ts';
import { en } from '../../../src/renderer/text/en/index.ts';
import * as plans from '../fixtures/plans.ts';
import { ledOn } from '../fixtures/reports.ts';
import { reportFile } from '../fixtures/report-file.ts';
import { asked, openScene } from '../scene.ts';
import { goTo, openPalette } from './views.ts';

const inputOf = async (page: Page, wanted: string): Promise<unknown> =>
  (await asked(page)).findLast(({ name }) => name === wanted)?.input;
const { exportView, reportPart } = en;

test('formats stand side by side, each with what it is for, and are chosen by arrow keys', async ({ context }) => {
  const page = await openScene(context);
  await goTo('Export')(page);
  const group = page.getByRole('radiogroup', { name: exportView.format, exact: true });
  await expect(group.getByRole('radio')).toHaveCount(EXPORT_FORMATS.length);
  for (const { name, text } of Object.values(exportView.formats)) {
    await expect(group.locator('label').filter({ hasText: name }).filter({ hasText: text })).toHaveCount(1);
  }
  await group.getByRole('radio').first().focus();
  for (const format of EXPORT_FORMATS.slice(1)) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => inputOf(page, 'exportRules')).toMatchObject({ format });
  }
  // What is asked for stays chosen, wherever one goes meanwhile.
  await goTo('Ports')(page);
  await goTo('Export')(page);
  await expect(group.getByRole('radio', { checked: true })).toHaveAccessibleName(
    new RegExp(exportView.formats.intent.name),
  );
});

test('the preview is coloured, and is only text', async ({ context }) => {
  const page = await openScene(context, {
    exportRules: { ...plans.ufwFile, content: '# a <b>bold</b>\nufw --force "x"\n' },
  });
  await goTo('Export')(page);
  const region = page.getByRole('region', { name: exportView.rules });
  await expect(region.getByText('# a <b>bold</b>')).toBeVisible();
  const colours = await region.locator('span').evaluateAll((spans) => spans.map((one) => getComputedStyle(one).color));
  expect(new Set(colours).size).toBeGreaterThan(2);
  await expect(region.locator('b')).toHaveCount(0);
});

test('a file that takes long leaves the one before in sight, and everything can be used meanwhile', async ({
  context,
}) => {
  const page = await openScene(context, { exportRules: [plans.ufwFile, 'never'] });
  await goTo('Export')(page);
  await expect(page.getByRole('region', { name: exportView.rules })).toContainText('ufw prepend deny');
  await page.getByRole('radio', { name: /nftables/ }).click();
  await expect.poll(() => inputOf(page, 'exportRules')).toMatchObject({ format: 'nftables' });
  await expect(page.getByRole('region', { name: exportView.rules })).toContainText('ufw prepend deny');
  await page.getByRole('checkbox', { name: /5432/ }).click();
  await expect.poll(() => inputOf(page, 'exportRules')).toMatchObject({ targets: [{ port: 3000 }] });
  await goTo('Ports')(page);
  await expect(page.getByRole('row', { name: /3000/ })).toBeVisible();
});

test('a file of ten thousand lines shows some, and the rest when it is asked for', async ({ context }) => {
  const lines = Array.from({ length: 10_000 }, (_, at) => `ufw prepend deny proto tcp to any port ${at} # "x"`);
  const long: RuleFile = { ...plans.ufwFile, content: `${lines.join('\n')}\n` };
  const page = await openScene(context, { exportRules: [plans.ufwFile, long] });
  await goTo('Export')(page);
  const region = page.getByRole('region', { name: exportView.rules });
  await expect(region).toContainText('ufw prepend deny');
  await page.getByRole('radio', { name: /nftables/ }).click();
  await page.getByRole('button', { name: exportView.moreLines(9600) }).waitFor();
  expect(await region.locator('pre > div > div, div > div').count()).toBeLessThan(1000);
  await page.getByRole('button', { name: exportView.moreLines(9600) }).click();
  await expect(region).toContainText('port 9999');
});

test('what a format cannot say is said beside the file', async ({ context }) => {
  const page = await openScene(context, { exportRules: plans.windowsFile });
  await goTo('Export')(page);
  await expect(page.getByText(exportView.notExpressed)).toBeVisible();
  for (const line of plans.windowsFile.notExpressed) await expect(page.getByText(line)).toBeVisible();
});

test('a port that leads on is not among those to choose, and it is said what closes it', async ({ context }) => {
  const page = await openScene(context, { scan: ledOn });
  await goTo('Export')(page);
  await expect(page.getByText(exportView.ledOn(['8080/tcp']))).toBeVisible();
  await expect(page.getByText('portcullis export --for nftables --ports 8080/tcp')).toBeVisible();
});

test('a file is copied, and its undo; the page needs no permission for it', async ({ context }) => {
  const page = await openScene(context);
  await goTo('Export')(page);
  const pasted = async (): Promise<string> => {
    await openPalette(page);
    await page.keyboard.press('Control+v');
    const text = await page.getByRole('combobox').inputValue();
    await page.keyboard.press('Escape');
    return text;
  };
  // A field of one line makes spaces of what ends a line.
  const oneLine = (text: string): string => text.trimEnd().replaceAll('\n', ' ');
  await page.getByRole('button', { name: exportView.copy, exact: true }).click();
  await expect(page.getByRole('button', { name: exportView.copied })).toBeVisible();
  expect(await pasted()).toBe(oneLine(plans.ufwFile.content));
  await page.getByRole('tab', { name: exportView.undo }).click();
  await page.getByRole('button', { name: exportView.copy, exact: true }).click();
  await expect(page.getByRole('button', { name: exportView.copied })).toBeVisible();
  expect(await pasted()).toBe(oneLine(plans.ufwFile.undoContent));
});

test('the whole posture asks for no port by what is advised, and for those that were ticked', async ({ context }) => {
  const page = await openScene(context);
  await goTo('Export')(page);
  const posture = page.getByRole('checkbox', { name: new RegExp(exportView.posture) });
  await posture.focus();
  await page.keyboard.press('Space');
  await expect.poll(() => inputOf(page, 'exportRules')).toEqual({ format: 'ufw', targets: [], posture: true });
  await page.getByRole('checkbox', { name: /5432/ }).click();
  await expect
    .poll(() => inputOf(page, 'exportRules'))
    .toEqual({ format: 'ufw', targets: [{ protocol: 'tcp', port: 3000 }], posture: true });
  await page.getByRole('button', { name: exportView.nothing }).click();
  await expect.poll(() => inputOf(page, 'exportRules')).toEqual({ format: 'ufw', targets: [], posture: true });
  await expect(page.getByRole('region', { name: exportView.rules })).toBeVisible();
  await posture.click();
  await expect(page.getByText(exportView.choose)).toBeVisible();
  await page.getByRole('button', { name: exportView.all, exact: true }).click();
  await expect
    .poll(async () => ((await inputOf(page, 'exportRules')) as { targets: unknown[] }).targets.length)
    .toBeGreaterThan(2);
});

test('a format that has nothing to close says so, and so does a file that could not be written', async ({
  context,
}) => {
  const empty = inEnglish(problem('bad-input', { kind: 'nothing-to-export', format: 'windows' }));
  const full = inEnglish(problem('failed', { kind: 'file-unwritten', path: '/media/x.sh', why: { is: 'full' } }));
  const page = await openScene(context, { exportRules: [empty, plans.ufwFile], saveRules: [{ path: null }, full] });
  await goTo('Export')(page);
  await expect(page.getByRole('main').getByText(empty.message)).toBeVisible();
  await page.getByRole('radio', { name: /nftables/ }).click();
  const save = page.getByRole('button', { name: exportView.save, exact: true });
  await save.click();
  await expect(save).toBeEnabled();
  await expect(page.getByText(/Saved as/)).toHaveCount(0);
  await save.click();
  await expect(page.getByRole('main').getByText(full.message)).toBeVisible();
});

test('a report that is too long to show, or cannot be made, says so; a long one ends with how much is left', async ({
  context,
}) => {
  const lines = Array.from({ length: 1000 }, (_, at) => `line ${at}`);
  const failed = inEnglish(problem('failed', { kind: 'fault', said: 'EMFILE' }));
  const page = await openScene(context, {
    report: [{ ...reportFile, content: lines.join('\n') }, { ...reportFile, filename: 'a.csv', content: null }, failed],
  });
  await goTo('Export')(page);
  const part = page.getByRole('region', { name: reportPart.title, exact: true });
  await expect(part.getByText(reportPart.goesOn(600))).toBeVisible();
  await part.getByRole('radio', { name: new RegExp(reportPart.formats.csv.name) }).click();
  await expect(part.getByText(reportPart.tooLong)).toBeVisible();
  await part.getByRole('radio', { name: new RegExp(reportPart.formats.json.name) }).click();
  await expect(part.getByText(failed.message)).toBeVisible();
});
