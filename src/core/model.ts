/**
 * The words that every room shares. Types only: nothing here runs.
 *
 * Snapshot (what was printed) -> Facts (what was read) -> Report (who can reach what, and what to do)
 *                                                            -> Plan (what would change) -> Change (what was done)
 *
 * A file for each part in model/; here they are one.
 */
export type * from './model/catalog.ts';
export type * from './model/change.ts';
export type * from './model/firewall.ts';
export type * from './model/gathering.ts';
export type * from './model/machine.ts';
export type * from './model/reach.ts';
export type * from './model/report.ts';
export type * from './model/rules.ts';
