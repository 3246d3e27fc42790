/**
 * Undoing a change of the journal on Windows: exactly what it did, where that still stands as it left it. Where something
 * of it was changed since, that is told, and a plan shows first what can still be taken back.
 */
import type { Change, Operation, Snapshot } from '../../../core/model.ts';
import { cutting, noteWords, sessionsOf } from '../../../core/plan/index.ts';
import { type Cause, problem } from '../../../core/problem.ts';
import type { Checked, Note } from '../../../core/told.ts';
import { endsBack } from '../ends-back.ts';
import { causeOf, type Tell } from '../prepare.ts';
import type { Done } from '../protocol.ts';
import { differences, judge } from '../recheck.ts';
import { changesOf, type Event, events, isHalfBack, note } from './journal.ts';
import { locked } from './lock.ts';
import { lookAt, refused, runElevated, unheard } from './run.ts';
import type { WindowsSystem } from './system.ts';

/** In force, or perhaps so: interrupted, or not put back. */
const MAY_STAND: ReadonlySet<Change['state']> = new Set(['applied', 'failed']);

/** The change that is meant; the newest where none is named. Throws a ProblemError. */
function wanted(changes: readonly Change[], id: string | undefined): Change {
  const standing = changes.filter(({ state, plan }) => MAY_STAND.has(state) && plan.layers.join() === 'windows');
  const change = id === undefined ? standing[0] : standing.find((one) => one.id === id);
  if (change !== undefined) return change;
  throw id === undefined
    ? problem('unsupported', { kind: 'nothing-to-undo' })
    : problem('bad-input', { kind: 'not-undoable' });
}

/** Throws a ProblemError: `drift` where something of it is another by now, `cancelled`, … */
export async function undoOnWindows(id: string | undefined, tell: Tell, system: WindowsSystem): Promise<Done> {
  const change = wanted(changesOf(await events(system.folder)), id);
  const named = { what: `Undo: ${change.summary}`, doing: { is: 'undo', change: change.id } } as const;
  return locked(system.folder, named, () => takenBack(id, tell, system));
}

async function takenBack(id: string | undefined, tell: Tell, system: WindowsSystem): Promise<Done> {
  const list = await events(system.folder);
  const changes = changesOf(list);
  const change = wanted(changes, id);
  const drifted = () => problem('drift', { kind: 'rules-drifted', change: change.id });
  tell({ phase: 'check', text: 'Checking that nothing else has changed the rules', done: 0, of: 1 });
  const before = await system.gather();
  const { operations, left } = inverse(changes, change, before, system);
  if (operations.length === 0) return nothingLeft(change, list, before, system, drifted());
  if (left) throw drifted();
  // Throws where it cannot be foreseen: then something is not as it was left.
  const expected = judge(system.predict(before, operations));
  const choice = { kind: 'undo', change: change.id } as const;
  const now = judge(before);
  cutting(choice, sessionsOf(before, now), now, expected);
  await note(system.folder, { event: 'undo', id: change.id, at: new Date().toISOString() });
  tell({ phase: 'step', text: `Taking back: ${change.summary}`, done: 0, of: 1 });
  const keep = () =>
    note(system.folder, { event: 'kept', id: change.id, at: new Date().toISOString() }).catch(() => {});
  const outcome = await runElevated(operations, choice, system).catch(async (error: unknown) => {
    await keep();
    throw error;
  });
  switch (outcome.is) {
    case 'nothing':
      await keep();
      throw outcome.because;
    case 'stale':
      await keep();
      throw drifted();
    case 'put-back':
      await keep();
      throw problem('failed', { kind: 'not-undone', cause: outcome.cause, look: lookAt(operations) });
    case 'half':
      throw problem('failed', { kind: 'not-undone', cause: outcome.cause, look: lookAt(operations) });
    case 'unheard':
      if (outcome.late) throw unheard(change);
      break;
    case 'done':
  }
  tell({ phase: 'verify', text: 'Checking who can reach what now', done: 1, of: 1 });
  const [after, rest] = await remaining(changes, change, operations, system);
  const report = judge(after);
  const wrong = differences(change.plan, expected, report);
  if (rest.length > 0) {
    // What may still be going on is not over: the journal stays open.
    if (outcome.is === 'unheard' && !outcome.over) throw unheard(change);
    await keep();
    if (outcome.is === 'unheard') throw outcome.refused ? refused() : unheard(change);
    const cause: Cause = wrong.length > 0 ? { kind: 'found', wrong: wrong.slice(0, 3) } : SAID_DONE;
    throw problem('failed', { kind: 'not-undone', cause, look: lookAt(operations) });
  }
  const asExpected = wrong.length === 0;
  const written = await endUndone(change, null, system);
  return {
    change: { ...withoutNote(change), state: 'undone', note: null },
    checked: [...endsBack(change.plan, report), ...written],
    verified: asExpected,
    transcripts: [],
  };
}

