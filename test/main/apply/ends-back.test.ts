/** What is told of who reaches what, once a change was put back. */
import { expect, test } from 'vitest';
import type { Snapshot } from '../../../src/core/model.ts';
import { endsBack } from '../../../src/main/apply/ends-back.ts';
import { judge } from '../../../src/main/apply/recheck.ts';
import { laptop, planFor } from '../../core/plan/machine.ts';

const OPEN = 'allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in';
const HERE = 'allow tcp 3000 0.0.0.0/0 any 192.168.77.0/24 in';
const before = laptop({ tuples: [HERE] });
const plan = planFor(before, {
  kind: 'close',
  targets: [{ protocol: 'tcp', port: 3000 }],
  audience: 'everyone',
  way: 'firewall',
});

const beside = (snapshot: Snapshot, note: object): Snapshot => {
  const stdout = [note, { done: true }].map((line) => `${JSON.stringify(line)}\n`).join('');
  const others = snapshot.transcripts.filter(({ id }) => id !== 'outside');
  return { ...snapshot, transcripts: [...others, { ...snapshot.transcripts[0]!, id: 'outside', stdout }] };
};
const program = { bpf: 'netfilter', programs: ['filter_1'], family: 2, hook: 1 };
const policy = {
  policy: 'block',
  direction: 'in',
  family: 4,
  from: '203.0.113.0/24',
  to: '0.0.0.0/0',
  ifindex: 0,
  protocol: 0,
  port: null,
  protects: false,
};

test('the same, others, and what cannot be told any more', () => {
  const end = { listener: 'tcp/3000', name: 'Development web server' };
  const told = (snapshot: Snapshot) => endsBack(plan, judge(snapshot)).filter((one) => 'end' in one);
  expect(told(before)).toEqual([{ kind: 'same-as-before', end }]);
  expect(told(laptop({ tuples: [OPEN] }))).toEqual([{ kind: 'others-than-before', end }]);
  expect(told(beside(before, program))).toEqual([
    { kind: 'reach-untold', end, reason: expect.objectContaining({ kind: 'unread' }) },
  ]);
  // Somebody new gets in for certain, and of others it cannot be told: the first counts.
  const open = beside(laptop({ tuples: [OPEN] }), policy);
  expect(judge(open).listeners.find(({ id }) => id === 'tcp/3000')?.reach[0]?.unknown).toEqual(['203.0.113.0/24']);
  expect(told(open)).toEqual([{ kind: 'others-than-before', end }]);
});
