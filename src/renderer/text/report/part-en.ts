/** The part of the Export view that makes a report, in English. */
import type { ReportFormat } from '../../../core/reports/source.ts';
import type { ReportLanguage } from '../../../core/reports/words.ts';
import { foreign, number } from '../format.ts';

export const reportPartInEnglish = {
  /** The language that the report is made in. */
  language: 'en' as ReportLanguage,
  title: 'Report',
  lead: 'Who can reach what and why, the advice and what was not read, as a file to hand on. Nothing is changed here.',
  format: 'As',
  formats: {
    html: { name: 'Page', text: 'HTML, to read and to print' },
    md: { name: 'Markdown', text: 'For tickets and chats' },
    csv: { name: 'Table', text: 'CSV, for spreadsheets' },
    json: { name: 'JSON', text: 'For scripts: what scan --json prints' },
    sarif: { name: 'SARIF', text: 'For what gathers results of checks' },
  } satisfies Record<ReportFormat, { name: string; text: string }>,
  redact: 'Leave out who and where',
  redactHint: 'Names, addresses and folders are replaced, and the computer is not named.',
  preview: 'Preview',
  previewOfPage: 'What the page says, as text',
  making: 'Writing the report…',
  tooLong: 'It is too long to be shown here. Save it to see it.',
  goesOn: (lines: number) => `${number(lines)} more lines are in the file.`,
  save: 'Save report…',
  saved: (path: string) => `Saved as ${foreign(path)}`,
};

export type ReportPartWords = typeof reportPartInEnglish;
