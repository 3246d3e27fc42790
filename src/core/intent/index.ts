/**
 * One intent, many firewalls: what to close and what to keep, made from a report, written for a firewall, carried out
 * somewhere else.
 *
 *   make     report + choice -> Intent          formats/  Intent -> a file for a firewall, and its undo
 *   read     a file's text -> Intent            carry     Intent + report of another machine -> choices
 */
import type { ExportFormat, Report, RuleFile, Snapshot } from '../model.ts';
import { writeIntent } from './formats/index.ts';
import { type IntentChoice, makeIntent } from './make.ts';

export type { IntentChoice } from './make.ts';
export { writeIntent } from './formats/index.ts';

/** A file that closes what was chosen on another machine. */
export const exportRules = (format: ExportFormat, snapshot: Snapshot, report: Report, choice: IntentChoice): RuleFile =>
  writeIntent(format, makeIntent(snapshot, report, choice));
