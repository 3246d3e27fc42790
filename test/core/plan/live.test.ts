/** Connections that are open while their port is closed. */
import { expect, test } from 'vitest';
import type { Choice } from '../../../src/core/model.ts';
import { misfit } from '../../../src/core/plan/index.ts';
import { laptop, planFor } from './machine.ts';
import { warningsOf } from './in-english.ts';

const close = (port: number, more: Partial<Extract<Choice, { kind: 'close' | 'reopen' }>> = {}): Choice => ({
  kind: 'close',
  targets: [{ protocol: 'tcp', port }],
  audience: 'everyone',
  way: 'own-table',
  ...more,
});
const row = (port: number, from: string) => `tcp ESTAB 0 0 192.168.77.10:${port} ${from}:50000 ino:103 sk:4 <->\n`;
const machine = (...rows: readonly string[]) => laptop({ installed: false, connections: rows.join('') });
const drops = (plan: ReturnType<typeof planFor>) =>
  plan.steps.flatMap(({ operation }) => (operation.kind === 'connections-drop' ? operation : []));

test('they stay unless ending them is chosen, and how many that would be is told', () => {
  const both = machine(row(3000, '192.168.77.20'), row(3000, '192.168.77.20'), row(3000, '192.168.77.21'));
  const kept = planFor(both, close(3000));
  expect(kept.live).toBe(3);
  expect(warningsOf(kept)).toContain(
    '3 connections to port 3000 (TCP) are open now and will stay; only new connections are blocked.',
  );
  const ended = planFor(both, close(3000, { drop: true }));
  expect(drops(ended)).toEqual([{ kind: 'connections-drop', port: 3000, from: ['192.168.77.20', '192.168.77.21'] }]);
  expect(ended.layers).toEqual(['nftables', 'connections']);
  expect(warningsOf(ended)).toEqual([]);
  expect(ended.undo.map(({ operation }) => operation.kind)).toEqual(['table-restore']);
});

test('who may still come in keeps his connection', () => {
  const plan = planFor(
    machine(row(3000, '192.168.77.20'), row(3000, '203.0.113.9')),
    close(3000, { audience: 'all-but-this-network', drop: true }),
  );
  expect(drops(plan).flatMap(({ from }) => from)).toEqual(['203.0.113.9']);
  expect(warningsOf(plan).join(' ')).toContain('One connection to port 3000 (TCP) is open now and will stay');
});

test('a remote session is never ended', () => {
  const plan = planFor(machine(row(22, '192.168.77.20')), close(22, { drop: true }));
  expect(drops(plan)).toEqual([]);
  expect(plan.confirmWithin).toBe(30);
});

test('steps that do not belong to the choice', () => {
  const drop = { kind: 'connections-drop', port: 3000, from: ['192.168.77.20'] } as const;
  expect(misfit(close(3000, { drop: true }), [drop])).toBeNull();
  expect(misfit(close(3000), [drop])).toEqual({ is: 'step-ends-connections', step: 1 });
  expect(misfit(close(3001, { drop: true }), [drop])).toEqual({ is: 'step-ends-connections', step: 1 });
});
