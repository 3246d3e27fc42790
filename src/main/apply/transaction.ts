/**
 * Carrying a plan out, as root: look again -> save -> change step by step -> look and judge anew -> keep, or put back.
 * At the end every listener must be reachable by exactly those that the prediction said.
 */
import { listenerName } from '../../core/listeners/name.ts';
import { ufw } from '../../core/firewalls/registry.ts';
import type { Change, Operation, Plan, Report, Snapshot } from '../../core/model.ts';
import { opensMore, rulesDigest, sameReach } from '../../core/plan/index.ts';
import { ProblemError, problem } from '../../core/problem.ts';
import { makeReport } from '../../core/report.ts';
import { find } from '../../core/transcripts.ts';
import { gather } from '../gather/index.ts';
import { type Alarm, arm } from './alarm.ts';
import { hashes, saveFile, sha256, standDown, UFW_FILES } from './files.ts';
import { saveKernel } from './kernel.ts';
import type { Done } from './protocol.ts';
import { recover } from './recover.ts';
import { foreignFiles, prepare, reasonOf, restore, standByAll, type Tell } from './restore.ts';
import { carryOut } from './step.ts';
import { type Before, dropChange, type Event, keepBefore, newChange, note } from './store.ts';
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
  return expected.listeners.flatMap((one) => {
    const now = found.listeners.find(({ id }) => id === one.id);
    if (now === undefined || sameReach(one, now)) return [];
    return [`${one.id} (${one.identity.name}) can be reached by others than was predicted`];
  });
}

/** Refuse unless the machine is as the plan saw it. Gives what is predicted from what is here now. */
function recheck(plan: Plan, snapshot: Snapshot): Report {
  if (rulesDigest(snapshot, sha256) !== plan.rulesDigest) throw stale('The firewall’s rules have changed');
  const operations = plan.steps.map(({ operation }) => operation);
  const before = judge(snapshot);
  const expected = judge(ufw.predictUfw(snapshot, operations));
  for (const now of expected.listeners) {
    const effect = plan.effects.find(({ listener }) => listener === now.id);
    const was = before.listeners.find(({ id }) => id === now.id);
    if (effect !== undefined && !sameReach(now, effect.after)) {
      throw stale(`What ${now.id} can be reached by has changed`);
    }
    // What the plan does not speak of may be closed with the rest, but it is not opened to anybody.
    if (effect === undefined && was !== undefined && opensMore(was, now)) {
      throw stale(`This would let others in to ${now.id} (${now.identity.name}), which was not so`);
    }
  }
  return expected;
}

/** What there is now, with every state that ufw's files may have on the way. Nothing is changed. */
async function saved(snapshot: Snapshot, operations: readonly Operation[]): Promise<Before> {
  const states = [snapshot, ...operations.map((_, at) => ufw.predictUfw(snapshot, operations.slice(0, at + 1)))];
  const texts = (path: string) => [...new Set(states.map((state) => find(state, ufw.fileId(path))?.stdout ?? ''))];
  return {
    schema: 1,
    files: await Promise.all(UFW_FILES.map(saveFile)),
    kernel: await saveKernel(),
    between: Object.fromEntries(UFW_FILES.map((path) => [path, texts(path).map(sha256)])),
    settings: texts('/etc/ufw/ufw.conf'),
  };
}

/** Save, and note on the disk that the change begins. A failure leaves nothing behind. */
async function begin(plan: Plan, snapshot: Snapshot): Promise<{ id: string; at: string; before: Before }> {
  const id = await newChange(new Date(), plan.id);
  const at = new Date().toISOString();
  try {
    const operations = plan.steps.map(({ operation }) => operation);
    const before = await saved(snapshot, operations);
    if (before.files.some(({ path, sha256: hash }) => hash !== before.between[path]?.[0])) {
      throw stale('The firewall’s rules have changed');
    }
    await keepBefore(id, before);
    await standByAll(before.files);
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
  const { id, at, before } = await prepare(() => begin(plan, snapshot));
  const seen: Event[] = [];
  const change: Change = { id, at, summary: plan.summary, backend: plan.backend, plan, state: 'applied', note: null };
  let done: Result;
  try {
    for (const [index, { operation, says }] of plan.steps.entries()) {
      tell({ phase: 'step', text: says, done: index, of });
      await carryOut(operation, index, ufw.predictUfw(snapshot, operations.slice(0, index + 1)), hold);
      const step: Event = { event: 'step', id, left: await hashes() };
      seen.push(step);
      await note(step);
    }
    tell({ phase: 'verify', text: 'Checking who can reach what now', done: of, of });
    const found = judge(await gather({}));
    const wrong = differences(expected, found);
    if (wrong.length > 0) throw new Error(wrong.slice(0, 3).join('; '));
    done = { change, checked: checkedWords(plan, found), verified: true };
    if (plan.confirmWithin === null) {
      await note({
        event: 'end',
        id,
        at: new Date().toISOString(),
        state: 'applied',
        note: null,
        left: await hashes(),
      });
      await standDown();
    }
  } catch (error) {
    throw await rollBack(id, before, seen, reasonOf(error), tell);
  }
  if (plan.confirmWithin === null) return done;
  const aside = alarm?.note ?? null;
  return settle({ change, within: plan.confirmWithin, checked: done.checked, aside, before, seen }, caller);
}

function checkedWords(plan: Plan, report: Report): readonly string[] {
  const effects = plan.effects.flatMap(({ listener, name }) => {
    const now = report.listeners.find(({ id }) => id === listener);
    if (now === undefined) return [`${listenerName(listener)} (${name}) no longer listens.`];
    return [
      now.exposure === 'self'
        ? `${listenerName(listener)} (${name}): nobody else can reach it now.`
        : `${listenerName(listener)} (${name}): reachable as predicted.`,
    ];
  });
  const rest = report.listeners.length - effects.length;
  return [
    ...effects,
    ...(rest > 0 ? [`Every other port that listens (${rest}) can be reached by the same as before.`] : []),
  ];
}

async function rollBack(id: string, before: Before, seen: readonly Event[], why: string, tell: Tell): Promise<Error> {
  tell({ phase: 'put-back', text: 'Putting everything back', done: null, of: null });
  // Where not even this can be written down, the next change finds the journal open and puts back what is back already.
  const end = async (state: 'rolled-back' | 'failed', text: string) =>
    note({ event: 'end', id, at: new Date().toISOString(), state, note: text, left: await hashes() }).catch(() => {});
  const foreign = await foreignFiles(before, seen);
  if (foreign.length > 0) {
    await end('failed', `${why}; another program was changing ${foreign.join(' and ')}, so they were left as they are`);
    return problem(
      'failed',
      `The change could not be made as planned (${why}). Another program was changing ${foreign.join(' and ')} at the same time, so they were left as they are.`,
      'Look at the rules with: sudo ufw status numbered',
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
      'Putting it back is tried again by: portcullis undo. To look at the firewall: sudo ufw status verbose',
    );
  }
}
