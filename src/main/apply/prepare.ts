/** Getting ready: everything that is done before the first change, and why something did not go. */
import type { Layer } from '../../core/model.ts';
import { ProblemError, problem } from '../../core/problem.ts';
import { standDown } from './files.ts';
import { folderWords } from './layers/index.ts';
import type { HelperProgress } from './protocol.ts';

export type Tell = (progress: Omit<HelperProgress, 'type'>) => void;

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EIO: 'the disk fails',
  EROFS: 'the disk cannot be written to',
  EACCES: 'they cannot be written to',
  EPERM: 'they cannot be written to',
};

/** What went wrong, in words where the system gave a code that people meet. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

/** Everything that is done before the first change. A failure means that nothing was changed, and says so. */
export async function prepare<T>(layers: readonly Layer[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await standDown();
    if (error instanceof ProblemError) throw error;
    throw problem(
      'failed',
      `The firewall’s rules could not be saved first (${reasonOf(error)}), so nothing was changed.`,
      `Look at the free space (df -h /etc /var) and at the files in ${folderWords(layers)}, then try again.`,
    );
  }
}
