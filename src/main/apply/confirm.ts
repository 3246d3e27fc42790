/**
 * Deciding about a waiting change from another place than where it was made, as root. The helper that waits decides: it
 * is left a mark, and only what the journal then says counts. Where that helper is gone, the change is put back.
 */
import type { Change } from '../../core/model.ts';
import { problem } from '../../core/problem.ts';
import { lookWords } from './layers/index.ts';
import type { Lock } from './lock.ts';
import { mark, unmark } from './marker.ts';
import type { Done, Word } from './protocol.ts';
import { recover } from './recover.ts';
import type { Tell } from './prepare.ts';
import { changesOf, events } from './store.ts';

type Result = Omit<Done, 'transcripts'>;
/** The lock, or null while somebody has it. */
type TryLock = () => Promise<Lock | null>;

/** Milliseconds between two looks at the journal, and after which it is asked whether the other helper still lives. */
const LOOK = 200;
const PATIENCE = 1500;
/** Milliseconds after which a helper that lives and does not answer is not waited for any more: it may be stopped. */
const LONGEST = 120_000;

const find = async (id: string): Promise<Change | undefined> => changesOf(await events()).find((one) => one.id === id);

/** The change that waits now; `id` null: whichever does. */
export async function waitingChange(id: string | null): Promise<Change | null> {
  const change = changesOf(await events()).find((one) => one.state === 'waiting');
  return change === undefined || (id !== null && change.id !== id) ? null : change;
}

/** Leave the word and see what becomes of the change; null: nobody waits for a word any more. */
export async function leaveWord(id: string, word: Word, tryLock: TryLock): Promise<Change | null> {
  await mark(id, word);
  for (let waited = 0; ; waited += LOOK) {
    const change = await find(id);
    if (change !== undefined && change.state !== 'waiting') return change;
    if (waited >= PATIENCE) {
      const lock = await tryLock();
      await lock?.release();
      if (lock !== null) {
        await unmark(id);
        // Whoever waited may have ended since the last look, with a word for the journal.
        const now = await find(id);
        return now === undefined || now.state === 'waiting' ? null : now;
      }
    }
    if (waited >= LONGEST) {
      throw problem('busy', { kind: 'silent-holder' });
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}

/** Neither kept nor put back: another program had changed the rules meanwhile. */
export const unrestored = (change: Pick<Change, 'note' | 'says' | 'layers'>) =>
  problem('failed', { kind: 'not-restored', note: noteOf(change), look: lookWords(change.layers) });

const gone = (change: Pick<Change, 'note' | 'says'>) =>
  problem('rolled-back', { kind: 'too-late', note: noteOf(change) });

/** What became of it as data, where it is known so. */
const noteOf = ({ note, says }: Pick<Change, 'note' | 'says'>) => says ?? note;

/** Keep the change. Throws a ProblemError where it does not wait (any more); `rolled-back` where it was put back. */
export async function confirmChange(id: string, tell: Tell, tryLock: TryLock): Promise<Result> {
  const change = await find(id);
  if (change === undefined) {
    throw problem('bad-input', { kind: 'no-such-change' });
  }
  if (change.state === 'failed') {
    throw problem('failed', { kind: 'does-not-wait', note: noteOf(change), look: lookWords(change.layers) });
  }
  const now = change.state === 'waiting' ? await leaveWord(id, 'confirm', tryLock) : change;
  if (now === null) return abandoned(id, tell, tryLock);
  if (now.state === 'failed') throw unrestored(now);
  if (now.state !== 'applied') throw gone(now);
  if (change.state === 'applied') {
    throw problem('nothing-to-do', { kind: 'kept-already', change: id });
  }
  return { change: now, checked: [{ kind: 'stays' }], verified: true };
}

/** The helper that waited has ended without a word, so nothing guarded the change: it is put back, as was announced. */
async function abandoned(id: string, tell: Tell, tryLock: TryLock): Promise<never> {
  const lock = await tryLock();
  if (lock === null) {
    throw problem('busy', { kind: 'busy', holder: null, retry: false });
  }
  try {
    await recover(tell);
  } finally {
    await lock.release();
  }
  const now = await find(id);
  throw now?.state === 'failed' ? unrestored(now) : gone(now ?? { note: null });
}
