/** Snapshots from files, for `--from`. */
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { Snapshot } from '../../../core/model.ts';
import { TerminalProblem, terminalProblem } from '../terminal-problem.ts';
import { visible } from '../../../core/visible.ts';

/** More than any machine prints; a larger file is something else. Bytes. */
const LARGEST = 256 * 1024 * 1024;

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  EISDIR: 'it is a folder',
};

const unreadable = (path: string, error: unknown): Error =>
  terminalProblem(
    'bad-input',
    `${visible(path)} cannot be read: ${WHY[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message}.`,
    'Save a snapshot with: portcullis snapshot --out FILE',
  );

/**
 * The files that `--from` names: each file itself, and of a folder every `*.json` in it, by name.
 * @throws TerminalProblem where something is not there, or a folder holds none
 */
export async function snapshotFiles(from: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of from) {
    try {
      if (!(await fs.stat(path)).isDirectory()) {
        found.push(path);
        continue;
      }
      const inside = (await fs.readdir(path)).filter((name) => name.endsWith('.json')).sort();
      if (inside.length === 0) {
        throw terminalProblem(
          'bad-input',
          `There is no snapshot (*.json) in ${visible(path)}.`,
          'Save one with: portcullis snapshot --out FILE',
        );
      }
      found.push(...inside.map((name) => join(path, name)));
    } catch (error) {
      throw error instanceof TerminalProblem ? error : unreadable(path, error);
    }
  }
  return found;
}

/** @throws TerminalProblem or ProblemError, `bad-input`, where it cannot be read, or is no snapshot */
export async function loadSnapshot(path: string): Promise<Snapshot> {
  let text: string;
  try {
    const { size } = await fs.stat(path);
    if (size > LARGEST) throw new Error('it is larger than any snapshot');
    text = await fs.readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
  const { parseSnapshot } = await import('../../../core/snapshot.ts');
  return parseSnapshot(text, visible(path));
}
