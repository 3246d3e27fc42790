/**
 * The journal of changes on Windows, in the person's own folder: `%LOCALAPPDATA%\Portcullis\journal.jsonl`, one JSON line an
 * event, on the disk before anything is done. There is no helper that could keep it from that person, so whatever runs as
 * this person can write into it: an undo is made of typed operations alone, and shown before Windows asks.
 *
 * A last line that was cut off is a write that did not come to its end; any other line that is not exactly an event means
 * that the file is damaged: it is told, nothing is changed any more, and nothing is written over it.
 */
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change, ChangeState, Plan } from '../../../core/model.ts';
import { noteWords, planId, withUndone } from '../../../core/plan/index.ts';
import { ProblemError, problem } from '../../../core/problem.ts';
import type { Note } from '../../../core/told.ts';
import { sha256 } from '../files.ts';
import { withKnownNote } from '../known-note.ts';

export type Event =
  | { readonly event: 'begin'; readonly id: string; readonly at: string; readonly plan: Plan }
  /** It did not come to anything: nobody agreed, or the rules were others. */
  | { readonly event: 'dropped'; readonly id: string; readonly at: string }
  /** Taking it back begins; `kept`: it came to nothing. */
  | { readonly event: 'undo' | 'kept'; readonly id: string; readonly at: string }
  | {
      readonly event: 'end';
      readonly id: string;
      readonly at: string;
      readonly state: ChangeState;
      readonly note: string | null;
      /** See `Change`. */
      readonly says?: Note;
    };

const ID = /^[0-9a-zT-]{8,64}$/;
const STATES: ReadonlySet<string> = new Set<ChangeState>(['applied', 'undone', 'rolled-back', 'failed', 'waiting']);

export const journalPath = (folder: string): string => join(folder, 'journal.jsonl');

/** Null: it is none. A plan must be the one that its own id was made of. */
function eventIn(line: string): Event | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { event, id, at, plan, state } = value as Partial<Record<string, unknown>>;
  if (typeof id !== 'string' || !ID.test(id) || typeof at !== 'string' || Number.isNaN(Date.parse(at))) return null;
  switch (event) {
    case 'begin':
      return isOwn(plan) ? (value as Event) : null;
    case 'end':
      return STATES.has(String(state)) ? (value as Event) : null;
    case 'dropped':
    case 'undo':
    case 'kept':
      return value as Event;
    default:
      return null;
  }
}

function isOwn(plan: unknown): boolean {
  if (typeof plan !== 'object' || plan === null) return false;
  const { id, ...body } = plan as Plan;
  return Array.isArray(body.steps) && Array.isArray(body.layers) && planId(body, sha256) === id;
}

/** All events, oldest first. Throws a ProblemError where the file is damaged, or may not be read. */
export async function events(folder: string): Promise<readonly Event[]> {
  const path = journalPath(folder);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw problem('failed', { kind: 'journal-unreadable', path });
  });
  const lines = text.split('\n');
  // What stands behind the last line's end was cut off.
  lines.pop();
  return lines.flatMap((line): readonly Event[] => {
    if (line.endsWith(CUT)) return [];
    const event = eventIn(line);
    if (event === null) throw problem('failed', { kind: 'journal-damaged', path });
    return [event];
  });
}

/** Put behind what was cut off, so that it is known for that: CAN, which no JSON holds. */
const CUT = '\u0018';

/** Append and wait until it is on the disk. Throws a ProblemError. */
export async function note(folder: string, event: Event): Promise<void> {
  const path = journalPath(folder);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(path, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      const start = size > 0 && last.toString() !== '\n' ? `${CUT}\n` : '';
      await file.writeFile(`${start}${JSON.stringify(event)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw problem('failed', { kind: 'journal-unwritten', path, said: (error as Error).message });
  }
}

const MAY_STAND = { kind: 'may-stand' } as const;

/** Changes newest first, each with the state that it was left in. */
export function changesOf(list: readonly Event[]): readonly Change[] {
  const changes = list
    .flatMap((begin): readonly Change[] => {
      if (begin.event !== 'begin') return [];
      const { id, at, plan } = begin;
      const own = list.filter((one) => one.id === id);
      if (own.some(({ event }) => event === 'dropped')) return [];
      const end = own.findLast((one) => one.event === 'end');
      const known =
        end?.event === 'end'
          ? { state: end.state, note: end.note, ...(end.says === undefined ? {} : { says: end.says }) }
          : ({ state: 'failed', note: noteWords(MAY_STAND), says: MAY_STAND } as const);
      return [{ id, at, summary: plan.summary, layers: plan.layers, plan, ...known }];
    })
    .toReversed();
  return withUndone(changes.map(withKnownNote));
}

/** An id that no change has. */
export function newId(list: readonly Event[], at: string, plan: Plan): string {
  const stem = `${at.replace(/[-:]|\.\d+Z/g, '')}-${plan.id.slice(0, 8)}`;
  for (let count = 0; ; count++) {
    const id = count === 0 ? stem : `${stem}-${count}`;
    if (!list.some((one) => one.id === id)) return id;
  }
}

/** Was taking it back begun, without a word of how that ended? */
export function isHalfBack(list: readonly Event[], id: string): boolean {
  return list.findLast((one) => one.id === id)?.event === 'undo';
}
