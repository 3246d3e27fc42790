/** The two layers that a change may be made in, behind one set of words: ufw, and Portcullis's own nftables table. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { ufw } from '../../core/firewalls/registry.ts';
import type { Operation, Plan, Snapshot } from '../../core/model.ts';
import { find } from '../../core/transcripts.ts';
import { predict } from '../../core/firewalls/registry.ts';
import { hashes, saveFile, sha256, standBy, standDown, UFW_FILES } from './files.ts';
import { type PutBack, saveKernel } from './kernel.ts';
import { foreignUfw, type Left, restoreUfw, ufwBeforeSchema } from './restore.ts';
import { carryOutUfw } from './step.ts';
import {
  carryOutTable,
  foreignTable,
  hashTable,
  isAsRead,
  restoreTable,
  saveTable,
  tableBeforeSchema,
} from './table.ts';

/** What was there before a change. */
export const beforeSchema = z.discriminatedUnion('layer', [ufwBeforeSchema, tableBeforeSchema]);
export type Before = z.infer<typeof beforeSchema>;

type Backend = Plan['backend'];
const isTable = (backend: Backend): boolean => backend === 'nftables';

/** What there is now, with every state that files may have on the way; null: it is not as the snapshot has it. */
export async function save(
  backend: Backend,
  snapshot: Snapshot,
  operations: readonly Operation[],
): Promise<Before | null> {
  if (isTable(backend)) {
    const before = await saveTable(snapshot, operations);
    return isAsRead(before, snapshot) ? before : null;
  }
  const states = [snapshot, ...operations.map((_, at) => predict(snapshot, operations.slice(0, at + 1)))];
  const texts = (path: string) => [...new Set(states.map((state) => find(state, ufw.fileId(path))?.stdout ?? ''))];
  const before: Before = {
    schema: 1,
    layer: 'ufw',
    files: await Promise.all(UFW_FILES.map(saveFile)),
    kernel: await saveKernel(),
    between: Object.fromEntries(UFW_FILES.map((path) => [path, texts(path).map(sha256)])),
    settings: texts('/etc/ufw/ufw.conf'),
  };
  return before.files.some(({ path, sha256: hash }) => hash !== before.between[path]?.[0]) ? null : before;
}

/** Make sure that putting back cannot fail for want of room. */
export async function standByAll(before: Before): Promise<void> {
  if (before.layer === 'ufw') for (const file of before.files) await standBy(file);
}

/** Carry out step number `at` (from 0). Throws where things are then not those of `expected`. `hold`: see `lock.ts`. */
export const carryOut = (operation: Operation, at: number, expected: Snapshot, hold: number): Promise<void> =>
  operation.kind.startsWith('table-')
    ? carryOutTable(expected)
    : carryOutUfw(operation as ufw.UfwOperation, at, expected, hold);

/** The files of a layer as they are now. */
export const leftBy = (backend: Backend): Promise<Left> => (isTable(backend) ? hashTable() : hashes());

/** Files that hold what neither the change nor a cut-off write of it can have left: somebody else's work. */
export const foreignFiles = (before: Before, left: readonly Left[]): Promise<readonly string[]> =>
  before.layer === 'table' ? foreignTable(before) : foreignUfw(before, left);

/** Files and kernel as they were saved. Throws with what failed, after doing all that could be done. */
export async function restore(before: Before): Promise<PutBack> {
  if (before.layer === 'ufw') return restoreUfw(before);
  await restoreTable(before);
  await standDown();
  return { ours: true, whole: true };
}

/** What was put back, as sentences. */
export const restoredWords = (backend: Backend, ours: boolean): readonly string[] =>
  isTable(backend)
    ? ['Portcullis’s own table is what it was.']
    : [
        'ufw’s files are byte for byte what they were.',
        ...(ours ? ['ufw’s rules in the kernel are what they were.'] : []),
      ];

/** Loads the table at every start; the package brings it. */
const TABLE_UNIT = '/usr/lib/systemd/system/portcullis-table.service';

/** For how long a change holds, where people would not expect it to end. */
export const lastingWords = (backend: Backend): readonly string[] =>
  isTable(backend) && !existsSync(TABLE_UNIT)
    ? [
        'It holds until the computer starts again, or another program empties nftables: the installed package loads it again at the start, and after nftables’ own unit.',
      ]
    : [];
