/**
 * Carrying a plan out on Windows, as the person who asks: look again -> write it down -> have it done as administrator ->
 * look and judge anew -> keep, or have it put back. Only what was seen counts, whatever the script says of itself.
 *
 * There is no helper that checks the plan a second time with other rights: what Windows asks about is this process's word
 * (docs/THREAT-MODEL.md). Putting back is asked for once more, since nothing with an administrator's rights waits.
 */
import type { Change, Operation, Plan, Report, Snapshot } from '../../../core/model.ts';
import { doingOf } from '../../../core/plan/called.ts';
import { cutting, noteWords, planId, sessionsOf } from '../../../core/plan/index.ts';
import { type Cause, problem } from '../../../core/problem.ts';
import type { Note } from '../../../core/told.ts';
import { byHand } from '../by-hand.ts';
import { checkedAfter } from '../checked.ts';
import { sha256 } from '../files.ts';
import { causeOf, type Tell } from '../prepare.ts';
import type { Done } from '../protocol.ts';
import { differences, isBlind, judge, stale } from '../recheck.ts';
import { changesOf, events, newId, note } from './journal.ts';
import { locked } from './lock.ts';
import { lookAt, type Outcome, refused, runElevated, unheard } from './run.ts';
import type { WindowsSystem } from './system.ts';

const operationsOf = ({ steps }: Plan): readonly Operation[] => steps.map(({ operation }) => operation);

/** Only what this part does, whole, and nothing that would have to be put back by itself later. */
function demandOwn(plan: Plan): void {
  const { id, ...body } = plan;
  if (planId(body, sha256) !== id) throw problem('bad-input', { kind: 'plan-refused', why: { is: 'id' } });
  if (plan.layers.join() !== 'windows')
    throw problem('bad-input', { kind: 'plan-refused', why: { is: 'other-layers' } });
  if (plan.confirmWithin !== null) {
    const command = byHand(plan.choice).replace(/^sudo /, '');
    throw problem('unsupported', { kind: 'unconfirmable-here', command });
  }
}

/** Throws a ProblemError: `stale-plan`, `cancelled`, `rolled-back`, `busy`, `failed`, … */
export async function applyOnWindows(plan: Plan, tell: Tell, system: WindowsSystem): Promise<Done> {
  demandOwn(plan);
  return locked(system.folder, { what: plan.summary, doing: doingOf(plan) }, () => carryThrough(plan, tell, system));
}

async function carryThrough(plan: Plan, tell: Tell, system: WindowsSystem): Promise<Done> {
  const { folder } = system;
  const of = plan.steps.length;
  tell({ phase: 'check', text: 'Reading the rules again', done: 0, of });
  const list = await events(folder);
  const changes = changesOf(list);
  const before = await system.gather();
  const expected = system.recheck(plan, before, changes);
  // Somebody may have connected since the plan was made.
  const now = judge(before);
  cutting(plan.choice, sessionsOf(before, now), now, expected);
  const at = new Date().toISOString();
  const id = newId(list, at, plan);
  const change: Change = { id, at, summary: plan.summary, layers: plan.layers, plan, state: 'applied', note: null };
  const begun: Begun = {
    change,
    changes: [change, ...changes],
    before,
    // Worked out before anything is done, so that it does not hang on what can be read afterwards.
    back: system.takeBack([change, ...changes], change, system.predict(before, operationsOf(plan))).operations,
  };
  // What cannot be written down, or not as a script, is not begun.
  system.script(begun.back);
  tell({ phase: 'save', text: 'Writing down what will be done', done: 0, of });
  await note(folder, { event: 'begin', id, at, plan });
  tell({ phase: 'step', text: plan.summary, done: 0, of });
  const outcome = await runElevated(operationsOf(plan), plan.choice, system).catch(async (error: unknown) => {
    await drop(begun, system);
    throw error;
  });
  switch (outcome.is) {
    case 'nothing':
      await drop(begun, system);
      throw outcome.because;
    case 'stale':
      await drop(begun, system);
      throw stale({ is: 'rules' });
    case 'put-back':
      // Nobody is asked once more where nothing of it is seen to be left.
      throw await putBack(begun, outcome.cause, tell, system, (now) => nothingStands(begun, now, system));
    case 'half':
      throw await putBack(begun, outcome.cause, tell, system);
    case 'unheard':
      // It may go on for a while: the journal stays open, and the history says that it may be in force.
      if (outcome.late) throw unheard(change);
      return verify(begun, expected, outcome, tell, system);
    case 'done':
      return verify(begun, expected, null, tell, system);
  }
}

interface Begun {
  readonly change: Change;
  /** With it, newest first. */
  readonly changes: readonly Change[];
  readonly before: Snapshot;
  /** What takes it back, as far as that could be told beforehand. */
  readonly back: readonly Operation[];
}

