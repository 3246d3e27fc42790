/**
 * What the helper keeps, for root alone: a journal (one JSON line an event, on the disk before anything is done) and, for
 * each change, what was there before it. `/var/lib/portcullis/{lock,journal.jsonl,changes/<id>/before.json}`.
 */
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { problem } from '../../core/problem.ts';
import type { Change, ChangeState, Plan } from '../../core/model.ts';
import { noteWords, withUndone } from '../../core/plan/index.ts';
import type { Note } from '../../core/told.ts';
import { syncFolder, writeWhole } from './files.ts';
import { withKnownNote } from './known-note.ts';
import { type Before, beforeSchema, type Left } from './layers/index.ts';

const ROOT = '/var/lib/portcullis';
export const LOCK = `${ROOT}/lock`;
const JOURNAL = `${ROOT}/journal.jsonl`;
export const folderOf = (id: string): string => `${ROOT}/changes/${id}`;

const CHANGE_ID = /^[0-9a-zT-]{8,64}$/;

/** `left`: hashes of the layer's files when that was done. */
export type Event =
  | {
      readonly event: 'begin';
      readonly id: string;
      readonly at: string;
      readonly plan: Plan;
      /** See `Change`. */
      readonly rules?: readonly string[];
    }
  | { readonly event: 'step'; readonly id: string; readonly left: Left }
  | {
      readonly event: 'waiting';
      readonly id: string;
      readonly at: string;
      readonly deadline: string;
      readonly left: Left;
    }
  | { readonly event: 'undo'; readonly id: string; readonly at: string }
  | {
      readonly event: 'end';
      readonly id: string;
      readonly at: string;
      readonly state: ChangeState;
      readonly note: string | null;
      /** See `Change`. */
      readonly says?: Note;
      readonly left: Left;
      /** False: it was put back, but not all of it could be. */
      readonly ours?: boolean;
    };

async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const stat = await lstat(path);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) {
    throw problem('failed', { kind: 'folder-not-roots', path });
  }
  // What lies in it is believed, so nobody else may ever have been able to write there.
  if ((stat.mode & 0o022) !== 0) {
    throw problem('failed', { kind: 'folder-open', path });
  }
  if ((stat.mode & 0o077) !== 0) await chmod(path, 0o700);
}

export async function openStore(): Promise<void> {
  await privateFolder(ROOT);
  await privateFolder(`${ROOT}/changes`);
}

/** A new id, taken by making its folder. */
export async function newChange(now: Date, planIdText: string): Promise<string> {
  const stamp = now.toISOString().replace(/[-:]|\.\d+Z/g, '');
  for (let count = 0; ; count++) {
    const id = `${stamp}-${planIdText.slice(0, 8)}${count === 0 ? '' : `-${count}`}`;
    const made = await mkdir(folderOf(id), { mode: 0o700 }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    if (made) {
      await syncFolder(`${ROOT}/changes`);
      return id;
    }
  }
}

/** Forget a change that was never begun. */
export async function dropChange(id: string): Promise<void> {
  await rm(folderOf(id), { recursive: true, force: true });
}

/** The same for all of which no event tells: the helper was killed before it began them. */
export async function dropUnbegun(list: readonly Event[]): Promise<void> {
  const known = new Set(list.map(({ id }) => id));
  for (const id of await readdir(`${ROOT}/changes`)) if (CHANGE_ID.test(id) && !known.has(id)) await dropChange(id);
}

export async function keepBefore(id: string, before: Before): Promise<void> {
  await writeWhole(`${folderOf(id)}/before.json`, JSON.stringify(before), { mode: 0o600 });
}

/** Nothing was saved for it: its folder was taken back before anything was done. */
export const isDropped = (id: string): Promise<boolean> =>
  lstat(folderOf(id)).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );

export async function readBefore(id: string): Promise<Before> {
  if (!CHANGE_ID.test(id)) throw problem('bad-input', { kind: 'not-an-id' });
  const text = await readFile(`${folderOf(id)}/before.json`, 'utf8').catch(() => null);
  const parsed = beforeSchema.safeParse(text === null ? null : JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw problem('failed', { kind: 'saved-unreadable' });
}

/** Append and wait until it is on the disk. */
export async function note(event: Event): Promise<void> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;
  const file = await open(JOURNAL, flags, 0o600);
  try {
    // A line that a power loss or a full disk cut off must not swallow this one.
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const start = size > 0 && last.toString() !== '\n' ? '\n' : '';
    await file.writeFile(`${start}${JSON.stringify(event)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(ROOT);
}

/** All events, oldest first. A line that was cut off does not count. */
export async function events(): Promise<readonly Event[]> {
  const text = await readFile(JOURNAL, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line): readonly Event[] => {
    if (line === '') return [];
    try {
      return [JSON.parse(line) as Event];
    } catch {
      return [];
    }
  });
}

/** Was all of it put back? What does not say so was ended by an older helper, or never put back. */
export const isPutBack = (list: readonly Event[], id: string): boolean => {
  const end = list.findLast((one) => one.event === 'end' && one.id === id);
  return end?.event !== 'end' || end.ours !== false;
};

type Known = Pick<Change, 'state' | 'note' | 'says' | 'deadline'>;

const INTERRUPTED = { kind: 'interrupted' } as const;
const interrupted: Known = { state: 'failed', note: noteWords(INTERRUPTED), says: INTERRUPTED };

const ended = ({ state, note, says }: Event & { readonly event: 'end' }): Known => ({
  state,
  note,
  ...(says === undefined ? {} : { says }),
});

const waitingOf = (event: Event | undefined): Known | null =>
  event?.event === 'waiting' ? { state: 'waiting', note: null, deadline: event.deadline } : null;

/** Changes newest first, each with the state that it was left in. */
export function changesOf(list: readonly Event[]): readonly Change[] {
  const changes = list
    .flatMap((begin): readonly Change[] => {
      if (begin.event !== 'begin') return [];
      const end = list.findLast((one) => one.event === 'end' && one.id === begin.id);
      const { id, at, plan } = begin;
      const waiting = list.find((one) => one.event === 'waiting' && one.id === begin.id);
      const known = end?.event === 'end' ? ended(end) : (waitingOf(waiting) ?? interrupted);
      return [
        {
          id,
          at,
          summary: plan.summary,
          layers: plan.layers,
          plan,
          ...(begin.rules === undefined ? {} : { rules: begin.rules }),
          ...known,
        },
      ];
    })
    .toReversed();
  return withUndone(changes.map(withKnownNote));
}
