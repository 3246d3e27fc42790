/**
 * A report as a file, from what was judged. The one place in main that has the window's words: they are loaded when a report
 * is made, for the language that is asked for.
 */
import type { Report } from '../core/model.ts';
import { type ReportFormat, reportFilename, reportParts } from '../core/reports/index.ts';
import type { ReportLanguage } from '../core/reports/words.ts';
import { version } from '../../package.json';
import { sha256 } from './sha256.ts';

export interface MadeReport {
  readonly filename: string;
  /** To be taken once, in order, before another report is made. */
  readonly parts: Iterable<string>;
}

interface Wanted {
  readonly report: Report;
  /** null: the computer is not to be named. */
  readonly host: string | null;
  readonly format: ReportFormat;
  readonly language: ReportLanguage;
}

export async function makeReportFile({ report, host, format, language }: Wanted): Promise<MadeReport> {
  const { reportWords } = await import('../renderer/text/report/words.ts');
  const source = { report, host, version, words: await reportWords(language), hash };
  return { filename: reportFilename(format, source), parts: reportParts(format, source) };
}

const hash = (text: string): string => Buffer.from(sha256(text), 'hex').toString('base64');
