/**
 * Changing Windows Firewall. There is no helper here: the person's own process has a script run as administrator, and keeps
 * the journal in the person's own folder.
 *
 *   transaction   a plan carried out, checked, put back     undo       a change of the journal taken back
 *   run           what a script's end means                 elevate    asking Windows; launcher, what asks
 *   journal       what was done, written down before        lock       one change at a time
 *   system        what all of it needs
 */
import type { Change, Plan, Transcript } from '../../../core/model.ts';
import { problem } from '../../../core/problem.ts';
import type { Applied } from '../pending.ts';
import type { Done, HelperProgress } from '../protocol.ts';
import { changesOf, events } from './journal.ts';
import { thisComputer } from './system.ts';
import { applyOnWindows } from './transaction.ts';
import { undoOnWindows } from './undo.ts';

interface Options {
  readonly onProgress: (progress: Omit<HelperProgress, 'type'>) => void;
}

/** The same calls as those of `apply/index.ts`. `folder`: of the journal. */
export const changesOnWindows = (folder: string) => ({
  /** Carry a plan out and check it. Throws a ProblemError. */
  applyPlan: (plan: Plan, { onProgress }: Options): Promise<Applied> =>
    applyOnWindows(plan, onProgress, thisComputer(folder)),
  /** Nothing waits here to be confirmed. Throws a ProblemError. */
  confirmChange: (_id: string, _options: Options): Promise<Done> =>
    Promise.reject(problem('bad-input', { kind: 'none-waits' })),
  /** Put a change back, the newest where no id is given. Throws a ProblemError. */
  undoChange: (id: string | undefined, { onProgress }: Options): Promise<Done> =>
    undoOnWindows(id, onProgress, thisComputer(folder)),
  /** What was changed, newest first. Throws a ProblemError where the journal cannot be read. */
  history: async (): Promise<readonly Change[]> => changesOf(await events(folder)),
  /** Everybody may read what is read here. */
  readExact: (): Promise<readonly Transcript[]> => Promise.resolve([]),
});
