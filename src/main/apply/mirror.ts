/** The user's own copy of the history, for whoever may not read root's journal. It is only ever shown, never acted on. */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { Change } from '../../core/model.ts';
import { noteWords, withUndone } from '../../core/plan/index.ts';
import { withKnownNote } from './known-note.ts';

function mirrorPath(): string {
  const state = process.env['XDG_STATE_HOME'] ?? '';
  return join(isAbsolute(state) ? state : join(homedir(), '.local/state'), 'portcullis', 'history.jsonl');
}

/** Keep a change. A copy that cannot be written must not spoil a change that was made: it is left out. */
export async function mirror(change: Change): Promise<void> {
  const path = mirrorPath();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    .then(() => appendFile(path, `${JSON.stringify(change)}\n`, { mode: 0o600 }))
    .catch(() => {});
}

/** Newest first; the last word on each change counts. */
export async function mirrored(): Promise<readonly Change[]> {
  const text = await readFile(mirrorPath(), 'utf8').catch(() => '');
  const changes = new Map<string, Change>();
  for (const line of text.split('\n')) {
    try {
      if (line === '') continue;
      const change = JSON.parse(line) as Change;
      changes.set(change.id, withKnownNote(change));
    } catch {
      // A line that was cut off says nothing.
    }
  }
  return withUndone([...changes.values()].map(overdue).toReversed());
}

const UNHEARD = { kind: 'unheard' } as const;

/** Nobody here heard what became of it: the deadline decided, or a word from elsewhere. */
const overdue = (change: Change): Change =>
  change.state !== 'waiting' || Date.parse(change.deadline ?? '') > Date.now() - LATE
    ? change
    : {
        ...change,
        state: 'rolled-back',
        note: noteWords(UNHEARD),
        says: UNHEARD,
      };

/** Milliseconds that putting back may take. */
const LATE = 60_000;
