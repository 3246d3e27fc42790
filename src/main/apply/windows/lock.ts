/**
 * One change at a time on Windows, among the processes of one person: a file that only one can make. Who died has it no
 * more. Two that find it so at the same moment may both go on; the script itself then refuses what is not as it was read.
 */
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { doing as schema } from '../../../core/problem/fields.ts';
import { problem } from '../../../core/problem.ts';
import type { Doing } from '../../../core/told.ts';

/** What is done, for others that wait. */
type Named = Pick<Holder, 'what' | 'doing'>;

interface Holder {
  readonly pid: number;
  readonly what: string;
  /** The same in no language. */
  readonly doing?: Doing | undefined;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** Milliseconds, longer than a change can take: what is older was left behind, whoever has that number by now. */
const OLD = 30 * 60_000;

/** Runs `work` while nobody else changes anything. Throws a ProblemError, `busy`. */
export async function locked<T>(folder: string, { what, doing }: Named, work: () => Promise<T>): Promise<T> {
  const path = join(folder, 'lock');
  const own: Holder = { pid: process.pid, what: what.slice(0, 400), doing, since: new Date().toISOString() };
  await take(path, folder, own);
  try {
    return await work();
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
}

async function take(path: string, folder: string, own: Holder): Promise<void> {
  const unwritten = (error: unknown) =>
    problem('failed', { kind: 'journal-unwritten', path, said: (error as Error).message });
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw unwritten(error);
  });
  for (const again of [true, false]) {
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writeFile(JSON.stringify(own));
      } finally {
        await file.close();
      }
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritten(error);
    }
    const holder = holderIn(await readFile(path, 'utf8').catch(() => ''));
    if (!again || isAlive(holder)) throw busy(holder);
    await rm(path, { force: true }).catch(() => {});
  }
}

/** Null: nothing that can be understood, such as half a file of one that was killed. */
function holderIn(text: string): Holder | null {
  try {
    const { pid, what, doing, since } = JSON.parse(text) as Partial<Record<keyof Holder, unknown>>;
    const good = Number.isInteger(pid) && typeof what === 'string' && !Number.isNaN(Date.parse(String(since)));
    return good ? { pid: pid as number, what, doing: schema.safeParse(doing).data, since: String(since) } : null;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder | null): boolean {
  if (holder === null || Date.now() - Date.parse(holder.since) > OLD) return false;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    // It is there, and is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function busy(holder: Holder | null) {
  if (holder === null) return problem('busy', { kind: 'busy', holder: null, retry: true });
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(holder.since)) / 1000));
  const what = holder.what.replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
  const { doing } = holder;
  const named = { who: `process ${holder.pid}`, seconds, what, ...(doing === undefined ? {} : { doing }) };
  return problem('busy', { kind: 'busy', holder: named, retry: true });
}
