/** Getting ready to put everything back, and putting it back: ufw's files and ufw's part of the kernel's rules. */
import { ProblemError, problem } from '../../core/problem.ts';
import { contents, putBack, type SavedFile, sha256, standBy, standDown, UFW_FILES } from './files.ts';
import { type PutBack, putKernelBack } from './kernel.ts';
import type { HelperProgress } from './protocol.ts';
import type { Before, Event } from './store.ts';

export type Tell = (progress: Omit<HelperProgress, 'type'>) => void;

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
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
export async function prepare<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await standDown();
    if (error instanceof ProblemError) throw error;
    throw problem(
      'failed',
      `The firewall’s rules could not be saved first (${reasonOf(error)}), so nothing was changed.`,
      'Look at the free space (df -h /etc /var) and at the files in /etc/ufw, then try again.',
    );
  }
}

export async function standByAll(files: readonly SavedFile[]): Promise<void> {
  for (const file of files) await standBy(file);
}

/** Files and kernel as they were saved. Throws with what failed, after doing all that could be done. */
export async function restore(before: Before): Promise<PutBack> {
  let failure: unknown = null;
  // The kernel first: whatever happens to the files, nothing is open that was closed.
  const kernel = await putKernelBack(before.kernel).catch((error: unknown) => {
    failure = error;
    return { ours: false, whole: false };
  });
  for (const file of before.files) await putBack(file).catch((error: unknown) => (failure ??= error));
  if (failure !== null) throw failure;
  await standDown();
  return kernel;
}

/** Files that hold what neither the change nor a cut-off write of it can have left: somebody else's work. */
export async function foreignFiles(before: Before, known: readonly Event[]): Promise<readonly string[]> {
  const now = await contents();
  return UFW_FILES.filter((path) => {
    const data = now[path] ?? null;
    if (data === null) return true;
    const hash = sha256(data);
    const seen = known.some((one) => 'left' in one && one.left[path] === hash);
    return !seen && before.between[path]?.includes(hash) !== true && !cutOff(before, path, data.toString('utf8'));
  });
}

/** ufw copies over its files, so that a loss of power leaves the beginning of one. */
function cutOff(before: Before, path: string, text: string): boolean {
  if (path.endsWith('.rules')) return !/^COMMIT\s*$/m.test(text) && '*filter\n'.startsWith(text.slice(0, 8));
  return path.endsWith('ufw.conf') && before.settings.some((whole) => whole.startsWith(text));
}
