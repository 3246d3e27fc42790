/** Plans that stop what listens. */
import { describe, expect, test } from 'vitest';
import type { Choice, Snapshot } from '../../../src/core/model.ts';
import { misfit } from '../../../src/core/plan/index.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { UNITS } from '../../../src/core/services/index.ts';
import { find, withOutput } from '../../../src/core/transcripts.ts';
import { laptop, planFor } from './machine.ts';
import { warningsOf } from './in-english.ts';

const stop = (port: number, more: Partial<Extract<Choice, { kind: 'close' | 'reopen' }>> = {}): Choice => ({
  kind: 'close',
  targets: [{ protocol: 'tcp', port }],
  audience: 'everyone',
  way: 'stop',
  ...more,
});
const problemOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return inEnglish(error);
    throw error;
  }
  throw new Error('it was done');
};

interface Shown {
  readonly id: string;
  readonly file?: string;
  readonly triggeredBy?: string;
  readonly triggers?: string;
  readonly requiredBy?: string;
  readonly wantedBy?: string;
  readonly refuse?: boolean;
}
/** synthetic: as `systemctl show` of systemd 252 prints units. */
const show = ({
  id,
  file = 'enabled',
  triggeredBy = '',
  triggers = '',
  requiredBy = '',
  wantedBy = '',
  refuse = false,
}: Shown) =>
  [
    `Id=${id}`,
    `WantedBy=${wantedBy}`,
    `RequiredBy=${requiredBy}`,
    'BoundBy=',
    'ConsistsOf=',
    `Triggers=${triggers}`,
    `TriggeredBy=${triggeredBy}`,
    'ActiveState=active',
    `UnitFileState=${file}`,
    `RefuseManualStop=${refuse ? 'yes' : 'no'}`,
  ].join('\n');
const withUnits = (units: readonly Shown[], unit = 'cups.service'): Snapshot => {
  const shown = withOutput(laptop(), UNITS, ['systemctl'], `${units.map(show).join('\n\n')}\n`);
  const rows = (find(shown, 'ss.listening')?.stdout ?? '').replace(
    '/system.slice/ssh.service',
    `/system.slice/${unit}`,
  );
  return withOutput(shown, 'ss.listening', ['ss'], rows.replace('0.0.0.0:22 ', '0.0.0.0:631 '));
};
const operations = (plan: ReturnType<typeof planFor>) => plan.steps.map(({ operation }) => operation);
const open = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  // Without rules everything that listens is open.
  transcripts: snapshot.transcripts.map((one) => (one.id === 'iptables-save' ? { ...one, stdout: '' } : one)),
});

describe('a service', () => {
  const cups = [
    { id: 'cups.service', triggeredBy: 'cups.path cups.socket' },
    { id: 'cups.socket', triggers: 'cups.service', requiredBy: 'cups.service' },
    { id: 'cups.path', triggers: 'cups.service', requiredBy: 'cups.service' },
  ];

  test('goes with all that would start it again, those first; undo starts it again', () => {
    const plan = planFor(open(withUnits(cups)), stop(631));
    expect(plan.layers).toEqual(['services']);
    expect(operations(plan)).toEqual([
      { kind: 'service-stop', unit: 'cups.path', boot: true },
      { kind: 'service-stop', unit: 'cups.socket', boot: true },
      { kind: 'service-stop', unit: 'cups.service', boot: true },
    ]);
    expect(plan.effects.map(({ listener, after }) => [listener, after.exposure])).toEqual([['tcp/631', 'self']]);
    expect(plan.summary).toBe('Stop what listens on port 631 (TCP)');
    expect(plan.undo.map(({ operation }) => operation.kind)).toEqual(['service-restore']);
    expect(plan.steps[1]?.commands).toEqual([
      ['systemctl', 'disable', 'cups.socket'],
      ['systemctl', 'stop', 'cups.socket'],
    ]);
  });

  test('what needs it is told', () => {
    const units = [{ id: 'db.service', requiredBy: 'shop.service' }, { id: 'shop.service' }];
    const plan = planFor(open(withUnits(units, 'db.service')), stop(631));
    expect(warningsOf(plan)).toContain('This also stops what needs it: shop.service.');
    expect(operations(plan)).toContainEqual({ kind: 'service-stop', unit: 'shop.service', boot: true });
    expect(plan.simple).toBe(false);
  });

  test('what asks for it may start it again', () => {
    const units = [{ id: 'db.service', wantedBy: 'multi-user.target shop.service' }, { id: 'shop.service' }];
    const plan = planFor(open(withUnits(units, 'db.service')), stop(631));
    expect(warningsOf(plan)).toContain('shop.service asks for it: when started, it may start it again.');
  });

  test('one that is not enabled by itself may come back', () => {
    const plan = planFor(open(withUnits([{ id: 'cups.service', file: 'static' }])), stop(631));
    expect(warningsOf(plan)[0]).toContain('something else may start it again');
    expect(operations(plan)).toEqual([{ kind: 'service-stop', unit: 'cups.service', boot: false }]);
  });

  test.each([
    ['NetworkManager.service', 'this computer needs it'],
    ['docker.service', 'it runs the containers'],
    ['own.service', 'it is no service of the system’s'],
  ])('%s is not stopped', (unit, why) => {
    const units = unit === 'own.service' ? [] : [{ id: unit }];
    expect(problemOf(() => planFor(open(withUnits(units, unit)), stop(631))).message).toContain(why);
  });

  test('one that refuses is believed; units that could not be read are no reason to guess', () => {
    const refusing = withUnits([{ id: 'cups.service', refuse: true }]);
    expect(problemOf(() => planFor(open(refusing), stop(631))).message).toContain('needs it');
    expect(problemOf(() => planFor(open(laptop()), stop(22))).message).toContain('services are not known');
  });
});

