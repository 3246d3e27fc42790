/** Real plans, made by the advisor's own `propose`: of this machine as it is, and of machines that were recorded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { Choice, Plan, Snapshot, Target } from '../../../src/core/model.ts';
import { planId, propose, stepOf } from '../../../src/core/plan/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { makeReport } from '../../../src/core/report.ts';
import { sha256 } from '../../../src/main/apply/files.ts';
import { printOrder } from '../../../src/main/apply/order.ts';

/** A plan as it is sent; what an attack does to it is anybody's guess. */
export type Order = Record<string, unknown>;

const judge = (snapshot: Snapshot) => makeReport(snapshot, { kept: new Set() });

const tcp = (port: number): Target => ({ protocol: 'tcp', port });
const udp = (port: number): Target => ({ protocol: 'udp', port });

const close = (
  targets: readonly Target[],
  more: Partial<Extract<Choice, { kind: 'close' | 'reopen' }>> = {},
): Choice => ({
  kind: 'close',
  targets,
  audience: 'everyone',
  way: 'firewall',
  ...more,
});

/** What a person might choose here. What cannot be done, or needs nothing done, makes no plan. */
const CHOICES: readonly Choice[] = [
  close([tcp(3000)]),
  close([tcp(3000)], { audience: 'internet' }),
  close([tcp(3000)], { audience: 'all-but-this-network' }),
  close([tcp(3000)], { way: 'own-table' }),
  close([tcp(3000)], { way: 'own-table', audience: 'internet' }),
  close([tcp(3000), tcp(2222)]),
  close([tcp(5000)]),
  close([udp(7000)]),
  close([udp(7000)], { way: 'own-table', confirm: 10 }),
  close([tcp(3000)], { confirm: 10 }),
  close([tcp(8080)], { kind: 'reopen', way: 'own-table' }),
  close([tcp(8080)], { kind: 'reopen' }),
  close([tcp(9999)], { kind: 'reopen' }),
  { kind: 'remove-opening', targets: [tcp(3000)] },
  { kind: 'remove-opening', targets: [tcp(4000)] },
  { kind: 'enable-firewall', keep: [tcp(22)] },
  { kind: 'enable-firewall', keep: [], confirm: 10 },
];

function plan(snapshot: Snapshot, choice: Choice): Plan | null {
  try {
    return propose({ snapshot, choice, report: judge(snapshot), judge, sha256, now: '2026-11-20T18:00:00.000Z' });
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

const orderOf = (made: Plan): Order => JSON.parse(printOrder(made)) as Order;

export const plansFor = (snapshot: Snapshot): readonly Order[] =>
  CHOICES.flatMap((choice) => plan(snapshot, choice) ?? []).map(orderOf);

/** Plans for machines of others: no step of them may be carried out here. */
export function recordedPlans(root: string): readonly Order[] {
  const packed = readFileSync(join(root, 'test/core/rulesets/snapshots.json.br'));
  const sets = JSON.parse(brotliDecompressSync(packed).toString('utf8')) as Record<string, Snapshot>;
  const firewalld = JSON.parse(readFileSync(join(root, 'test/main/cli/snapshots/firewalld.json'), 'utf8')) as Snapshot;
  const every = Math.ceil(Object.keys(sets).length / 8);
  const some = Object.values(sets).filter((_, at) => at % every === 0);
  return [...some, firewalld].flatMap((snapshot) => {
    const ports = judge(snapshot)
      .listeners.filter(({ exposure }) => exposure !== 'self')
      .slice(0, 2);
    return ports.flatMap(({ protocol, port }) => {
      const made = plan(snapshot, close([{ protocol, port }]));
      return made === null ? [] : [orderOf(made)];
    });
  });
}

/** With the id that belongs to what it says: what the helper would compute, as far as that can be computed at all. */
export function signed(order: Order): Order {
  const { id: _, ...body } = order;
  const again = (steps: unknown): unknown =>
    (steps as readonly { operation: Parameters<typeof stepOf>[0] }[]).map(({ operation }) => stepOf(operation));
  try {
    const whole = { ...body, steps: again(body['steps']), undo: again(body['undo']) };
    return { ...body, id: planId(whole as unknown as Plan, sha256) };
  } catch {
    return { ...body, id: planId(body as unknown as Plan, sha256) };
  }
}
