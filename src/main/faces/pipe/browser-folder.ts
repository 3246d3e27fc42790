/**
 * Where the browser's own folder lies. It is thrown away with the window, and it begins with some twenty databases, each of
 * which waits for the disk: in memory the window is there a tenth earlier, and nothing that it showed is ever written down.
 */
import { accessSync, constants, existsSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, isAbsolute } from 'node:path';

/** A file system in memory, by the number that Linux gives it. Source: statfs(2), TMPFS_MAGIC. */
const TMPFS = 0x01_02_19_94n;

/** A session leaves some 10 MB there, and the browser's processes share memory in the same place. Bytes. */
const ENOUGH = 256n * 1024n * 1024n;

/** What starts a browser that sees only folders of its own: there a folder elsewhere is an error. `/tmp` is its own one. */
const WRAPPERS = ['snap', 'firejail', 'flatpak'];

/**
 * The folder to make it in.
 *
 * @param program the browser, absolute
 * @param runtime `XDG_RUNTIME_DIR`, where a person's own things lie until the session ends
 */
export function placeOfBrowser(program: string, runtime: string | undefined = process.env['XDG_RUNTIME_DIR']): string {
  if (isWrapped(program)) return tmpdir();
  if (runtime !== undefined && isOwn(runtime) && isMemory(runtime)) return runtime;
  return isMemory('/dev/shm') ? '/dev/shm' : tmpdir();
}

/** On Ubuntu `chromium-browser` is a text that starts the snap. */
const isWrapped = (program: string): boolean =>
  WRAPPERS.includes(basename(realOf(program))) ||
  (basename(program) === 'chromium-browser' && existsSync('/snap/bin/chromium'));

function realOf(program: string): string {
  try {
    return realpathSync(program);
  } catch {
    return program;
  }
}

/** It outlives a change of the user (`sudo`). Source: XDG Base Directory Specification 0.8, "owned by the user". */
function isOwn(folder: string): boolean {
  try {
    return isAbsolute(folder) && statSync(folder).uid === process.getuid?.();
  } catch {
    return false;
  }
}

function isMemory(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { type, bavail, bsize } = statfsSync(folder, { bigint: true });
    return type === TMPFS && bavail * bsize >= ENOUGH;
  } catch {
    return false;
  }
}
