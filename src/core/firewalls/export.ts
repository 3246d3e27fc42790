/** What every exported file is made from, and the one rule for text in comments. */
import type { Finding, Identity, Owner, Report, ReportListener, Target } from '../model.ts';

/** One port to close and what is known about it. */
export interface ExportItem {
  readonly target: Target;
  readonly name: string | null;
  readonly why: string | null;
  /** Paths of the programs that hold it, as far as they are known: for firewalls that ask for programs. */
  readonly programs?: readonly string[];
}

export interface ExportSource {
  /** null: not to be named. */
  readonly host: string | null;
  readonly takenAt: string;
}

/** What a file is made of: the part of a report that says which ports to close, what they are, and why. */
export interface ExportAdvice extends Pick<Report, 'takenAt'> {
  readonly listeners: readonly (Pick<ReportListener, 'id' | 'protocol' | 'port'> & {
    readonly identity: Pick<Identity, 'name'>;
    /** Absent: of many machines, on which the same program lies in different places. */
    readonly owner?: Pick<Owner, 'path'>;
  })[];
  readonly findings: readonly Pick<Finding, 'listener' | 'advice' | 'why'>[];
}

/** Text for a comment: one line, nothing that could end it or disturb a terminal. */
export const commentText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
