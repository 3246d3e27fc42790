/** Putting files in place whole: a killed process leaves the old one or the new one, never a part. */
// Its promises are loaded when they are first used: a scan uses none.
import { promises as fs } from 'node:fs';
import { problem, type Unwritten } from '../core/problem.ts';

/** Written beside its place, flushed, then renamed over it. @throws what the file system says */
export async function replaceFile(path: string, content: string, mode: number): Promise<void> {
  const beside = `${path}.${process.pid}.new`;
  try {
    const handle = await fs.open(beside, 'wx', mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(beside, path);
  } catch (error) {
    await fs.rm(beside, { force: true });
    throw error;
  }
}

/**
 * A file that a person asked for.
 * @param kind `script` may be run, `private` is read by its owner only
 * @throws ProblemError that says why it could not be written
 */
export async function saveFile(path: string, content: string, kind: 'script' | 'text' | 'private'): Promise<void> {
  try {
    const mode = { script: 0o755, text: 0o644, private: 0o600 }[kind];
    const there = await fs.stat(path).catch(() => null);
    // A link is followed, and a device or pipe is written to: renaming over one would put a plain file in its place.
    if (there === null) await replaceFile(path, content, mode);
    else if (there.isFile()) await replaceFile(await fs.realpath(path), content, mode);
    else await fs.writeFile(path, content);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const is = WHY[code];
    throw problem('failed', {
      kind: 'file-unwritten',
      path,
      why: is === undefined ? { is: 'said', said: message } : { is },
    });
  }
}

const WHY: Readonly<Record<string, Exclude<Unwritten['is'], 'said'>>> = {
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'read-only',
  ENOENT: 'no-folder',
  ENOTDIR: 'not-a-folder',
  EISDIR: 'a-folder',
  ENOSPC: 'full',
};
