/**
 * Computers of which osquery tells: what listens, by which program, at which addresses. Of the rules it tells too little to
 * judge anybody by, so who can reach a port from outside is unknown; what only this computer reaches may be told.
 *
 *   log.ts         what osquery logged or printed -> the last state of its tables, for each computer
 *   tables.ts      which table a result is of
 *   snapshot.ts    tables -> a snapshot, and its rows again
 *   sockets.ts     listeners with their owners      interfaces.ts   addresses
 *
 * What is made of it is in `facts/osquery.ts`.
 */
export { readOsqueryInterfaces } from './interfaces.ts';
export { joinTables, readLog } from './log.ts';
export { isOfOsquery, isWhole, rowsOf, snapshotOf } from './snapshot.ts';
export { type Listening, readListening } from './sockets.ts';
export { TABLES } from './tables.ts';