/**
 * What is to be taken back still, after it was done: whether it is undone is seen there, not in what the script says, nor in
 * anything else that may have changed. Throws a ProblemError where that cannot be read, twice: the journal stays open then.
 */
async function remaining(
  changes: readonly Change[],
  change: Change,
  operations: readonly Operation[],
  system: WindowsSystem,
): Promise<readonly [Snapshot, readonly Operation[]]> {
  const look = async (): Promise<readonly [Snapshot, readonly Operation[]]> => {
    const after = await system.gather();
    return [after, inverse(changes, change, after, system).operations];
  };
  try {
    return await look().catch(look);
  } catch (error) {
    throw problem('failed', { kind: 'not-undone', cause: causeOf(error), look: lookAt(operations) });
  }
}

/** The script said that it is done, and it is not. */
const SAID_DONE: Cause = { kind: 'program', program: 'Windows PowerShell', output: { is: 'exit', status: 0 } };

/** `left`: some of it is somebody else's by now. */
function inverse(
  changes: readonly Change[],
  change: Change,
  snapshot: Snapshot,
  { takeBack }: WindowsSystem,
): { readonly operations: readonly Operation[]; readonly left: boolean } {
  // Whether it is in force is what is asked: one that was interrupted counts as one that is.
  const meant: Change = { ...withoutNote(change), state: 'applied', note: null };
  const all = changes.map((one) => (one === change ? meant : one));
  const { operations, left } = takeBack(all, meant, snapshot);
  return { operations, left: left.length > 0 };
}

/** Nothing of it stands: then it was taken back already, or never came to anything; or it is somebody else's by now. */
async function nothingLeft(
  change: Change,
  list: readonly Event[],
  snapshot: Snapshot,
  system: WindowsSystem,
  drifted: Error,
): Promise<Done> {
  const half = isHalfBack(list, change.id);
  if (!half && system.digest(snapshot) !== change.plan.rulesDigest) throw drifted;
  const says: Note = half ? { kind: 'recovered-undo', back: 'whole' } : { kind: 'not-begun' };
  const state = half ? 'undone' : 'rolled-back';
  const written = await endUndone(change, says, system, state);
  return {
    change: { ...withoutNote(change), state, note: noteWords(says), says },
    checked: [{ kind: 'noted', note: says }, ...endsBack(change.plan, judge(snapshot)), ...written],
    verified: true,
    transcripts: [],
  };
}

/** It is undone, whether that can be written down or not: a journal that does not say so has it undone once more. */
async function endUndone(
  { id }: Change,
  says: Note | null,
  { folder }: WindowsSystem,
  state: Change['state'] = 'undone',
): Promise<readonly Checked[]> {
  const words = says === null ? { note: null } : { note: noteWords(says), says };
  return note(folder, { event: 'end', id, at: new Date().toISOString(), state, ...words }).then(
    (): readonly Checked[] => [],
    (error: unknown): readonly Checked[] => [{ kind: 'unwritten', reason: causeOf(error) }],
  );
}

function withoutNote(change: Change): Change {
  const { says: _, ...bare } = change;
  return bare;
}
