/**
 * The application firewall of macOS: its settings and its list read, made into a chain for each program, and a script that
 * blocks programs written.
 *
 *   read.ts     transcripts -> settings and list
 *   compile.ts  both, for the holder of a port -> a chain
 *   script.ts   writing
 */
export { alfChain, blocksAll } from './compile.ts';
export { alfState, readAlf } from './read.ts';
export { exportAlf } from './script.ts';
