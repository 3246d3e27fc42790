/**
 * The last part of a change that has to be confirmed, as root: it is in force and in the journal as waiting; then
 * somebody keeps it, or it is put back. The end of the caller, and of its pipe, is no answer: the deadline decides.
 */
import type { Change } from '../../core/model.ts';
import { noteWords } from '../../core/plan/english/notes.ts';
import { ProblemError, problem, type WaitedWhy } from '../../core/problem.ts';
import { makeReport } from '../../core/report.ts';
import type { Checked, Note } from '../../core/told.ts';
import { gather, readPrivileged } from '../gather/index.ts';
import { checkedBack } from './checked-back.ts';
import { standDown } from './files.ts';
import type { Input } from './input.ts';
import { marked, unmark } from './marker.ts';
import type { Done, HelperLine, Word } from './protocol.ts';
import { type Before, foreignFiles, type Left, leftBy, lookWords, restore } from './layers/index.ts';
import { causeOf, type Tell } from './prepare.ts';
import { note } from './store.ts';

/** The one who ordered the change. */
export interface Caller {
  readonly input: Input;
  readonly say: (line: HelperLine) => void;
  readonly tell: Tell;
}

interface Waiting {
  readonly change: Change;
  readonly within: number;
  readonly checked: Done['checked'];
  /** What people should know while it waits, or null. */
  readonly aside: Checked | null;
  readonly before: Before;
  /** What each step left. */
  readonly seen: readonly Left[];
}

type Result = Omit<Done, 'transcripts'>;
type Decision = Word | 'deadline';

/** Milliseconds between two looks for a word from elsewhere. */
const LOOK = 200;

/** The first word that counts. A clock that is put back, or a computer that sleeps, must not make the time longer. */
function decided(id: string, { within, until }: { within: number; until: number }, { input }: Caller) {
  return new Promise<Decision>((resolve) => {
    const end = performance.now() + within * 1000;
    let timer: NodeJS.Timeout;
    let word: Decision | null = null;
    const settle = (decision: Decision): void => {
      word ??= decision;
      clearTimeout(timer);
      resolve(word);
    };
    const look = async (): Promise<void> => {
      const mark = await marked(id);
      if (mark !== null) return settle(mark);
      if (performance.now() >= end || Date.now() >= until) return settle('deadline');
      if (word === null) timer = setTimeout(() => void look(), LOOK);
    };
    input.onWord(settle);
    void look();
  });
}

/** Wait for the word, and do what it says. Throws a ProblemError where putting back did not go as it should. */
export async function settle(waiting: Waiting, caller: Caller): Promise<Result> {
  const { change, within, checked, aside } = waiting;
  let decision: Decision;
  try {
    const transcripts = await readPrivileged(true);
    const until = Date.now() + within * 1000;
    const deadline = new Date(until).toISOString();
    const now: Change = { ...change, state: 'waiting', deadline };
    await note({
      event: 'waiting',
      id: change.id,
      at: new Date().toISOString(),
      deadline,
      left: await leftBy(change.plan),
    });
    const word = decided(change.id, { within, until }, caller);
    const told = aside === null ? checked : [...checked, aside];
    caller.say({ type: 'waiting', value: { change: now, checked: told, verified: true, transcripts } });
    decision = await word;
    if (decision === 'confirm') {
      await note({
        event: 'end',
        id: change.id,
        at: new Date().toISOString(),
        state: 'applied',
        note: null,
        left: await leftBy(change.plan),
      });
      await unmark(change.id).catch(() => {});
      await standDown();
      return { change, checked, verified: true };
    }
  } catch (error) {
    return putBack(waiting, { state: 'rolled-back', why: { kind: 'unable-to-wait', reason: causeOf(error) } }, caller);
  }
  return putBack(
    waiting,
    decision === 'undo'
      ? { state: 'undone', why: { kind: 'unwanted' } }
      : { state: 'rolled-back', why: { kind: 'unconfirmed', seconds: within } },
    caller,
  );
}

async function putBack(
  { change, before, seen }: Waiting,
  { state, why }: { readonly state: 'undone' | 'rolled-back'; readonly why: WaitedWhy },
  { tell }: Caller,
): Promise<Result> {
  tell({ phase: 'put-back', text: 'Putting everything back', done: null, of: null });
  const { id, plan } = change;
  const end = async (as: Change['state'], told: Pick<Change, 'note' | 'says'>, ours = true): Promise<void> =>
    note({ event: 'end', id, at: new Date().toISOString(), state: as, ...told, left: await leftBy(plan), ours });
  const foreign = await foreignFiles(before, seen);
  if (foreign.length > 0) {
    const says: Note = { ...why, back: { files: foreign } };
    await end('failed', { note: noteWords(says), says }).catch(() => {});
    throw problem('drift', { kind: 'waited-left', waited: why, files: foreign, look: lookWords(plan.layers) });
  }
  try {
    const { ours, whole } = await restore(before);
    const says: Note = { ...why, back: whole ? 'whole' : 'but-others' };
    const told = state === 'undone' && whole ? { note: null } : { note: noteWords(says), says };
    await end(state, told, ours).catch(() => {});
    await unmark(id).catch(() => {});
    const report = makeReport(await gather({}), { kept: new Set() });
    return {
      change: { ...change, state, ...told },
      checked: checkedBack(plan, report, ours),
      verified: ours,
    };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw problem('failed', {
      kind: 'waited-not-put-back',
      waited: why,
      failure: causeOf(error),
      look: lookWords(plan.layers),
    });
  }
}