describe('a program', () => {
  const owned = (uid: number): Snapshot => {
    const mine = withOutput(
      open(laptop()),
      'owners',
      [],
      `${JSON.stringify({ pid: 77, comm: 'python3', exe: '/usr/bin/python3', cmdline: 'python3', cgroup: '/user.slice', inodes: [100] })}\n`,
    );
    return { ...mine, uid };
  };

  test('of one’s own is asked to end, and that cannot be undone', () => {
    const plan = planFor(owned(1000), stop(3000));
    expect(operations(plan)).toEqual([{ kind: 'program-end', pid: 77, program: 'python3', inodes: [100] }]);
    expect(plan.undo).toEqual([]);
    expect(warningsOf(plan)[0]).toContain('cannot be brought back');
    expect(plan.steps[0]?.commands).toEqual([['kill', '77']]);
  });

  test('through which somebody works from elsewhere is not: nothing could bring it back', () => {
    const desktop = (more: Partial<Snapshot> = {}): Snapshot => {
      const mine = owned(1000);
      const rows = (find(mine, 'owners')?.stdout ?? '').replaceAll('python3', 'x11vnc');
      return { ...withOutput(mine, 'owners', [], rows), ...more };
    };
    expect(operations(planFor(desktop(), stop(3000)))).toHaveLength(1);
    const session = 'tcp ESTAB 0 0 192.168.77.10:3000 192.168.77.20:50000 ino:103 sk:4 <->\n';
    const used = withOutput(desktop(), 'ss.connections', ['ss'], session);
    expect(problemOf(() => planFor(used, stop(3000))).message).toContain('A remote session comes in through');
    const unread = desktop().transcripts.filter(({ id }) => id !== 'ss.connections');
    const problem = problemOf(() => planFor(desktop({ transcripts: unread }), stop(3000)));
    expect(problem.message).toContain('could not be read whether a remote session');
    expect(problem.hint).toContain('in the firewall instead');
  });

  test('of somebody else is not', () => {
    expect(problemOf(() => planFor(owned(1001), stop(3000))).hint).toBe('End it by hand: sudo kill 77');
  });

  test('there is nothing to confirm, nothing for some only, nothing to open', () => {
    expect(problemOf(() => planFor(owned(1000), { ...stop(3000), confirm: 30 })).message).toContain(
      'nothing to confirm',
    );
    expect(problemOf(() => planFor(owned(1000), stop(3000, { audience: 'internet' }))).message).toContain(
      'for everyone',
    );
    expect(problemOf(() => planFor(owned(1000), stop(3000, { kind: 'reopen' }))).hint).toContain('undo');
  });
});

test('steps that do not belong to the choice', () => {
  const step = { kind: 'service-stop', unit: 'cups.service', boot: true } as const;
  expect(misfit(stop(631), [step])).toBeNull();
  expect(misfit(stop(631, { way: 'firewall' }), [step])).toEqual({ is: 'other-way' });
  expect(misfit(stop(631), [{ ...step, kind: 'service-start' }])).toEqual({ is: 'step-starts', step: 1 });
  expect(misfit(stop(631), [{ kind: 'service-restore' }])).not.toBeNull();
});
