/**
 * Where the browser's own folder lies. It is thrown away with the window, and it begins with some twenty databases, each of
 * which waits for the disk: in memory the window is there a tenth earlier.
 */
import { closeSync, mkdtempSync, openSync, readSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { terminalProblem } from '../terminal-problem.ts';
import { reasonOf } from './reason.ts';

/** A file system in memory, by the number that Linux gives it. Source: statfs(2), TMPFS_MAGIC. */
const TMPFS = 0x01_02_19_94n;

/** A session leaves some 10 MB there, and the browser's processes share memory in the same place. Bytes. */
const ENOUGH = 256n * 1024n * 1024n;

/** What starts a browser that sees only folders of its own: there a folder elsewhere is an error. `/tmp` is its own one. */
const WRAPPERS = ['snap', 'firejail', 'flatpak', 'bwrap', 'distrobox'];

/** Longest beginning of a program that is looked at, where that is a text. Bytes. */
const LONGEST = 16_384;

/**
 * Make it: nobody else may look into it.
 *
 * @param program the browser, absolute
 * @param runtime `XDG_RUNTIME_DIR`, where a person's own things lie until the session ends
 * @returns the new folder. Throws a `TerminalProblem` where there is no place for one.
 */
export function makeBrowserFolder(
  program: string,
  runtime: string | undefined = process.env['XDG_RUNTIME_DIR'],
): string {
  for (const place of isWrapped(program) ? [] : [runtime, '/dev/shm']) {
    if (place === undefined || !isMemory(place) || (place === runtime && !isOwn(place))) continue;
    try {
      return makeIn(place);
    } catch {
      // It is full, or may not be written to.
    }
  }
  try {
    return makeIn(tmpdir());
  } catch (error) {
    throw terminalProblem(
      'failed',
      `The window could not be opened: there is no place for the browser’s own files in ${tmpdir()} (${reasonOf(error)}).`,
      'Make that folder writable, or name another one in TMPDIR. In the terminal, this works without: portcullis scan',
    );
  }
}

const makeIn = (place: string): string => mkdtempSync(join(place, 'portcullis-window-'));

/** By its own name, or by what the text says that stands in its place (on Ubuntu one that starts the snap). */
const isWrapped = (program: string): boolean =>
  [basename(realOf(program)), ...(textOf(program).match(/[a-z]+/g) ?? [])].some((name) => WRAPPERS.includes(name));

function realOf(program: string): string {
  try {
    return realpathSync(program);
  } catch {
    return program;
  }
}

/** The beginning of a program that is a text; empty where it is none, or cannot be read. */
function textOf(program: string): string {
  try {
    const file = openSync(program, 'r');
    try {
      const bytes = Buffer.alloc(LONGEST);
      const text = bytes.toString('latin1', 0, readSync(file, bytes));
      return text.startsWith('#!') ? text : '';
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

/** It outlives a change of the user (`sudo`). Source: XDG Base Directory Specification 0.8: owned by the user, 0700. */
function isOwn(folder: string): boolean {
  try {
    const { uid, mode } = statSync(folder);
    return isAbsolute(folder) && uid === process.getuid?.() && (mode & 0o077) === 0;
  } catch {
    return false;
  }
}

function isMemory(folder: string): boolean {
  try {
    const { type, bavail, bsize } = statfsSync(folder, { bigint: true });
    return type === TMPFS && bavail * bsize >= ENOUGH;
  } catch {
    return false;
  }
}
