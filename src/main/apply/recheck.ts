/** As root, before a change and after it: is the machine as the plan saw it, does the plan do what was chosen, did it come so? */
import { predict, ufw } from '../../core/firewalls/registry.ts';
import type { Change, Plan, Report, Snapshot } from '../../core/model.ts';
import {
  canonicalJson,
  endsOf,
  liveOf,
  lostSight,
  opensMore,
  rulesDigest,
  sameReach,
  sessionsOf,
  stopping,
} from '../../core/plan/index.ts';
import { areConnectionsWhole, isListWhole } from '../../core/listeners/whole.ts';
import { problem, type Stale, type Wrong } from '../../core/problem.ts';
import { makeReport } from '../../core/report.ts';
import { unitsIn } from '../../core/services/index.ts';
import { find } from '../../core/transcripts.ts';
import { gather, readServices } from '../gather/index.ts';
import { sha256, UFW_FILES } from './files.ts';
import { demandInverse } from './undo-order.ts';

export const judge = (snapshot: Snapshot): Report => makeReport(snapshot, { kept: new Set() });

export const stale = (what: Stale) => problem('stale-plan', { kind: 'plan-stale', what });

/** Was less read than was there to compare with, so that an end which is missing need not be gone? */
export const isBlind = (expected: Report, found: Report): boolean =>
  !isListWhole(found) &&
  (isListWhole(expected) || endsOf(expected).some(({ id }) => !endsOf(found).some((one) => one.id === id)));

/** Listeners that are reachable by others than expected, or of which that cannot be told. Ones that came or went meanwhile do not count. */
export function differences(plan: Plan, expected: Report, found: Report): readonly Wrong[] {
  if (isBlind(expected, found)) return [{ is: 'unread' }];
  const now = endsOf(found);
  const still = plan.effects.filter(
    ({ listener }) => !endsOf(expected).some(({ id }) => id === listener) && now.some(({ id }) => id === listener),
  );
  const others = endsOf(expected).flatMap((one): readonly Wrong[] => {
    const is = now.find(({ id }) => id === one.id);
    if (is === undefined || sameReach(one, is)) return [];
    const end = { listener: one.id, name: one.name };
    const untold = lostSight(one, is);
    return [untold === null ? { is: 'other-reach', end } : { is: 'reach-untold', end, ...untold }];
  });
  return [...still.map(({ listener, name }): Wrong => ({ is: 'still-listens', end: { listener, name } })), ...others];
}

/** Rules of ufw's files that the kernel does not show: who can reach what may be the same without them. */
export function unloaded(plan: Plan, expected: Snapshot, found: Snapshot): readonly Wrong[] {
  const families = plan.layers.includes('ufw') ? ufw.notLoaded(expected, found) : [];
  return families.map((family) => ({ is: 'not-loaded', family }));
}

/**
 * Files of ufw in which a line is gone that stood there and was to stay. Where a program fails that ufw asks
 * what the kernel can, it leaves out whatever it then believes to be impossible, for rules of others too, and says nothing.
 */
export function leftOut(plan: Plan, before: Snapshot, expected: Snapshot, found: Snapshot): readonly Wrong[] {
  if (!plan.layers.includes('ufw')) return [];
  const linesOf = (snapshot: Snapshot, path: string) => (find(snapshot, ufw.fileId(path))?.stdout ?? '').split('\n');
  const lost = UFW_FILES.filter((path) => {
    const [left, stays] = [new Set(linesOf(found, path)), new Set(linesOf(expected, path))];
    return linesOf(before, path).some((line) => stays.has(line) && !left.has(line));
  });
  return lost.map((path) => ({ is: 'left-out', path }));
}

/** The machine, with what this plan needs to know of it. */
export async function look({ layers, choice }: Plan, changes: readonly Change[]): Promise<Snapshot> {
  const snapshot = await gather({});
  // Of what a change stopped, an undo must know whether it runs by now, and whether it is there at all.
  const undone = choice.kind === 'undo' ? changes.find(({ id }) => id === choice.change) : undefined;
  if (!layers.includes('services') && choice.kind !== 'undo') return snapshot;
  const named = unitsIn((undone?.plan.steps ?? []).map(({ operation }) => operation));
  return { ...snapshot, transcripts: [...snapshot.transcripts, await readServices(named)] };
}

/** What a plan stops, and whose connections it ends, must be what its choice leads to here and now. */
function demandChosen(plan: Plan, snapshot: Snapshot, before: Report, after: Report): void {
  const { choice } = plan;
  if (choice.kind === 'undo') return; // its steps were compared one by one
  const refuse = (is: 'stops-unchosen' | 'connections-unread' | 'ends-unchosen') =>
    problem('bad-input', { kind: 'plan-refused', why: { is } });
  const operations = plan.steps.map(({ operation }) => operation);
  const stops = operations.filter((one) => one.kind === 'service-stop');
  if (stops.length > 0) {
    const wanted = choice.kind === 'close' ? stopping(snapshot, before, choice).operations : [];
    if (canonicalJson(wanted) !== canonicalJson(stops)) throw refuse('stops-unchosen');
  }
  if (operations.some(({ kind }) => kind === 'connections-drop') && !areConnectionsWhole(before))
    throw refuse('connections-unread');
  const mayEnd = liveOf(choice, sessionsOf(snapshot, before), after).operations;
  for (const drop of operations) {
    if (drop.kind !== 'connections-drop') continue;
    const may = mayEnd.flatMap((one) => (one.kind === 'connections-drop' && one.port === drop.port ? one.from : []));
    const open = sessionsOf(snapshot, before)
      .filter(({ target }) => target.port === drop.port)
      .flatMap(({ ends }) => ends.map(({ remote }) => remote.replace(/^::ffff:/, '')));
    if (drop.from.some((one) => open.includes(one) && !may.includes(one))) throw refuse('ends-unchosen');
  }
}

/** Refuse unless the machine is as the plan saw it. Gives what is predicted from what is here now. */
export function recheck(plan: Plan, snapshot: Snapshot, changes: readonly Change[]): Report {
  if (rulesDigest(snapshot, sha256) !== plan.rulesDigest) throw stale({ is: 'rules' });
  demandInverse(plan, changes, snapshot);
  const operations = plan.steps.map(({ operation }) => operation);
  const before = judge(snapshot);
  const expected = judge(predict(snapshot, operations));
  demandChosen(plan, snapshot, before, expected);
  const earlier = endsOf(before);
  const opens = plan.choice.kind === 'reopen' || plan.choice.kind === 'undo';
  for (const now of endsOf(expected)) {
    const effect = plan.effects.find(({ listener }) => listener === now.id);
    const was = earlier.find(({ id }) => id === now.id);
    if (effect !== undefined && !sameReach(now, effect.after)) {
      throw stale({ is: 'reach', listener: now.id });
    }
    // What the plan does not speak of may be closed with the rest, but it is not opened to anybody.
    // Nor is that which it speaks of, unless opening is what was chosen, or what an undo comes to.
    if ((effect === undefined || !opens) && was !== undefined && opensMore(was, now)) {
      throw stale({ is: 'lets-in', listener: now.id, name: now.name });
    }
  }
  return expected;
}
