/** A word of somebody at another terminal, laid where only root can lay it: the helper that waits looks there. */
import { readFile, rm } from 'node:fs/promises';
import { writeWhole } from './files.ts';
import { type Word, WORDS } from './protocol.ts';
import { folderOf } from './store.ts';

const markerOf = (id: string): string => `${folderOf(id)}/word`;

export const mark = (id: string, word: Word): Promise<void> => writeWhole(markerOf(id), word, { mode: 0o600 });

export async function marked(id: string): Promise<Word | null> {
  const text = await readFile(markerOf(id), 'utf8').catch(() => '');
  return WORDS.find((word) => word === text) ?? null;
}

export const unmark = (id: string): Promise<void> => rm(markerOf(id), { force: true });
