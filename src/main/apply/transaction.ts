/**
 * Carrying a plan out, as root: look again -> save -> change step by step -> look and judge anew -> keep, or put back.
 * At the end every listener must be reachable by exactly those that the prediction said.
 */
import { listenerName } from '../../core/listeners/name.ts';
import { predict } from '../../core/firewalls/registry.ts';
import type { Change, Plan, Report, Snapshot } from '../../core/model.ts';
import { endsOf, opensMore, rulesDigest, sameReach } from '../../core/plan/index.ts';
import { ProblemError, problem } from '../../core/problem.ts';
import { makeReport } from '../../core/report.ts';
import { gather } from '../gather/index.ts';
import { type Alarm, arm } from './alarm.ts';
import { sha256, standDown } from './files.ts';
import {
  type Before,
  carryOut,
  foreignFiles,
  lastingWords,
  type Left,
  leftBy,
  lookWords,
  restore,
  save,
  standByAll,
} from './layers/index.ts';
import type { Done } from './protocol.ts';
import { recover } from './recover.ts';
import { prepare, reasonOf, type Tell } from './prepare.ts';
import { dropChange, keepBefore, newChange, note } from './store.ts';
import { type Caller, settle } from './waiting.ts';

type Result = Omit<Done, 'transcripts'>;

const judge = (snapshot: Snapshot): Report => makeReport(snapshot, { kept: new Set() });

const stale = (what: string) =>
  problem(
    'stale-plan',
    `${what} since this plan was made, so nothing was changed.`,
    'Look at what would change again.',
  );

/** Listeners that are reachable by others than expected, as sentences. Ones that came or went meanwhile do not count. */
function differences(expected: Report, found: Report): readonly string[] {
  const now = endsOf(found);
  return endsOf(expected).flatMap((one) => {
    const is = now.find(({ id }) => id === one.id);
    if (is === undefined || sameReach(one, is)) return [];
    return [`${one.id} (${one.name}) can be reached by others than was predicted`];
  });
}

/** Refuse unless the machine is as the plan saw it. Gives what is predicted from what is here now. */
function recheck(plan: Plan, snapshot: Snapshot): Report {
  if (rulesDigest(snapshot, sha256) !== plan.rulesDigest) throw stale('The firewall’s rules have changed');
  const operations = plan.steps.map(({ operation }) => operation);
  const before = judge(snapshot);
  const expected = judge(predict(snapshot, operations));
  const earlier = endsOf(before);
  for (const now of endsOf(expected)) {
    const effect = plan.effects.find(({ listener }) => listener === now.id);
    const was = earlier.find(({ id }) => id === now.id);
    if (effect !== undefined && !sameReach(now, effect.after)) {
      throw stale(`What ${now.id} can be reached by has changed`);
    }
    // What the plan does not speak of may be closed with the rest, but it is not opened to anybody.
    // Nor is that which it speaks of, unless opening is what was chosen.
    if ((effect === undefined || plan.choice.kind !== 'reopen') && was !== undefined && opensMore(was, now)) {
      throw stale(`This would let others in to ${now.id} (${now.name}), which was not so`);
    }
  }
  return expected;
}

/** Save, and note on the disk that the change begins. A failure leaves nothing behind. */
async function begin(plan: Plan, snapshot: Snapshot): Promise<{ id: string; at: string; before: Before }> {
  const id = await newChange(new Date(), plan.id);
  const at = new Date().toISOString();
  try {
    const operations = plan.steps.map(({ operation }) => operation);
    const before = await save(plan.layers, snapshot, operations);
    if (before === null) throw stale('The firewall’s rules have changed');
    await keepBefore(id, before);
    await standByAll(before);
    await note({ event: 'begin', id, at, plan });
    return { id, at, before };
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
  const snapshot = await gather({});
  const expected = recheck(plan, snapshot);
  const operations = plan.steps.map(({ operation }) => operation);
  tell({ phase: 'save', text: 'Saving the rules as they are', done: 0, of });
  const { id, at, before } = await prepare(plan.layers, () => begin(plan, snapshot));
  const seen: Left[] = [];
  const change: Change = { id, at, summary: plan.summary, layers: plan.layers, plan, state: 'applied', note: null };
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
    const found = judge(await gather({}));
    const wrong = differences(expected, found);
    if (wrong.length > 0) throw new Error(wrong.slice(0, 3).join('; '));
    done = { change, checked: [...checkedWords(plan, found), ...lastingWords(plan)], verified: true };
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
    throw await rollBack({ id, plan, before, seen }, reasonOf(error), tell);
  }
  if (plan.confirmWithin === null) return done;
  const aside = alarm?.note ?? null;
  return settle({ change, within: plan.confirmWithin, checked: done.checked, aside, before, seen }, caller);
}

function checkedWords(plan: Plan, report: Report): readonly string[] {
  const effects = plan.effects.flatMap(({ listener, name }) => {
    const now = endsOf(report).find(({ id }) => id === listener);
    if (now === undefined) return [`${listenerName(listener)} (${name}) is no longer there.`];
    return [
      now.exposure === 'self'
        ? `${listenerName(listener)} (${name}): nobody else can reach it now.`
        : `${listenerName(listener)} (${name}): reachable as predicted.`,
    ];
  });
  const rest = report.listeners.filter(({ id }) => !plan.effects.some(({ listener }) => listener === id)).length;
  return [
    ...effects,
    ...(rest > 0 ? [`Every other port that listens (${rest}) can be reached by the same as before.`] : []),
  ];
}

interface Begun {
  readonly id: string;
  readonly plan: Plan;
  readonly before: Before;
  readonly seen: readonly Left[];
}

async function rollBack({ id, plan, before, seen }: Begun, why: string, tell: Tell): Promise<Error> {
  tell({ phase: 'put-back', text: 'Putting everything back', done: null, of: null });
  // Where not even this can be written down, the next change finds the journal open and puts back what is back already.
  const end = async (state: 'rolled-back' | 'failed', text: string) =>
    note({ event: 'end', id, at: new Date().toISOString(), state, note: text, left: await leftBy(plan) }).catch(
      () => {},
    );
  const foreign = await foreignFiles(before, seen);
  if (foreign.length > 0) {
    await end('failed', `${why}; another program was changing ${foreign.join(' and ')}, so they were left as they are`);
    return problem(
      'failed',
      `The change could not be made as planned (${why}). Another program was changing ${foreign.join(' and ')} at the same time, so they were left as they are.`,
      `Look at the rules with: ${lookWords(plan.layers)}`,
    );
  }
  try {
    const { whole } = await restore(before);
    await end('rolled-back', why);
    return problem(
      'rolled-back',
      `The change could not be made as planned (${why}), so everything was put back${whole ? '' : ', except rules that another program changed meanwhile'}.`,
      'Scan again; if it happens again, save a snapshot and report it.',
    );
  } catch (error) {
    // The journal stays open, so that it is tried again before anything else is done.
    return problem(
      'failed',
      `The change could not be made as planned (${why}), and putting it back failed: ${reasonOf(error)}.`,
      `Putting it back is tried again by: portcullis undo. To look at the firewall: ${lookWords(plan.layers)}`,
    );
  }
}
