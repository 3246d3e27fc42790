/** Portcullis's own table, as root: its file whole or not at all, and the kernel's copy in one transaction of nft. */
import { chmod, mkdir, readFile, rmdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { table } from '../../core/firewalls/registry.ts';
import type { Operation, Snapshot } from '../../core/model.ts';
import { predict } from '../../core/firewalls/registry.ts';
import { find } from '../../core/transcripts.ts';
import { sha256, syncFolder, writeWhole } from './files.ts';
import { run } from './run.ts';

const LIST = ['list', 'table', 'inet', 'portcullis'] as const;

export const tableBeforeSchema = z.strictObject({
  schema: z.literal(1),
  layer: z.literal('table'),
  /** The file's text; null: there was none. */
  file: z.string().nullable(),
  /** What nft listed; null: the kernel had no such table. */
  kernel: z.string().nullable(),
  /** SHA-256 of all that the file may hold while the change is under way. */
  between: z.array(z.string()),
});
export type TableBefore = z.infer<typeof tableBeforeSchema>;

async function fileNow(): Promise<string | null> {
  return readFile(table.TABLE_PATH, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

async function kernelNow(): Promise<string | null> {
  const { exit, stdout, stderr } = await run('nft', LIST);
  if (exit === 0) return stdout;
  if (exit === 1 && /No such file or directory/.test(stderr)) return null;
  throw new Error(`nft could not list the table: ${stderr.trim() || `exit ${exit}`}`);
}

async function load(text: string): Promise<void> {
  const { exit, stderr } = await run('nft', ['-f', '-'], { input: text });
  if (exit !== 0) throw new Error(`nft: ${stderr.trim().split('\n', 1)[0] || `exit ${exit}`}`);
}

async function writeFile(text: string | null): Promise<void> {
  // On a full disk even the same could not be written once more.
  if (text === (await fileNow())) return;
  const folder = dirname(table.TABLE_PATH);
  if (text !== null) {
    const made = await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      return false;
    });
    // Everybody may read it, whatever the mask of this process takes away. One that is there may be somebody's choice.
    if (made !== false) await chmod(folder, 0o755);
    return writeWhole(table.TABLE_PATH, text, { mode: 0o644 });
  }
  await unlink(table.TABLE_PATH).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await syncFolder(folder).catch(() => {});
  await rmdir(folder).catch(() => {}); // others may keep files there
}

function textOf(snapshot: Snapshot): string | null {
  const file = find(snapshot, table.TABLE_FILE);
  return file === undefined || file.failure !== null ? null : file.stdout;
}

export async function saveTable(snapshot: Snapshot, operations: readonly Operation[]): Promise<TableBefore> {
  const states = [snapshot, ...operations.map((_, at) => predict(snapshot, operations.slice(0, at + 1)))];
  const between = states.flatMap((state) => textOf(state) ?? []).map(sha256);
  return { schema: 1, layer: 'table', file: await fileNow(), kernel: await kernelNow(), between };
}

/** Was the file saved as the snapshot has it? */
export const isAsRead = (before: TableBefore, snapshot: Snapshot): boolean => before.file === textOf(snapshot);

/** One step: the kernel first, so that what closes, closes. */
export async function carryOutTable(expected: Snapshot): Promise<void> {
  const text = textOf(expected);
  await load(text ?? table.NO_TABLE);
  await writeFile(text);
  if (((await kernelNow()) === null) !== (text === null)) throw new Error('nft did not keep the table');
}

export async function hashTable(): Promise<Readonly<Record<string, string | null>>> {
  const text = await fileNow();
  return { [table.TABLE_PATH]: text === null ? null : sha256(text) };
}

/** The file, if it holds what neither the change nor what was before it can have left. */
export async function foreignTable(before: TableBefore): Promise<readonly string[]> {
  const text = await fileNow();
  const known = text === null || text === before.file || before.between.includes(sha256(text));
  return known ? [] : [table.TABLE_PATH];
}

/** Kernel and file as they were saved. Throws with what failed, after doing all that could be done. */
export async function restoreTable(before: TableBefore): Promise<void> {
  let failure: unknown = null;
  await load(`${table.NO_TABLE}${before.kernel ?? ''}`).catch((error: unknown) => (failure = error));
  await writeFile(before.file).catch((error: unknown) => (failure ??= error));
  if (failure !== null) throw failure;
}
