/** Undoing a change, as root: the files byte for byte and the layer's part of the kernel, unless another program came in between. */
import type { Change, Report, Snapshot } from '../../core/model.ts';
import { noteWords } from '../../core/plan/index.ts';
import { problem } from '../../core/problem.ts';
import { makeReport } from '../../core/report.ts';
import type { Checked } from '../../core/told.ts';
import { gather } from '../gather/index.ts';
import { checkedBack } from './checked-back.ts';
import { leftBy, lookWords, restore, standByAll } from './layers/index.ts';
import type { Done } from './protocol.ts';
import { type Recovered, recover } from './recover.ts';
import { prepare, reasonOf, type Tell } from './prepare.ts';
import { changesOf, type Event, events, note, readBefore } from './store.ts';

type Result = Omit<Done, 'transcripts'>;

const judge = (snapshot: Snapshot): Report => makeReport(snapshot, { kept: new Set() });

/** The change that is meant. Throws a ProblemError where there is none, or where it is not the last. */
function wantedChange(list: readonly Event[], wanted: string | null): Change {
  const applied = changesOf(list).filter(({ state }) => state === 'applied');
  const change = wanted === null ? applied[0] : applied.find(({ id }) => id === wanted);
  if (change === undefined) {
    throw problem(
      wanted === null ? 'unsupported' : 'bad-input',
      wanted === null
        ? 'Nothing was changed that could be undone.'
        : 'There is no change with that id that could be undone.',
      'List the changes with: portcullis history',
    );
  }
  if (change !== applied[0]) {
    throw problem(
      'drift',
      `A later change stands on top of this one: “${applied[0]?.summary ?? ''}”.`,
      `To see what taking back this one alone would change: portcullis undo ${change.id}`,
    );
  }
  return change;
}

async function refuseDrift(list: readonly Event[], { id, plan }: Change): Promise<void> {
  const end = list.findLast((one) => one.event === 'end' && one.id === id);
  const left = end?.event === 'end' ? end.left : {};
  const drifted = Object.entries(await leftBy(plan)).filter(([path, hash]) => left[path] !== hash);
  if (drifted.length === 0) return;
  throw problem(
    'drift',
    `Another program has changed ${drifted.map(([path]) => path).join(' and ')} since, so this was not put back over it.`,
    `What the change itself did can still be taken back: portcullis undo ${id} shows first what that would change.`,
  );
}

/** What was asked for has been done already: ending what was interrupted was the undo. */
async function alreadyDone({ id, state, says, ours }: Recovered): Promise<Result> {
  const change = changesOf(await events()).find((one) => one.id === id);
  if (change === undefined || state === 'failed') {
    throw problem('failed', noteWords(says), `Look at the rules with: ${lookWords(change?.layers ?? ['ufw'])}`);
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
    throw problem(
      'bad-input',
      `You were asked about another change than the last one: “${change.summary}”. Nothing was taken back.`,
      `To take that one back: portcullis undo ${change.id}`,
    );
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
    throw problem(
      'failed',
      `The change could not be undone completely: ${reasonOf(error)}.`,
      `Try again: it goes on where it stopped. To look: ${lookWords(change.layers)}`,
    );
  });
  const end = { event: 'end', id: change.id, at: new Date().toISOString(), state: 'undone', note: null } as const;
  // It is undone, whether that can be written down or not: a journal that does not say so has it undone once more.
  const unwritten = await note({ ...end, left: await leftBy(change.plan), ours }).then(
    (): readonly Checked[] => [],
    (error: unknown): readonly Checked[] => [{ kind: 'unwritten', reason: reasonOf(error) }],
  );
  tell({ phase: 'verify', text: 'Checking who can reach what now', done: 1, of: 1 });
  const report = judge(await gather({}));
  return {
    change: { ...change, state: 'undone', note: null },
    checked: [...checkedBack(change.plan, report, ours), ...unwritten],
    verified: ours,
  };
}
