/** Several ports closed at once in Windows Firewall, some of them as they are to be already; on synthetic computers. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { predict } from '../../../src/core/firewalls/registry.ts';
import type { NewChoice, Plan, Report, Snapshot, Target } from '../../../src/core/model.ts';
import { propose } from '../../../src/core/plan/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { makeReport } from '../../../src/core/report.ts';
import { WINDOWS } from '../../main/cli/windows-machines.ts';
import { windowsSnapshot } from '../firewalls/windows/machine.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const judge = (snapshot: Snapshot): Report => makeReport(snapshot, { kept: new Set() });
const tcp = (port: number): Target => ({ protocol: 'tcp', port });

type Closing = NewChoice & { readonly kind: 'close' };

function plan(snapshot: Snapshot, ports: readonly number[], audience: Closing['audience'] = 'everyone'): Plan {
  const choice: Closing = { kind: 'close', targets: ports.map(tcp), audience, way: 'firewall' };
  const now = '2026-11-28T09:01:00.000Z';
  return propose({ snapshot, choice, report: judge(snapshot), judge, changes: [], sha256, now });
}

function refusal(work: () => unknown): ProblemError['problem'] {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('it was not refused');
}

const blocked = ({ steps }: Plan): readonly (number | string)[] =>
  steps.map(({ operation }) => (operation.kind === 'windows-block' ? operation.port : operation.kind));
const home = WINDOWS['windows-home'] ?? windowsSnapshot({});
const asIs = (port: number) => ({ kind: 'nobody-to-shut-out', target: tcp(port) });

test.each([[[135, 7680]], [[7680, 135]]])('what nobody reaches keeps no other port from being closed: %j', (ports) => {
  const one = plan(home, ports);
  expect(blocked(one)).toEqual([7680]);
  expect(one.warnings).toContainEqual(asIs(135));
  const then = judge(
    predict(
      home,
      one.steps.map(({ operation }) => operation),
    ),
  );
  expect(then.listeners.filter(({ port }) => ports.includes(port)).map(({ exposure }) => exposure)).toEqual([
    'self',
    'self',
  ]);
});

test('the same where those who come in are all spared', () => {
  expect(refusal(() => plan(home, [445], 'all-but-this-network')).code).toBe('nothing-to-do');
  const one = plan(home, [445, 7680], 'all-but-this-network');
  expect(blocked(one)).toEqual([7680]);
  expect(one.warnings).toContainEqual(asIs(445));
});

test('a block that stands already keeps no other port from being closed', () => {
  const closed = predict(
    home,
    plan(home, [7680]).steps.map(({ operation }) => operation),
  );
  const one = plan(closed, [7680, 9999]);
  expect(blocked(one)).toEqual([9999]);
  expect(one.warnings).toContainEqual(asIs(7680));
  expect(refusal(() => plan(closed, [7680, 135]))).toMatchObject({ code: 'nothing-to-do' });
});

/** One lets in past every block, and whom is not known: neither a block does it, nor is it sure that turning it off would. */
const PAST = ['A', 'B'].map((name) => ({
  name: `{${name}}`,
  value: `v2.10|Action=ByPass|Active=TRUE|Dir=In|Protocol=6|LPort=3000|Security=Authenticate|RMauth=O:LSD:(A;;CC;;;DC)|Name=Past ${name}|`,
}));

test('what comes in past every block is never said to be as it is to be', () => {
  const world = windowsSnapshot({
    rules: [
      ...PAST,
      { name: '{open}', value: 'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=4000|Name=Open|' },
    ],
    sockets: [
      { at: 'tcp 0.0.0.0:3000', pid: 100 },
      { at: 'tcp 0.0.0.0:4000', pid: 100 },
    ],
    processes: [{ pid: 100, path: 'C:\\Apps\\node.exe' }],
  });
  for (const ports of [[3000], [3000, 4000], [4000, 3000]]) {
    expect(refusal(() => plan(world, ports)).code).toBe('unsupported');
  }
});