/** `silence`: how it ended was not heard; null: it said that it is done. What its end could not tell, the computer may. */
async function verify(
  begun: Begun,
  expected: Report,
  silence: (Outcome & { readonly is: 'unheard' }) | null,
  tell: Tell,
  system: WindowsSystem,
): Promise<Done> {
  const { change, before } = begun;
  const { plan } = change;
  const of = plan.steps.length;
  tell({ phase: 'verify', text: 'Checking who can reach what now', done: of, of });
  const [now, found] = await readAnew(expected, system);
  if (silence !== null && system.digest(now) === system.digest(before)) {
    // What may still come is in force then: only of what is over can it be said that it came to nothing.
    if (silence.over) await drop(begun, system);
    throw silence.refused ? refused() : unheard(silence.over ? null : change);
  }
  const wrong = differences(plan, expected, found);
  // Nor is it put back while it may still go on: it would come after that, and be in no history.
  if (wrong.length > 0 && silence?.over === false) throw unheard(change);
  if (wrong.length > 0) throw await putBack(begun, { kind: 'found', wrong: wrong.slice(0, 3) }, tell, system);
  await end(begun, 'applied', null, system);
  return { change, checked: checkedAfter(plan, found), verified: true, transcripts: [] };
}

/** What could not be read at once may be read a moment later. */
async function readAnew(expected: Report, system: WindowsSystem): Promise<readonly [Snapshot, Report]> {
  const first = await system.gather();
  const judged = judge(first);
  if (!isBlind(expected, judged)) return [first, judged];
  const second = await system.gather();
  return [second, judge(second)];
}

/**
 * Have it put back, and see whether it is. Gives what is to be said.
 *
 * @param isBack is it back already, as far as can be seen? What else has changed since is then somebody else's.
 */
async function putBack(
  begun: Begun,
  cause: Cause,
  tell: Tell,
  system: WindowsSystem,
  isBack: (now: Snapshot) => boolean = () => false,
): Promise<Error> {
  const { change, before } = begun;
  tell({ phase: 'put-back', text: 'Putting everything back', done: null, of: null });
  const says: Note = { kind: 'not-as-planned', cause, files: [] };
  const failed = async (failure: Cause): Promise<Error> => {
    await end(begun, 'failed', says, system).catch(() => {});
    return problem('failed', { kind: 'not-put-back', cause, failure, look: lookAt(begun.back) });
  };
  try {
    const now = await system.gather();
    if (system.digest(now) !== system.digest(before) && !isBack(now)) {
      const outcome = await runElevated(wayBack(begun, now, system), change.plan.choice, system);
      switch (outcome.is) {
        case 'nothing':
          return await failed(causeOf(outcome.because));
        case 'stale':
          return await failed(causeOf(stale({ is: 'rules' })));
        case 'put-back':
        case 'half':
          return await failed(outcome.cause);
        case 'unheard':
          // It may do the half of it later: what stands then is to be in the history.
          if (!outcome.over) return await failed(causeOf(unheard(change)));
          break;
        case 'done':
      }
    }
    const after = await system.gather();
    if (system.takeBack(begun.changes, change, after).operations.length > 0) return await failed(cause);
    const other = differences(change.plan, judge(before), judge(after));
    if (other.length > 0) return await failed({ kind: 'found', wrong: other.slice(0, 3) });
    await end(begun, 'rolled-back', says, system).catch(() => {});
    const whole = system.digest(after) === system.digest(before);
    return problem('rolled-back', { kind: 'put-back', cause, whole });
  } catch (error) {
    return failed(causeOf(error));
  }
}

/** False also where the rules cannot be read. */
function nothingStands({ change, changes }: Begun, now: Snapshot, { takeBack }: WindowsSystem): boolean {
  try {
    return takeBack(changes, change, now).operations.length === 0;
  } catch {
    return false;
  }
}

/** From the rules as they stand, or where those cannot be read, as it was worked out beforehand. */
function wayBack({ change, changes, back }: Begun, now: Snapshot, system: WindowsSystem): readonly Operation[] {
  try {
    const { operations } = system.takeBack(changes, change, now);
    return operations.length > 0 ? operations : back;
  } catch {
    return back;
  }
}

const drop = ({ change: { id } }: Begun, { folder }: WindowsSystem): Promise<void> =>
  note(folder, { event: 'dropped', id, at: new Date().toISOString() }).catch(() => {});

const end = ({ change: { id } }: Begun, state: Change['state'], says: Note | null, { folder }: WindowsSystem) =>
  note(folder, {
    event: 'end',
    id,
    at: new Date().toISOString(),
    state,
    ...(says === null ? { note: null } : { note: noteWords(says), says }),
  });
