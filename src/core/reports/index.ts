/**
 * A report as a file for people and for pipelines: made of what was judged, in the words that it is given. Pure.
 *
 *   source     what a report is made of        words    what has to be said, in no language
 *   content    what every format tells         rules    the rules of advice by their names
 *   html/ markdown csv json sarif              one format each; each makes foreign text harmless in its own way
 *
 * Formats come in parts, one after the other: ten thousand listeners take no more memory at once than ten.
 */
import { csvReport } from './csv.ts';
import { htmlReport } from './html/index.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';
import { sarifReport } from './sarif.ts';
import type { ReportFormat, ReportSource } from './source.ts';

export { REPORT_FORMATS, type ReportFormat, type ReportSource } from './source.ts';

const FORMATS: Readonly<Record<ReportFormat, (source: ReportSource) => Iterable<string>>> = {
  html: htmlReport,
  md: markdownReport,
  csv: csvReport,
  json: jsonReport,
  sarif: sarifReport,
};

/** The file's text, in parts. */
export const reportParts = (format: ReportFormat, source: ReportSource): Iterable<string> => FORMATS[format](source);

/** `portcullis-laptop-2026-11-28.html`; of the computer's name what a file's name may hold everywhere. */
export function reportFilename(format: ReportFormat, { host, report }: Pick<ReportSource, 'host' | 'report'>): string {
  const name = (host ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `portcullis-${name === '' ? '' : `${name}-`}${report.takenAt.slice(0, 10)}.${format}`;
}
