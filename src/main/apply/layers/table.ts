/** Portcullis's own table, as root: its file whole or not at all, and the kernel's copy in one transaction of nft. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rmdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { table } from '../../../core/firewalls/registry.ts';
import type { Snapshot } from '../../../core/model.ts';
import { find } from '../../../core/transcripts.ts';
import { putBack, saveFile, savedFileSchema, sha256, standBy, syncFolder, writeWhole } from '../files.ts';
import type { PutBack } from '../kernel.ts';
import { run } from '../run.ts';
import { outputOrExit, StepError, wholeOrExit } from '../step-error.ts';
import type { Left, LayerWork } from './layer.ts';

const FOLDER = dirname(table.TABLE_PATH);
const LIST = ['list', 'table', 'inet', 'portcullis'] as const;

export const tableBeforeSchema = z.strictObject({
  layer: z.literal('nftables'),
  /** null: there was none. */
  file: savedFileSchema.extend({ path: z.literal(table.TABLE_PATH) }).nullable(),
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
  const ran = await run('nft', LIST);
  const { exit, stdout, stderr } = ran;
  if (exit === 0) return stdout;
  if (exit === 1 && /No such file or directory/.test(stderr)) return null;
  throw new StepError({ kind: 'listing', program: 'nft', output: wholeOrExit(ran) });
}

/** `hold`: see `lock.ts`. */
async function load(text: string, hold?: number): Promise<void> {
  const ran = await run('nft', ['-f', '-'], { input: text, ...(hold === undefined ? {} : { hold }) });
  if (ran.exit !== 0) throw new StepError({ kind: 'program', program: 'nft', output: outputOrExit(ran) });
}

async function makeFolder(): Promise<void> {
  const made = await mkdir(FOLDER).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      return false;
    },
  );
  // Everybody may read it, whatever the mask of this process takes away. One that is there may be somebody's choice.
  if (made) await chmod(FOLDER, 0o755);
}

async function writeFile(text: string): Promise<void> {
  // On a full disk even the same could not be written once more.
  if (text === (await fileNow())) return;
  await makeFolder();
  await writeWhole(table.TABLE_PATH, text, { mode: 0o644 });
}

async function removeFile(): Promise<void> {
  await unlink(table.TABLE_PATH).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await syncFolder(FOLDER).catch(() => {});
  await rmdir(FOLDER).catch(() => {}); // others may keep files there
}

function textOf(snapshot: Snapshot): string | null {
  const file = find(snapshot, table.TABLE_FILE);
  return file === undefined || file.failure !== null ? null : file.stdout;
}

async function save(states: readonly Snapshot[]): Promise<TableBefore | null> {
  const between = states.flatMap((state) => textOf(state) ?? []).map(sha256);
  const text = await fileNow();
  const first = states[0];
  if (first === undefined || text !== textOf(first)) return null;
  const file = text === null ? null : await saveFile(table.TABLE_PATH);
  return { layer: 'nftables', file, kernel: await kernelNow(), between };
}

/** One step: the kernel first, so that what closes, closes. */
async function carryOut(expected: Snapshot, hold: number): Promise<void> {
  const text = textOf(expected);
  await load(text ?? table.NO_TABLE, hold);
  await (text === null ? removeFile() : writeFile(text));
  if (((await kernelNow()) === null) !== (text === null)) throw new StepError({ kind: 'table-not-kept' });
}

async function left(): Promise<Left> {
  const text = await fileNow();
  return { [table.TABLE_PATH]: text === null ? null : sha256(text) };
}

/** The file, if it holds what neither the change nor what was before it can have left. */
async function foreign(before: TableBefore): Promise<readonly string[]> {
  const text = await fileNow();
  const known = text === null || sha256(text) === before.file?.sha256 || before.between.includes(sha256(text));
  return known ? [] : [table.TABLE_PATH];
}

/** Kernel and file as they were saved. Throws with what failed, after doing all that could be done. */
async function restore(before: TableBefore): Promise<PutBack> {
  let failure: unknown = null;
  await load(`${table.NO_TABLE}${before.kernel ?? ''}`).catch((error: unknown) => (failure = error));
  const { file } = before;
  const back = file === null ? removeFile() : makeFolder().then(() => putBack(file));
  await back.catch((error: unknown) => (failure ??= error));
  if (failure !== null) throw failure;
  return { ours: true, whole: true };
}

/** Loads the table at every start; the package brings it. */
const TABLE_UNIT = '/usr/lib/systemd/system/portcullis-table.service';

export const tableWork: LayerWork<TableBefore> = {
  save,
  standBy: async ({ file }) => {
    if (file === null) return;
    // A change that took the last block out took the folder with it.
    await makeFolder();
    await standBy(file);
  },
  carryOut: (_, __, expected, hold) => carryOut(expected, hold),
  left,
  foreign,
  restore,
  restored: () => [{ kind: 'rules-back', of: 'own-table' }],
  lasting: () => (existsSync(TABLE_UNIT) ? [] : [{ kind: 'until-restart' }]),
  look: 'sudo nft list table inet portcullis',
  folder: FOLDER,
};
