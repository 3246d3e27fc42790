/** ufw's files and ufw's part of the kernel's rules: saved, told from others' work, put back. */
import { z } from 'zod';
import { ufw } from '../../../core/firewalls/registry.ts';
import type { Snapshot } from '../../../core/model.ts';
import { find } from '../../../core/transcripts.ts';
import { contents, hashes, putBack, savedFileSchema, saveFile, sha256, standBy, UFW_FILES } from '../files.ts';
import { type PutBack, putKernelBack, saveKernel } from '../kernel.ts';
import type { Left, LayerWork } from './layer.ts';
import { carryOutUfw } from './ufw-step.ts';

/** What ufw's part was before a change. */
export const ufwBeforeSchema = z.strictObject({
  layer: z.literal('ufw'),
  files: z.array(savedFileSchema.extend({ path: z.enum(UFW_FILES) })),
  kernel: z.strictObject({ ipv4: z.string(), ipv6: z.string(), sysctls: z.record(z.string(), z.string()) }),
  /** SHA-256 of all that each file may hold while the change is under way, by path. */
  between: z.record(z.string(), z.array(z.string())),
  /** The same for ufw.conf as text: a write that was cut off is known by its beginning. */
  settings: z.array(z.string()),
});
export type UfwBefore = z.infer<typeof ufwBeforeSchema>;

async function save(states: readonly Snapshot[]): Promise<UfwBefore | null> {
  const texts = (path: string) => [...new Set(states.map((state) => find(state, ufw.fileId(path))?.stdout ?? ''))];
  const before: UfwBefore = {
    layer: 'ufw',
    files: await Promise.all(UFW_FILES.map(saveFile)),
    kernel: await saveKernel(),
    between: Object.fromEntries(UFW_FILES.map((path) => [path, texts(path).map(sha256)])),
    settings: texts('/etc/ufw/ufw.conf'),
  };
  return before.files.some(({ path, sha256: hash }) => hash !== before.between[path]?.[0]) ? null : before;
}

/** Files and kernel as they were saved. Throws with what failed, after doing all that could be done. */
async function restore(before: UfwBefore): Promise<PutBack> {
  let failure: unknown = null;
  // The kernel first: whatever happens to the files, nothing is open that was closed.
  const kernel = await putKernelBack(before.kernel).catch((error: unknown) => {
    failure = error;
    return { ours: false, whole: false };
  });
  for (const file of before.files) await putBack(file).catch((error: unknown) => (failure ??= error));
  if (failure !== null) throw failure;
  return kernel;
}

async function foreign(before: UfwBefore, left: readonly Left[]): Promise<readonly string[]> {
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

export const ufwWork: LayerWork<UfwBefore> = {
  save,
  standBy: async ({ files }) => {
    for (const file of files) await standBy(file);
  },
  carryOut: (operation, at, expected, hold) => carryOutUfw(operation as ufw.UfwOperation, at, expected, hold),
  left: hashes,
  foreign,
  restore,
  restored: (ours) => [
    { kind: 'files-back', of: 'ufw' },
    ...(ours ? [{ kind: 'rules-back', of: 'ufw' } as const] : []),
  ],
  lasting: () => [],
  look: 'sudo ufw status verbose',
  folder: '/etc/ufw',
};
