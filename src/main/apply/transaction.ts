/**
 * Carrying a plan out, as root: look again -> save -> change step by step -> look and judge anew -> keep, or put back.
 * At the end every listener must be reachable by exactly those that the prediction said.
 */
import { predict } from '../../core/firewalls/registry.ts';
import type { Change, Plan, Report, Snapshot } from '../../core/model.ts';
import { noteWords, rulesBefore } from '../../core/plan/index.ts';
import { type Cause, ProblemError, problem } from '../../core/problem.ts';
import type { Note } from '../../core/told.ts';
import { gather } from '../gather/index.ts';
import { type Alarm, arm } from './alarm.ts';
import { checkedAfter, checkedDropped } from './checked.ts';
import { standDown } from './files.ts';
import {
  type Before,
  carryOut,
  foreignFiles,
  lastingIn,
  type Left,
  leftBy,
  lookWords,
  restore,
  save,
  standByAll,
} from './layers/index.ts';
import { causeOf, prepare, type Tell } from './prepare.ts';
import type { Done } from './protocol.ts';
import { differences, isBlind, judge, leftOut, look, recheck, stale, unloaded } from './recheck.ts';
import { recover } from './recover.ts';
import { StepError } from './step-error.ts';
import { changesOf, dropChange, events, keepBefore, newChange, note } from './store.ts';
import { type Caller, settle } from './waiting.ts';

type Result = Omit<Done, 'transcripts'>;

/** Save, and note on the disk that the change begins. A failure leaves nothing behind. */
async function begin(
  plan: Plan,
  snapshot: Snapshot,
): Promise<Pick<Change, 'id' | 'at' | 'rules'> & { before: Before }> {
  const id = await newChange(new Date(), plan.id);
  const at = new Date().toISOString();
  try {
    const operations = plan.steps.map(({ operation }) => operation);
    const before = await save(plan.layers, snapshot, operations);
    if (before === null) throw stale({ is: 'rules' });
    await keepBefore(id, before);
    await standByAll(before);
    const rules = rulesBefore(operations, snapshot);
    const kept = rules === null ? {} : { rules };
    await note({ event: 'begin', id, at, plan, ...kept });
    return { id, at, before, ...kept };
  } catch (error) {
    await dropChange(id);
    throw error;
  }
}

/**
 * Apply a plan; one that has to be confirmed waits for that. Throws a ProblemError; `rolled-back` after everything was
 * put back. `hold`: see `lock.ts`.
 */
export async function applyPlan(plan: Plan, caller: Caller, hold: number): Promise<Result> {
  if (plan.confirmWithin === null) return carryThrough(plan, caller, hold, null);
  const alarm = await arm(plan.confirmWithin);
  try {
    const result = await carryThrough(plan, caller, hold, alarm);
    await alarm.disarm();
    return result;
  } catch (error) {
    // Where something is left to be put back, it is tried again.
    if (error instanceof ProblemError && error.problem.code !== 'failed') await alarm.disarm();
    throw error;
  }
}

async function carryThrough(plan: Plan, caller: Caller, hold: number, alarm: Alarm | null): Promise<Result> {
  const { tell } = caller;
  await recover(tell);
  const of = plan.steps.length;
  tell({ phase: 'check', text: 'Reading the rules again', done: 0, of });
  const changes = changesOf(await events());
  const snapshot = await look(plan, changes);
  const expected = recheck(plan, snapshot, changes);
  const operations = plan.steps.map(({ operation }) => operation);
  tell({ phase: 'save', text: 'Saving the rules as they are', done: 0, of });
  const { before, ...begun } = await prepare(plan.layers, () => begin(plan, snapshot));
  const { id } = begun;
  const seen: Left[] = [];
  const { summary, layers } = plan;
  const change: Change = { ...begun, summary, layers, plan, state: 'applied', note: null };
  let done: Result;
  try {
    for (const [index, { operation, says }] of plan.steps.entries()) {
      tell({ phase: 'step', text: says, done: index, of });
      await carryOut(operation, index, predict(snapshot, operations.slice(0, index + 1)), hold);
      const left = await leftBy(plan);
      seen.push(left);
      await note({ event: 'step', id, left });
    }
    tell({ phase: 'verify', text: 'Checking who can reach what now', done: of, of });
    const [now, found] = await readAnew(expected);
    const foreseen = predict(snapshot, operations);
    const wrong = [
      ...unloaded(plan, foreseen, now),
      ...leftOut(plan, snapshot, foreseen, now),
      ...differences(plan, expected, found),
    ];
    if (wrong.length > 0) throw new StepError({ kind: 'found', wrong: wrong.slice(0, 3) });
    done = {
      change,
      checked: [...checkedAfter(plan, found), ...checkedDropped(plan, now, found), ...lastingIn(plan)],
      verified: true,
    };
    if (plan.confirmWithin === null) {
      await note({
        event: 'end',
        id,
        at: new Date().toISOString(),
        state: 'applied',
        note: null,
        left: await leftBy(plan),
      });
      await standDown();
    }
  } catch (error) {
    throw await rollBack({ id, plan, before, seen }, causeOf(error), tell);
  }
  if (plan.confirmWithin === null) return done;
  const aside = alarm?.note ?? null;
  return settle({ change, within: plan.confirmWithin, checked: done.checked, aside, before, seen }, caller);
}

/** The machine after the change. What could not be read at once may be read a moment later. */
async function readAnew(expected: Report): Promise<readonly [Snapshot, Report]> {
  const first = await gather({});
  const judged = judge(first);
  if (!isBlind(expected, judged)) return [first, judged];
  const second = await gather({});
  return [second, judge(second)];
}

interface Begun {
  readonly id: string;
  readonly plan: Plan;
  readonly before: Before;
  readonly seen: readonly Left[];
}

async function rollBack({ id, plan, before, seen }: Begun, cause: Cause, tell: Tell): Promise<Error> {
  tell({ phase: 'put-back', text: 'Putting everything back', done: null, of: null });
  // Where not even this can be written down, the next change finds the journal open and puts back what is back already.
  const end = async (state: 'rolled-back' | 'failed', files: readonly string[], ours = true) => {
    const says: Note = { kind: 'not-as-planned', cause, files };
    const at = new Date().toISOString();
    await note({ event: 'end', id, at, state, note: noteWords(says), says, left: await leftBy(plan), ours }).catch(
      () => {},
    );
  };
  const look = lookWords(plan.layers);
  const foreign = await foreignFiles(before, seen);
  if (foreign.length > 0) {
    await end('failed', foreign);
    return problem('failed', { kind: 'left-to-others', cause, files: foreign, look });
  }
  try {
    const { ours, whole } = await restore(before);
    await end('rolled-back', [], ours);
    return problem('rolled-back', { kind: 'put-back', cause, whole });
  } catch (error) {
    // The journal stays open, so that it is tried again before anything else is done.
    return problem('failed', { kind: 'not-put-back', cause, failure: causeOf(error), look });
  }
}
