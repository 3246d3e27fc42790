/** Undoing a change, as root: the files byte for byte and the layer's part of the kernel, unless another program came in between. */
import type { Change, Report, Snapshot } from '../../core/model.ts';
import { problem } from '../../core/problem.ts';
import { makeReport } from '../../core/report.ts';
import type { Checked } from '../../core/told.ts';
import { gather } from '../gather/index.ts';
import { checkedBack } from './checked-back.ts';
import { leftBy, lookWords, restore, standByAll } from './layers/index.ts';
import type { Done } from './protocol.ts';
import { type Recovered, recover } from './recover.ts';
import { causeOf, prepare, type Tell } from './prepare.ts';
import { changesOf, type Event, events, note, readBefore } from './store.ts';

type Result = Omit<Done, 'transcripts'>;

const judge = (snapshot: Snapshot): Report => makeReport(snapshot, { kept: new Set() });

/** The change that is meant. Throws a ProblemError where there is none, or where it is not the last. */
function wantedChange(list: readonly Event[], wanted: string | null): Change {
  const applied = changesOf(list).filter(({ state }) => state === 'applied');
  const [last] = applied;
  const change = wanted === null ? last : applied.find(({ id }) => id === wanted);
  if (change === undefined || last === undefined) {
    throw wanted === null
      ? problem('unsupported', { kind: 'nothing-to-undo' })
      : problem('bad-input', { kind: 'not-undoable' });
  }
  if (change !== last) {
    throw problem('drift', { kind: 'later-on-top', change: change.id, later: { id: last.id, summary: last.summary } });
  }
  return change;
}

async function refuseDrift(list: readonly Event[], { id, plan }: Change): Promise<void> {
  const end = list.findLast((one) => one.event === 'end' && one.id === id);
  const left = end?.event === 'end' ? end.left : {};
  const drifted = Object.entries(await leftBy(plan)).filter(([path, hash]) => left[path] !== hash);
  if (drifted.length === 0) return;
  throw problem('drift', { kind: 'files-changed', files: drifted.map(([path]) => path), change: id });
}

/** What was asked for has been done already: ending what was interrupted was the undo. */
async function alreadyDone({ id, state, says, ours }: Recovered): Promise<Result> {
  const change = changesOf(await events()).find((one) => one.id === id);
  if (change === undefined || state === 'failed') {
    throw problem('failed', { kind: 'ended-otherwise', note: says, look: lookWords(change?.layers ?? ['ufw']) });
  }
  return { change, checked: [{ kind: 'noted', note: says }], verified: ours };
}

/**
 * Undo a change (null: the last one), byte for byte. Throws a ProblemError, `drift` where another program changed the rules.
 * `summary`: what was agreed to take back.
 */
export async function undoChange(wanted: string | null, tell: Tell, summary: string | null = null): Promise<Result> {
  const recovered = await recover(tell);
  const meant = wanted === null ? recovered[0] : recovered.find(({ id }) => id === wanted);
  if (meant !== undefined) return alreadyDone(meant);
  const list = await events();
  const change = wantedChange(list, wanted);
  if (summary !== null && change.summary !== summary) {
    throw problem('bad-input', { kind: 'asked-about-another', change: { id: change.id, summary: change.summary } });
  }
  tell({ phase: 'check', text: 'Checking that nothing else has changed the rules', done: 0, of: 1 });
  await refuseDrift(list, change);
  const before = await readBefore(change.id);
  await prepare(change.layers, async () => {
    await standByAll(before);
    await note({ event: 'undo', id: change.id, at: new Date().toISOString() });
  });
  const text = change.plan.undo.map(({ says }) => says).join('; ') || 'Putting everything back';
  tell({ phase: 'step', text, done: 0, of: 1 });
  const { ours } = await restore(before).catch((error: unknown) => {
    throw problem('failed', { kind: 'not-undone', cause: causeOf(error), look: lookWords(change.layers) });
  });
  const end = { event: 'end', id: change.id, at: new Date().toISOString(), state: 'undone', note: null } as const;
  // It is undone, whether that can be written down or not: a journal that does not say so has it undone once more.
  const unwritten = await note({ ...end, left: await leftBy(change.plan), ours }).then(
    (): readonly Checked[] => [],
    (error: unknown): readonly Checked[] => [{ kind: 'unwritten', reason: causeOf(error) }],
  );
  tell({ phase: 'verify', text: 'Checking who can reach what now', done: 1, of: 1 });
  const report = judge(await gather({}));
  return {
    change: { ...change, state: 'undone', note: null },
    checked: [...checkedBack(change.plan, report, ours), ...unwritten],
    verified: ours,
  };
}
