/** A change or an undo that was cut short is ended before anything else is done, unless somebody else has changed the rules since. */
import { problem } from '../../core/problem.ts';
import type { ChangeState, Plan } from '../../core/model.ts';
import { noteWords } from '../../core/plan/index.ts';
import type { Note } from '../../core/told.ts';
import { standDown } from './files.ts';
import { foreignFiles, leftBy, lookWords, restore, standByAll } from './layers/index.ts';
import { unmark } from './marker.ts';
import { causeOf, type Tell } from './prepare.ts';
import { dropUnbegun, type Event, events, isDropped, note, readBefore } from './store.ts';

export interface Recovered {
  readonly id: string;
  readonly state: ChangeState;
  /** What was done about it. */
  readonly says: Note;
  /** All of it is as it was before. */
  readonly ours: boolean;
}

interface Open {
  readonly id: string;
  readonly plan: Plan;
  readonly undoing: boolean;
}

/** Changes without an end, and undos without one, newest first. */
function openOnes(list: readonly Event[]): readonly Open[] {
  return list
    .flatMap((begin) => {
      if (begin.event !== 'begin') return [];
      const own = list.filter(({ id }) => id === begin.id);
      const undoing = own.findLastIndex(({ event }) => event === 'undo') > own.findLastIndex(isEnd);
      return undoing || !own.some(isEnd) ? [{ id: begin.id, plan: begin.plan, undoing }] : [];
    })
    .toReversed();
}

const isEnd = ({ event }: Event): boolean => event === 'end';

async function finish({ id, plan, undoing }: Open, list: readonly Event[], tell: Tell): Promise<Recovered> {
  const end = async (state: ChangeState, says: Note, ours = true): Promise<Recovered> => {
    const text = noteWords(says);
    const at = new Date().toISOString();
    await note({ event: 'end', id, at, state, note: text, says, left: await leftBy(plan), ours });
    return { id, state, says, ours };
  };
  const before = await readBefore(id).catch(() => null);
  if (before === null) {
    const begun = undoing || list.some((one) => one.id === id && one.event === 'step');
    return !begun && (await isDropped(id))
      ? end('rolled-back', { kind: 'not-begun' })
      : end('failed', { kind: 'unreadable' });
  }
  const foreign = await foreignFiles(
    before,
    list.flatMap((one) => (one.id === id && 'left' in one ? [one.left] : [])),
  );
  if (foreign.length > 0) return end('failed', { kind: 'unrecovered', files: foreign });
  tell({ phase: 'recover', text: 'Putting back a change that was interrupted', done: null, of: null });
  await standByAll(before);
  const { ours, whole } = await restore(before);
  const back = whole ? 'whole' : 'but-others';
  const waited = list.some((one) => one.event === 'waiting' && one.id === id);
  if (waited && !undoing) return end('rolled-back', { kind: 'recovered-waiting', back }, ours);
  return undoing
    ? end('undone', { kind: 'recovered-undo', back }, ours)
    : end('rolled-back', { kind: 'recovered', back }, ours);
}

/** Throws a ProblemError where something could not be put back. */
export async function recover(tell: Tell): Promise<readonly Recovered[]> {
  const list = await events();
  const done: Recovered[] = [];
  for (const open of openOnes(list)) {
    try {
      done.push(await finish(open, list, tell));
    } catch (error) {
      throw problem('failed', { kind: 'not-recovered', cause: causeOf(error), look: lookWords(open.plan.layers) });
    }
  }
  await standDown();
  // What lies about does no harm: a disk that fails here must not hold up what was asked for.
  await dropUnbegun(list).catch(() => {});
  // Whoever took a word may have been killed before it was taken away.
  for (const id of new Set([...list.filter(isEnd), ...done].map((one) => one.id))) await unmark(id).catch(() => {});
  return done;
}
