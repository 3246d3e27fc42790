/**
 * Ending programs of one's own: without the helper, since nobody needs other rights for that. What is ended cannot be
 * brought back, so such a change is in no history.
 */
import { readdir, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Change, Operation, Plan } from '../../core/model.ts';
import { endsOf } from '../../core/plan/index.ts';
import { isListWhole } from '../../core/listeners/whole.ts';
import { problem } from '../../core/problem.ts';
import { makeReport } from '../../core/report.ts';
import { gather } from '../gather/index.ts';
import { checkedAfter } from './checked.ts';
import type { Done, HelperProgress } from './protocol.ts';

type End = Operation & { readonly kind: 'program-end' };

/** Milliseconds that a program has to end, and between two looks. */
const PATIENCE = 5000;
const LOOK = 100;

/** Which of the sockets a process holds; none also where that may not be seen. */
async function held({ pid, inodes }: End): Promise<readonly number[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const links = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return inodes.filter((inode) => links.includes(`socket:[${inode}]`));
}

const gone = ({ program, pid }: End, kind: 'program-left' | 'program-unasked') =>
  problem('stale-plan', { kind, program, pid });

/** Ask each program to end and see that it has. Throws a ProblemError. */
export async function endPrograms(
  plan: Plan,
  tell: (step: Pick<HelperProgress, 'phase' | 'text' | 'done'>) => void,
): Promise<Done> {
  const ends = plan.steps.flatMap(({ operation }) => (operation.kind === 'program-end' ? operation : []));
  // A number may belong to another process by now: who holds the sockets is the one that was meant.
  for (const end of ends) if ((await held(end)).length < end.inodes.length) throw gone(end, 'program-left');
  for (const [at, end] of ends.entries()) {
    tell({ phase: 'step', text: `Asking ${end.program} to end`, done: at });
    try {
      process.kill(end.pid, 'SIGTERM');
    } catch {
      throw gone(end, 'program-unasked');
    }
  }
  for (let waited = 0; waited < PATIENCE; waited += LOOK) {
    const left = await Promise.all(ends.map(held));
    if (left.every((inodes) => inodes.length === 0)) break;
    await sleep(LOOK);
  }
  tell({ phase: 'verify', text: 'Checking who can reach what now', done: ends.length });
  const report = makeReport(await gather({}), { kept: new Set() });
  if (!isListWhole(report)) {
    throw problem('failed', { kind: 'end-unread', programs: ends.map(({ program }) => program) });
  }
  const still = plan.effects.find(({ listener }) => endsOf(report).some(({ id }) => id === listener));
  if (still !== undefined) {
    const [first] = ends;
    throw problem('failed', {
      kind: 'still-listens',
      name: still.name,
      seconds: PATIENCE / 1000,
      pid: first?.pid ?? null,
    });
  }
  const at = new Date().toISOString();
  const change: Change = {
    id: `${at.replace(/[-:]|\.\d+Z/g, '')}-${plan.id.slice(0, 8)}`,
    at,
    summary: plan.summary,
    layers: plan.layers,
    plan,
    state: 'applied',
    note: null,
  };
  return { change, checked: checkedAfter(plan, report), verified: true, transcripts: [] };
}
