/** What every exported file is made from: what to close and to keep, and the one rule for text in comments. */
import type { ProfileState, Protocol, Target } from '../model.ts';

/** One port to close and what is known about it. */
export interface ExportItem {
  readonly target: Target;
  readonly name: string | null;
  readonly why: string | null;
  /** Paths of the programs that hold it, as far as they are known: for firewalls that ask for programs. */
  readonly programs?: readonly string[];
  /** Other ports that lead here past the filter of pf (`rdr pass`): its rules do not close them. Absent or empty: none. */
  readonly letBy?: readonly number[];
  /** Other ports that it leads to before a filter sees it, and that the file leaves open. Absent or empty: none. */
  readonly leadsTo?: readonly number[];
  /** Networks that are not shut out, in their plain form and apart from each other. Absent or empty: everybody is. */
  readonly allBut?: readonly string[];
}

export interface ExportSource {
  /** null: not to be named. */
  readonly host: string | null;
  readonly takenAt: string;
  /** What was wanted and the file does not do, a sentence each, in English: for its head. */
  readonly leftOut?: readonly string[];
  /** Kinds of networks in which rules made on the computer it was made on do not count. Absent or empty: none is known. */
  readonly managed?: readonly ProfileState['name'][];
}

/** What a file does not do, for its head: a line each, without the sign that makes it a comment. */
export const leftOutLines = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['Not expressed here:', ...lines.map((line) => `  - ${commentText(line)}`)];

/** Who is shut out. The networks are those of the machine that it was made on, as CIDRs or addresses. */
export type ClosedFor =
  | 'everyone'
  | { readonly allBut: 'this-network' | 'private'; readonly networks: readonly string[] };

export interface IntentClose {
  readonly protocol: Protocol;
  readonly port: number;
  readonly for: ClosedFor;
  readonly name: string | null;
  readonly why: string | null;
  /** Paths of the programs that hold it here: of this machine alone, so no file of intents has them. */
  readonly programs?: readonly string[];
  /** As in an item; of this machine alone, too. */
  readonly letBy?: readonly number[];
  /** As in an item; of this machine alone, too. */
  readonly leadsTo?: readonly number[];
  /** Other ports that this machine passes on to it (portproxy of Windows); of this machine alone, too. */
  readonly passedBy?: readonly number[];
}

export interface IntentKeep {
  readonly protocol: Protocol;
  readonly port: number;
  readonly name: string | null;
}

/** What somebody wants, in no firewall's words. */
export interface Intent {
  readonly schema: 1;
  /** ISO 8601, UTC: when the machine was read that it was made on. */
  readonly madeAt: string;
  /** null: not to be named. */
  readonly host: string | null;
  readonly close: readonly IntentClose[];
  readonly keep: readonly IntentKeep[];
  /** As in a source; of this machine alone, so no file of intents has it. */
  readonly managed?: readonly ProfileState['name'][];
  /** What becomes of every port that is not named. */
  readonly rest: 'leave' | 'close';
}

/** What there is beside single ports to close. */
export type Posture = Pick<Intent, 'keep' | 'rest'>;

/** Text for a comment: one line, nothing that could end it or disturb a terminal, and only what every format takes. */
export const commentText = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffe\uffff]+/gu, ' ').trim();
