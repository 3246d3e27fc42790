/** What a report is made of: what was judged, and how it is told. */
import type { Report } from '../model.ts';
import type { ReportWords } from './words.ts';

export const REPORT_FORMATS = ['html', 'md', 'csv', 'json', 'sarif'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportSource {
  readonly report: Report;
  /** The computer's name; null: it was taken out. */
  readonly host: string | null;
  /** Portcullis's own, `0.1.0`. */
  readonly version: string;
  readonly words: ReportWords;
  /** SHA-256 of a text in base64, by which a page names the one style that it may have. */
  readonly hash: (text: string) => string;
}
