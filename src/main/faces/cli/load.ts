/** Snapshots from files, for `--from`. */
import type { Snapshot } from '../../../core/model.ts';
import type { Unit } from '../../fleet/files.ts';
import { terminalProblem } from '../terminal-problem.ts';
import { visible } from '../../../core/visible.ts';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
};

const SAVE = 'Save a snapshot with: portcullis snapshot --out FILE';

const unreadable = (path: string, why: string): Error =>
  terminalProblem('bad-input', `${visible(path)} cannot be read: ${visible(why)}.`, SAVE);

/**
 * What `--from` names: each file itself, and of a folder and those below it every snapshot and log of osquery, by name.
 * @throws TerminalProblem where something is not there, or a folder holds none
 */
export async function unitsFrom(from: readonly string[]): Promise<readonly Unit[]> {
  const { unitsIn } = await import('../../fleet/files.ts');
  for (const path of from) {
    try {
      if ((await unitsIn([path])).length > 0) continue;
    } catch (error) {
      const { code = '', message } = error as NodeJS.ErrnoException;
      throw unreadable(path, WHY[code] ?? message);
    }
    throw terminalProblem(
      'bad-input',
      `There is no snapshot (*.json) in ${visible(path)}.`,
      'Save one with: portcullis snapshot --out FILE',
    );
  }
  return unitsIn(from);
}

/** The one snapshot in a file; null: it holds several, or parts that could not be read. @throws TerminalProblem where it holds none */
export async function soleSnapshot(path: string): Promise<Snapshot | null> {
  const { snapshotsIn } = await import('../../fleet/read.ts');
  const { found, unread } = await snapshotsIn({ from: path, files: [path], named: true });
  const [first, ...others] = found;
  if (first === undefined) throw unreadable(path, unread[0]?.why ?? 'it is empty');
  return others.length > 0 || unread.length > 0 ? null : first.snapshot;
}

/** @throws TerminalProblem `bad-input` where it cannot be read, is no snapshot, or holds several computers */
export async function loadSnapshot(path: string): Promise<Snapshot> {
  const snapshot = await soleSnapshot(path);
  if (snapshot !== null) return snapshot;
  throw terminalProblem(
    'bad-input',
    `${visible(path)} holds more than one computer, or is not whole.`,
    `See what is in it: portcullis scan --from ${visible(path)}`,
  );
}
