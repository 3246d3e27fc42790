/** Getting ready to put everything back, and putting ufw's files and ufw's part of the kernel's rules back. */
import { ProblemError, problem } from '../../core/problem.ts';
import { z } from 'zod';
import { contents, putBack, savedFileSchema, sha256, standDown, UFW_FILES } from './files.ts';
import { type PutBack, putKernelBack } from './kernel.ts';
import type { HelperProgress } from './protocol.ts';

/** What ufw's part was before a change. */
export const ufwBeforeSchema = z.strictObject({
  schema: z.literal(1),
  layer: z.literal('ufw'),
  files: z.array(savedFileSchema),
  kernel: z.strictObject({ ipv4: z.string(), ipv6: z.string(), sysctls: z.record(z.string(), z.string()) }),
  /** SHA-256 of all that each file may hold while the change is under way, by path. */
  between: z.record(z.string(), z.array(z.string())),
  /** The same for ufw.conf as text: a write that was cut off is known by its beginning. */
  settings: z.array(z.string()),
});
export type UfwBefore = z.infer<typeof ufwBeforeSchema>;

/** SHA-256 of files by their path; null: there is no such file. */
export type Left = Readonly<Record<string, string | null>>;

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

/** Files and kernel as they were saved. Throws with what failed, after doing all that could be done. */
export async function restoreUfw(before: UfwBefore): Promise<PutBack> {
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
export async function foreignUfw(before: UfwBefore, left: readonly Left[]): Promise<readonly string[]> {
  const now = await contents();
  return UFW_FILES.filter((path) => {
    const data = now[path] ?? null;
    if (data === null) return true;
    const hash = sha256(data);
    const seen = left.some((one) => one[path] === hash);
    return !seen && before.between[path]?.includes(hash) !== true && !cutOff(before, path, data.toString('utf8'));
  });
}

/** ufw copies over its files, so that a loss of power leaves the beginning of one. */
function cutOff(before: UfwBefore, path: string, text: string): boolean {
  if (path.endsWith('.rules')) return !/^COMMIT\s*$/m.test(text) && '*filter\n'.startsWith(text.slice(0, 8));
  return path.endsWith('ufw.conf') && before.settings.some((whole) => whole.startsWith(text));
}
