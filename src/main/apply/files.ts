/** The firewalls' own files: kept with everything that can be put back, and put back so that no reader ever sees half of one. */
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, open, readdir, readFile, rename, rmdir, unlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { StepError } from './step-error.ts';

/** Everything that a ufw command may write. */
export const UFW_FILES = [
  '/etc/default/ufw',
  '/etc/ufw/ufw.conf',
  '/etc/ufw/user.rules',
  '/etc/ufw/user6.rules',
] as const;

/** Where those lie that a change may write, and their copies while it is under way. */
const FOLDERS = ['/etc/default', '/etc/ufw', '/etc/portcullis', '/etc/firewalld/zones'] as const;

export const savedFileSchema = z.strictObject({
  path: z.string(),
  mode: z.number().int(),
  uid: z.number().int(),
  gid: z.number().int(),
  /** Seconds. */
  atime: z.number(),
  mtime: z.number(),
  sha256: z.string(),
  base64: z.string(),
});
export type SavedFile = z.infer<typeof savedFileSchema>;

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/** Throws where one is missing or not an ordinary file. */
export async function saveFile<P extends string>(path: P): Promise<SavedFile & { readonly path: P }> {
  const stat = await lstat(path);
  if (!stat.isFile()) throw new StepError({ kind: 'not-a-file', path });
  const data = await readFile(path);
  return {
    path,
    mode: stat.mode & 0o7777,
    uid: stat.uid,
    gid: stat.gid,
    atime: stat.atimeMs / 1000,
    mtime: stat.mtimeMs / 1000,
    sha256: sha256(data),
    base64: data.toString('base64'),
  };
}

/** What each file holds now, by path; a missing one is null. */
export async function contents(): Promise<Readonly<Record<string, Buffer | null>>> {
  const each = UFW_FILES.map(async (path) => [path, await readFile(path).catch(() => null)] as const);
  return Object.fromEntries(await Promise.all(each));
}

/** The same as SHA-256, hex. */
export async function hashes(): Promise<Record<string, string | null>> {
  const each = Object.entries(await contents()).map(([path, data]) => [path, data === null ? null : sha256(data)]);
  return Object.fromEntries(each) as Record<string, string | null>;
}

/** Write a file whole or not at all, and onto the disk. */
export async function writeWhole(
  path: string,
  data: Buffer | string,
  as: {
    readonly mode: number;
    readonly uid?: number;
    readonly gid?: number;
    readonly atime?: number;
    readonly mtime?: number;
  },
): Promise<void> {
  const made = `${path}.portcullis-${randomBytes(6).toString('hex')}`;
  const file = await open(made, 'wx', 0o600);
  try {
    await file.writeFile(data);
    if (as.uid !== undefined && as.gid !== undefined) await chown(made, as.uid, as.gid);
    await chmod(made, as.mode);
    if (as.atime !== undefined && as.mtime !== undefined) await utimes(made, as.atime, as.mtime);
    await file.sync();
    await file.close();
    await rename(made, path);
  } catch (error) {
    await file.close().catch(() => {});
    await unlink(made).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const STAND_BY = '.portcullis-before';
/** A copy that stands by, or a file that was being written when the helper was killed. */
const OURS = /\.portcullis-(?:before|[0-9a-f]{12})$/;
const standByPath = (path: string): string => `${path}${STAND_BY}`;

/**
 * Lay a copy beside a file before it is changed, so that putting it back needs neither room nor anything else that could
 * fail later. Throws with the system's code where that is not possible.
 */
export async function standBy(saved: SavedFile): Promise<void> {
  const path = standByPath(saved.path);
  await unlink(path).catch(() => {});
  await writeWhole(path, Buffer.from(saved.base64, 'base64'), saved);
}

/** Take the copies away again, and what a kill left of a file that was being written. */
export async function standDown(): Promise<void> {
  for (const folder of FOLDERS) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (OURS.test(name)) await unlink(join(folder, name)).catch(() => {});
  }
  await rmdir('/etc/portcullis').catch(() => {}); // others may keep files there
}

/** Put a file back byte for byte, with its owner, mode and times; one that is as it was is left alone. */
export async function putBack(saved: SavedFile): Promise<void> {
  const now = await saveFile(saved.path).catch(() => null);
  const same = (key: 'mode' | 'uid' | 'gid' | 'mtime' | 'sha256') => now?.[key] === saved[key];
  if (same('mode') && same('uid') && same('gid') && same('mtime') && same('sha256')) return;
  const copy = await readFile(standByPath(saved.path)).then(sha256, () => null);
  if (copy !== saved.sha256) await standBy(saved);
  await rename(standByPath(saved.path), saved.path);
  await syncFolder(dirname(saved.path));
}
