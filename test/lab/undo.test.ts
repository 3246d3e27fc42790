/** Undo of an earlier change, proved with packets: it alone goes, the later ones and everybody else's rules stay. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change, Choice, Operation, Plan } from '../../src/core/model.ts';
import { planId, stepOf } from '../../src/core/plan/index.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { Done } from '../../src/main/apply/index.ts';
import { sha256 } from '../../src/main/apply/files.ts';
import { printOrder } from '../../src/main/apply/order.ts';
import { type Bundles, bundle } from './bundle.ts';
import { describeLab, type Lab, laptop, neighbour, probe, startLab } from './harness.ts';
import { warningsOf } from '../core/plan/in-english.ts';

type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Problem };

const close = (port: number, way: 'firewall' | 'own-table' = 'firewall'): Choice => ({
  kind: 'close',
  targets: [{ protocol: 'tcp', port }],
  audience: 'everyone',
  way,
});
const undoOf = ({ id }: Change): Choice => ({ kind: 'undo', change: id });

const WAYS = [
  [neighbour, laptop],
  ['203.0.113.5', laptop],
  ['fd77::20', 'fd77::10'],
] as const;
const OPEN = ['open', 'open', 'open'];
const SHUT = ['filtered', 'filtered', 'filtered'];

describeLab('undo of an earlier change', () => {
  let bundles: Bundles;
  beforeAll(async () => {
    bundles = await bundle();
  });
  afterAll(() => bundles[Symbol.asyncDispose]());

  async function act<T>(lab: Lab, ...words: readonly string[]): Promise<Reply<T>> {
    return JSON.parse(await lab.must('A', [process.execPath, bundles.act, ...words], { seconds: 100 })) as Reply<T>;
  }
  async function must<T>(lab: Lab, verb: string, choice?: Choice): Promise<T> {
    const reply = await act<T>(lab, verb, ...(choice === undefined ? [] : [JSON.stringify(choice)]));
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message} ${reply.error.hint}`);
    return reply.value;
  }
  const apply = async (lab: Lab, choice: Choice): Promise<Change> => {
    const done = await must<Done>(lab, 'apply', choice);
    expect(done.verified).toBe(true);
    return done.change;
  };
  const knock = (lab: Lab, port: number) =>
    lab.probe(WAYS.map(([source, destination]) => probe('tcp', source, destination, port)));
  const rules = async (lab: Lab): Promise<readonly string[]> =>
    (await lab.read(['/etc/ufw/user.rules', '/etc/ufw/user6.rules'])).flatMap((text) =>
      (text ?? '').split('\n').filter((line) => line.startsWith('### tuple')),
    );
  /** The helper itself, with an order of anybody's. */
  async function order(lab: Lab, plan: Plan): Promise<Problem | undefined> {
    const ran = await lab.run('A', [process.execPath, bundles.helper, 'apply'], { input: printOrder(plan) });
    const last = JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '') as { problem?: Problem };
    return last.problem;
  }
  const signed = (made: Plan, change: Partial<Plan>): Plan => {
    const { id: _, ...plan } = { ...made, ...change };
    return { ...plan, id: planId(plan, sha256) };
  };

  async function machine(...more: readonly (readonly string[])[]): Promise<Lab> {
    const lab = await startLab();
    await lab.listen(
      [22, 3000, 8080].flatMap((port) => [['tcp', '0.0.0.0', port] as const, ['tcp', '::', port] as const]),
    );
    for (const command of [
      ['allow', '22/tcp'],
      ['allow', '3000/tcp', 'comment', 'my web'],
      ['allow', '8080'],
      ...more,
      ['--force', 'enable'],
    ])
      await lab.must('A', ['ufw', ...command]);
    return lab;
  }

  test('A, then B: A comes back between its neighbours, B stays shut; that is undone, and all of it', async () => {
    await using lab = await machine(['limit', 'from', '10.0.0.0/8', 'to', 'any', 'port', '22', 'proto', 'tcp']);
    const start = await rules(lab);
    const a = await apply(lab, close(3000));
    const b = await apply(lab, close(8080));
    const both = await rules(lab);
    expect([await knock(lab, 3000), await knock(lab, 8080)]).toEqual([SHUT, SHUT]);

    const undo = await apply(lab, undoOf(a));
    expect([await knock(lab, 3000), await knock(lab, 8080), await knock(lab, 22)]).toEqual([OPEN, SHUT, OPEN]);
    expect(await rules(lab)).toEqual(
      [...start.slice(0, 4), ...start.slice(4)].reduce<readonly string[]>(
        (list, rule) =>
          rule.includes('22 0.0.0.0/0 any 0.0.0.0/0') || rule.includes('22 ::/0 any ::/0')
            ? [
                ...list,
                both.find((one) => one.includes(rule.includes('::') ? 'deny tcp 8080 ::/0' : 'deny tcp 8080 0'))!,
                rule,
              ]
            : [...list, rule],
        [],
      ),
    );
    const history = await must<readonly Change[]>(lab, 'history');
    expect(history.map(({ state, undoneBy }) => [state, undoneBy])).toEqual([
      ['applied', undefined],
      ['applied', undefined],
      ['undone', undo.id],
    ]);

    // The undo is the last change: it goes as it came, and A is in force again.
    await must<Done>(lab, 'undo');
    expect(await rules(lab)).toEqual(both);
    expect(await knock(lab, 3000)).toEqual(SHUT);
    // The other order, and A made again by undoing its undo from below.
    const back = await apply(lab, undoOf(a));
    await apply(lab, undoOf(b));
    expect(await rules(lab)).toEqual(start);
    const again = await apply(lab, undoOf(back));
    expect(again.summary).toBe('Make “Close port 3000 (TCP) for everyone” again');
    expect([await knock(lab, 3000), await knock(lab, 8080)]).toEqual([SHUT, OPEN]);
    await apply(lab, undoOf(again));
    expect(await rules(lab)).toEqual(start);
  });

  test('another program has changed the rules: told, and only what the change did is taken back', async () => {
    await using lab = await machine();
    const a = await apply(lab, close(3000));
    await lab.must('A', ['ufw', 'allow', '9000/tcp', 'comment', 'theirs']);
    const drift = await act(lab, 'undo');
    expect(drift).toMatchObject({ ok: false, error: { code: 'drift' } });
    expect(JSON.stringify(drift)).toContain(`portcullis undo ${a.id}`);
    // One half of it has been taken away by somebody.
    await lab.must('A', ['ufw', 'delete', 'deny', 'in', 'proto', 'tcp', 'from', '::/0', 'to', '::/0', 'port', '3000']);
    const undo = await apply(lab, undoOf(a));
    expect(warningsOf(undo.plan).join(' ')).toContain('The IPv6 rule “deny 3000/tcp” is not as this change left it');
    expect(await knock(lab, 3000)).toEqual(OPEN);
    const now = await rules(lab);
    expect(now.filter((rule) => rule.includes('7468656972'))).toHaveLength(2);
    expect(now.findIndex((rule) => rule.includes(' 3000 '))).toBe(1);
  });

  test('the own table, with ufw beside it', async () => {
    await using lab = await machine();
    const a = await apply(lab, close(3000, 'own-table'));
    await apply(lab, close(8080, 'own-table'));
    const files = await rules(lab);
    await apply(lab, undoOf(a));
    expect([await knock(lab, 3000), await knock(lab, 8080)]).toEqual([OPEN, SHUT]);
    expect(await rules(lab)).toEqual(files);
  });

  test('ufw turned on by it is turned off again, and nobody else’s chain is touched', async () => {
    await using lab = await machine();
    await lab.must('A', ['ufw', '--force', 'disable']);
    await lab.must('A', ['iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', '9', '-j', 'DROP']);
    const start = await rules(lab);
    const a = await apply(lab, close(3000));
    await apply(lab, close(8080, 'own-table'));
    const plan = await must<Plan>(lab, 'propose', undoOf(a));
    expect(warningsOf(plan)[0]).toContain('With ufw off, none of its rules holds any more. This opens 3000/tcp');
    await apply(lab, undoOf(a));
    expect([await knock(lab, 3000), await knock(lab, 8080)]).toEqual([OPEN, SHUT]);
    expect(await lab.must('A', ['iptables-save'])).toContain('--dport 9 -j DROP');
    expect(await rules(lab)).toEqual(start);
    // The undo is the last change now: taken back as it was, ufw is on again.
    await must<Done>(lab, 'undo');
    expect(await knock(lab, 3000)).toEqual(SHUT);
  });

  test('killed in between: put back before anything else, and nothing counts as undone', async () => {
    await using lab = await machine();
    const a = await apply(lab, close(3000));
    await apply(lab, close(8080));
    const before = await rules(lab);
    const plan = await must<Plan>(lab, 'propose', undoOf(a));
    await lab.must('A', ['cp', '/usr/sbin/ufw', '/mnt/real-ufw']);
    const wrap =
      '#!/bin/sh\n[ "$1" != insert ] || [ -e /mnt/once ] || { touch /mnt/once; kill -9 "$(cat /mnt/helper)"; exit 1; }\nexec /usr/bin/python3 /mnt/real-ufw "$@"\n';
    await lab.must('A', ['/bin/sh', '-c', 'cat > /mnt/ufw; chmod 755 /mnt/ufw; mount --bind /mnt/ufw /usr/sbin/ufw'], {
      input: wrap,
    });
    const start = [
      '/bin/sh',
      '-c',
      'echo $$ > /mnt/helper; exec "$@"',
      'sh',
      process.execPath,
      bundles.helper,
      'apply',
    ];
    expect((await lab.run('A', start, { input: printOrder(plan) })).exit).not.toBe(0);
    expect(await rules(lab)).not.toEqual(before);
    await lab.must('A', [process.execPath, bundles.helper, 'recover']);
    expect(await rules(lab)).toEqual(before);
    const history = await must<readonly Change[]>(lab, 'history');
    expect(history.map(({ state }) => state)).toEqual(['rolled-back', 'applied', 'applied']);
    await apply(lab, undoOf(a));
    expect([await knock(lab, 3000), await knock(lab, 8080)]).toEqual([OPEN, SHUT]);
  });

  test('undo plans of somebody else’s hand', async () => {
    await using lab = await machine();
    const a = await apply(lab, close(3000));
    const b = await apply(lab, close(8080));
    const plan = await must<Plan>(lab, 'propose', undoOf(a));
    const allow: Operation = {
      kind: 'ufw-prepend',
      action: 'allow',
      protocol: 'tcp',
      port: 3000,
      from: 'any',
      families: [4, 6],
    };
    const insert = plan.steps.find(({ operation }) => operation.kind === 'ufw-insert')!.operation as Operation & {
      kind: 'ufw-insert';
    };
    const files = await rules(lab);
    const steps = (...operations: readonly Operation[]) => ({ steps: operations.map(stepOf) });
    const own = plan.steps.map(({ operation }) => operation);
    const cases: readonly (readonly [string, Plan, string])[] = [
      ['an unknown id', signed(plan, { choice: { kind: 'undo', change: '20200101T000000-aaaaaaaa' } }), 'bad-input'],
      ['the id of another change', signed(plan, { choice: undoOf(b) }), 'bad-input'],
      ['a summary that lies', signed(plan, { summary: 'Take back “Nothing”' }), 'bad-input'],
      ['an operation more', signed(plan, steps(...own, allow)), 'stale-plan'],
      ['an operation less', signed(plan, steps(...own.slice(1))), 'stale-plan'],
      ['ufw turned off with it', signed(plan, steps(...own, { kind: 'ufw-disable' })), 'stale-plan'],
      [
        'another place',
        signed(plan, steps(...own.map((one) => (one === insert ? { ...insert, number: 1 } : one)))),
        'stale-plan',
      ],
      [
        'another rule',
        signed(plan, steps(...own.map((one) => (one.kind === 'ufw-insert' ? { ...one, number: null } : one)))),
        'stale-plan',
      ],
      ['putting back under another name', signed(plan, { choice: close(3000), ...steps(insert) }), 'bad-input'],
    ];
    for (const [name, hostile, code] of cases) {
      expect((await order(lab, hostile))?.code, name).toBe(code);
      expect(await rules(lab), name).toEqual(files);
    }
    expect(await order(lab, plan)).toBeUndefined();
    // The same once more: what is undone is not undone again.
    expect((await order(lab, plan))?.code).toBe('stale-plan');
    const { rulesDigest } = await must<Plan>(lab, 'propose', undoOf(b));
    expect((await order(lab, signed(plan, { rulesDigest })))?.code).toBe('nothing-to-do');
    expect(await act(lab, 'propose', JSON.stringify(undoOf(a)))).toMatchObject({
      ok: false,
      error: { code: 'nothing-to-do' },
    });
  });
});
