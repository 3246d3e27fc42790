/** Getting ready: everything that is done before the first change, and why something did not go. */
import type { Layer } from '../../core/model.ts';
import { type Cause, causeOfProblem, ProblemError, problem } from '../../core/problem.ts';
import { standDown } from './files.ts';
import { foldersOf } from './layers/index.ts';
import { shortened, StepError } from './step-error.ts';
import type { HelperProgress } from './protocol.ts';

export type Tell = (progress: Omit<HelperProgress, 'type'>) => void;

const KNOWN: Readonly<Record<string, Cause>> = {
  ENOSPC: { kind: 'disk-full' },
  EDQUOT: { kind: 'disk-full' },
  EIO: { kind: 'disk-fails' },
  EROFS: { kind: 'disk-read-only' },
  EACCES: { kind: 'not-writable' },
  EPERM: { kind: 'not-writable' },
};

/** What went wrong. */
export function causeOf(error: unknown): Cause {
  if (error instanceof StepError) return error.because;
  if (error instanceof ProblemError) return causeOfProblem(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return KNOWN[code] ?? { kind: 'said', said: shortened(error instanceof Error ? error.message : String(error)) };
}

/** Everything that is done before the first change. A failure means that nothing was changed, and says so. */
export async function prepare<T>(layers: readonly Layer[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await standDown();
    if (error instanceof ProblemError) throw error;
    throw problem('failed', { kind: 'not-saved-first', cause: causeOf(error), folders: foldersOf(layers) });
  }
}
