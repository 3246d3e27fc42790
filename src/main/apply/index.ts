/**
 * The only room that changes anything. The unprivileged side: it hands a plan to the helper and hears what was done.
 *
 *   elevate      how the helper gets to be root       helper       its entry: verbs, checks (a bundle of its own)
 *   locate, trust, pkexec, by-hand                    what elevation needs
 *   order        a plan on its way, checked again     transaction  save, change step by step, verify
 *   undo         the way back                         recover      ends what was interrupted
 *   undo-order   a plan that takes a change back      recheck      is the machine as the plan saw it?
 *   layers       ufw, the own table, services, connections: how each is saved, changed, put back
 *   recheck, checked, checked-back    the plan against the machine, before and after
 *   prepare, files, kernel, store, lock, caller, run  what the helper works with
 *   answers      what the helper says of problems and changes, as far as it is known here
 *   step-error   a step that did not go, and why
 *   program      ending a program of one's own, without the helper
 *   waiting      a change that has to be confirmed    confirm, marker    the word for it from another place
 *   alarm        who puts it back if the helper dies  input        the helper's standard input
 *   pending      a waiting change in the caller's hand
 *   mirror       the user's own copy of the history   protocol     what both sides say
 *   windows/     all of it on Windows, where there is no helper
 */
import type { Change, Choice, Plan, Transcript } from '../../core/model.ts';
import { problem } from '../../core/problem.ts';
import { byHand } from './by-hand.ts';
import { elevated } from './elevate.ts';
import { mirror, mirrored } from './mirror.ts';
import { printOrder } from './order.ts';
import { type Applied, untilItWaits } from './pending.ts';
import { endPrograms } from './program.ts';
import type { Done, HelperProgress } from './protocol.ts';

export type { Applied, Pending } from './pending.ts';
export type { Done } from './protocol.ts';

interface Options {
  readonly onProgress?: (progress: Omit<HelperProgress, 'type'>) => void;
}

const odd = () => problem('failed', { kind: 'helper-odd' });

async function change(asked: Parameters<typeof elevated>[0]): Promise<Done> {
  const answer = await elevated(asked);
  if (answer.type !== 'done') throw odd();
  await mirror(answer.value.change);
  return answer.value;
}

/** Carry a plan out and check it. Throws a ProblemError: `stale-plan`, `rolled-back`, `busy`, `cancelled`, `not-permitted`, … */
export function applyPlan(plan: Plan, { onProgress }: Options = {}): Promise<Applied> {
  const { choice, summary, steps } = plan;
  if (plan.layers.includes('programs')) {
    const of = steps.length;
    return endPrograms(plan, (step) => onProgress?.({ ...step, of }));
  }
  const asked = { verb: 'apply', input: printOrder(plan), summary, instead: byHand(choice), onProgress } as const;
  if (plan.confirmWithin === null) return change(asked);
  return untilItWaits((onWaiting) =>
    change({
      ...asked,
      onWaiting: (value, say) => void mirror(value.change).finally(() => onWaiting(value, say)),
    }),
  );
}

/** Keep a change that waits, made here or elsewhere. Throws a ProblemError: `rolled-back` where it is too late, … */
export function confirmChange(id: string, { onProgress }: Options): Promise<Done> {
  return change({ verb: 'confirm', argument: id, instead: `sudo portcullis confirm ${id}`, onProgress });
}

/** States of changes that are not in force. */
const OVER: ReadonlySet<Change['state']> = new Set(['undone', 'rolled-back', 'failed']);

/** Put a change back, the last one where no id is given. Throws a ProblemError: `drift`, … */
export async function undoChange(id?: string, { onProgress }: Options = {}): Promise<Done> {
  const known = (await mirrored()).find((one) => (id === undefined ? !OVER.has(one.state) : one.id === id));
  return change({
    verb: 'undo',
    argument: id,
    summary: known?.summary,
    instead: `sudo portcullis undo${id === undefined ? '' : ` ${id}`}`,
    onProgress,
  });
}

/** What was changed, newest first: root's journal for root, the user's own copy for everybody else. */
export async function history(): Promise<readonly Change[]> {
  if (process.getuid?.() !== 0) return mirrored();
  const answer = await elevated({ verb: 'history', instead: 'sudo portcullis history' });
  if (answer.type !== 'history') throw odd();
  return answer.changes;
}

/** What only root can read, read once by the helper, for the choice that needs it. Throws a ProblemError where the permission is not given. */
export async function readExact(choice: Choice | null): Promise<readonly Transcript[]> {
  const answer = await elevated({ verb: 'read', instead: byHand(choice) });
  if (answer.type !== 'read') throw odd();
  return answer.transcripts;
}
