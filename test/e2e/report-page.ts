/** The page that a report is, opened as a person opens the file: by itself, with nothing that it could load. */
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import type { Report, Snapshot } from '../../src/core/model.ts';
import type { ReportLanguage } from '../../src/core/reports/words.ts';
import { reportWords } from '../../src/renderer/text/report/words.ts';
import { made, reportOf, sourceOf } from '../core/reports/made.ts';
import { WINDOWS } from '../main/cli/windows-machines.ts';

/** Captured on a Linux computer; synthetic for Windows. */
export const MACHINES = {
  linux: reportOf(
    JSON.parse(readFileSync(new URL('../main/cli/snapshots/on.json', import.meta.url), 'utf8')) as Snapshot,
  ),
  windows: reportOf(WINDOWS['windows-developer'] as Snapshot),
} as const;

const ADDRESS = 'http://report.localhost/report.html';

/** What the page asked for beside itself, and what its policy refused. */
export interface OpenedReport {
  readonly page: Page;
  readonly asked: readonly string[];
  readonly refused: readonly string[];
}

export async function openReport(
  context: BrowserContext,
  report: Report,
  language: ReportLanguage,
): Promise<OpenedReport> {
  const body = made('html', sourceOf(report, await reportWords(language)));
  const page = await context.newPage();
  const asked: string[] = [];
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  await page.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === ADDRESS) {
      await route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body });
    } else {
      asked.push(url);
      await route.abort();
    }
  });
  await page.goto(ADDRESS);
  return { page, asked, refused };
}
