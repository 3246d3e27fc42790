/**
 * pf, the packet filter of macOS: its rules read, made into chains that the engine walks, and a script that closes ports
 * written.
 *
 *   model.ts    a rule                       parse.ts    what pfctl prints -> rules
 *   tests.ts    what a rule asks             compile.ts  rules -> chains
 *   read.ts     transcripts -> all of it     script.ts   writing
 */
export { anchorRules, pfState, readPf, tablesIn } from './read.ts';
export { exportPf } from './script.ts';
