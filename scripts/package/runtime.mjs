/** Electron's own runtime, if it is here: what may go into a package, and nothing that only stands in for it. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** How a program of each system begins: ELF, Mach-O, Windows. */
const PROGRAMS = ['7f454c46', 'cffaedfe', 'cafebabe', '4d5a'];

/** The first bytes of a file, as hex; empty where there is none. */
function beginning(path) {
  try {
    const file = openSync(path, 'r');
    const bytes = Buffer.alloc(4);
    readSync(file, bytes, 0, 4, 0);
    closeSync(file);
    return bytes.toString('hex');
  } catch {
    return '';
  }
}

const textOf = (path) => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
};

/**
 * The folder of the runtime that belongs to the `electron` package in this folder, or null. A script that only looks like
 * it, a runtime of another version, and one that the environment names do not count.
 */
export function electronRuntime(folder) {
  const dist = join(folder, 'dist');
  const program = join(dist, textOf(join(folder, 'path.txt')) || 'electron');
  const isProgram = PROGRAMS.some((begins) => beginning(program).startsWith(begins));
  const { version } = JSON.parse(textOf(join(folder, 'package.json')) || '{}');
  return isProgram && version !== undefined && textOf(join(dist, 'version')).replace(/^v/, '') === version
    ? dist
    : null;
}
