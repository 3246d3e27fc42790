/** What is said beforehand about ufw must be what the kernel and the files hold afterwards, over random histories. */
import { expect, test } from 'vitest';
import {
  editTuples,
  numberOfIndex,
  parseTuple,
  predictUfw,
  prepended,
  readUfw,
  type UfwOperation,
} from '../../src/core/firewalls/ufw/index.ts';
import type { Snapshot, UfwTuple } from '../../src/core/model.ts';
import { find } from '../../src/core/transcripts.ts';
import { describeLab, type Lab, startLab } from './harness.ts';

/** Rules by chain, without counters, comments and the order in which chains are printed. */
function normal(saved: string): readonly string[] {
  const chains = new Map<string, string[]>();
  const rest: string[] = [];
  let table = '';
  for (const line of saved.split('\n')) {
    if (line.startsWith('*')) table = line;
    const rule = /^-A (\S+) ?(.*)$/.exec(line);
    if (rule !== null) {
      const list = chains.get(`${table} ${rule[1]}`) ?? [];
      list.push((rule[2] ?? '').replace(/-m comment --comment ("(\\.|[^"])*"|\S+) ?/, '').trim());
      chains.set(`${table} ${rule[1]}`, list);
    } else if (line.startsWith(':')) rest.push(`${table} ${line.replace(/ \[\d+:\d+\]/, '')}`);
  }
  return [
    ...rest,
    ...[...chains].flatMap(([chain, rules]) => rules.map((rule, at) => `${chain} ${at} ${rule}`)),
  ].sort();
}

const FILES = ['file:/etc/ufw/ufw.conf', 'file:/etc/ufw/user.rules', 'file:/etc/ufw/user6.rules'];
const said = (snapshot: Snapshot, id: string): string => find(snapshot, id)?.stdout ?? '';

/** A small generator of our own with a printed seed, so that a failure can be run again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const pick = <T>(roll: (sides: number) => number, from: readonly T[]): T => from[roll(from.length)] as T;

function randomRule(roll: (sides: number) => number): readonly string[] {
  const action = pick(roll, ['allow', 'deny', 'reject', 'limit']);
  const port = pick(roll, ['22', '80', '443', '3000', '5353', '8000']);
  const log = pick(roll, [[], [], [], ['log'], ['log-all']]);
  switch (roll(7)) {
    case 0:
      return [action, ...log, port];
    case 1:
      return [action, ...log, `${port}/${pick(roll, ['tcp', 'udp'])}`];
    case 2:
      return [action, 'in', 'on', 'wlan0', ...log, 'to', 'any', 'port', port, 'proto', 'tcp'];
    case 3:
      return [
        action,
        ...log,
        'from',
        pick(roll, ['192.168.77.0/24', '10.0.0.7', 'fd77::/64', 'any']),
        'to',
        'any',
        'port',
        port,
      ];
    case 4:
      return [action, 'proto', 'tcp', 'from', '10.0.0.0/8', 'to', 'any', 'port', '6000:6007,80', 'comment', 'a b'];
    case 5:
      return [action, 'in', 'from', 'any', 'to', 'any', 'app', pick(roll, ['WWW Full', 'Two'])];
    default:
      return [action, 'out', `${port}/tcp`];
  }
}

async function asExpected(lab: Lab, predicted: Snapshot): Promise<void> {
  const now = await lab.snapshot();
  for (const id of FILES) expect(said(predicted, id), id).toBe(said(now, id));
  for (const id of ['iptables-save', 'ip6tables-save'])
    expect(normal(said(predicted, id)), id).toEqual(normal(said(now, id)));
}

/** Run the operation with ufw itself, by the words that the plan would show. */
async function carryOut(lab: Lab, operation: UfwOperation): Promise<void> {
  const { commandsOf } = await import('../../src/core/firewalls/ufw/index.ts');
  for (const argv of commandsOf(operation)) await lab.must('A', argv);
}

const canPrepend = (tuples: readonly UfwTuple[], operation: UfwOperation & { kind: 'ufw-prepend' }): boolean =>
  operation.families.every((family) => {
    const added = prepended(operation, family);
    return tuples.every(
      (tuple) =>
        ({ ...tuple, line: '', action: '', log: null, comment: null }).dport !== added.dport ||
        tuple.src !== added.src ||
        tuple.protocol !== added.protocol ||
        tuple.family !== family ||
        tuple.interfaceIn !== null ||
        tuple.dapp !== null ||
        tuple.direction !== 'in' ||
        tuple.dst !== added.dst,
    );
  });

/** A profile of two rules, which ufw counts as one. */
const TWO = '[Two]\ntitle=Two\ndescription=Two\nports=137,138/udp|139,445/tcp\n';

/** A rule that may come back anywhere; null where ufw cannot put it there, and no plan does. */
function randomInsert(
  roll: (sides: number) => number,
  tuples: readonly UfwTuple[],
  ipv6: boolean,
): UfwOperation | null {
  const family = ipv6 ? pick(roll, [4, 6] as const) : 4;
  const any = family === 4 ? '0.0.0.0/0' : '::/0';
  const action = pick(roll, ['allow', 'deny', 'reject', 'limit', 'allow_log', 'deny_log-all']);
  const from = pick(roll, family === 4 ? [any, '10.0.0.0/8', '192.168.77.20'] : [any, 'fd77::/64']);
  const comment = pick(roll, ['', ' comment=6d7920776562', ' comment=c3a42022202420', ' comment=506f727463756c6c6973']);
  const device = pick(roll, ['', '', '_wlan0']);
  const line = `${action} ${pick(roll, ['tcp', 'udp', 'any'])} ${pick(roll, ['22', '3000', '9999'])} ${any} any ${from} in${device}${comment}`;
  const tuple = parseTuple(line, family);
  if (tuple === null) throw new Error(line);
  const places = tuples.filter((other) => other.family === family).length + 1;
  const number = numberOfIndex(tuples, family, roll(places));
  if (number === undefined) return null;
  const insert: UfwOperation = { kind: 'ufw-insert', tuple, number };
  return editTuples(tuples, insert) === null ? null : insert;
}

describeLab('ufw predicted', () => {
  test('an appended rule that logs, with logging off: a bare RETURN leaves its chain, its own too', async () => {
    await using lab = await startLab();
    await lab.must('A', ['ufw', 'logging', 'off']);
    await lab.must('A', ['ufw', 'allow', '22/tcp']);
    await lab.must('A', ['ufw', '--force', 'enable']);
    for (const line of [
      'allow_log tcp 3000 0.0.0.0/0 any 10.0.0.0/8 in',
      'deny_log any any 0.0.0.0/0 any 0.0.0.0/0 in',
    ]) {
      const snapshot = await lab.snapshot();
      const tuples = readUfw(snapshot).value?.tuples ?? [];
      const tuple = parseTuple(line, 4);
      const number = numberOfIndex(tuples, 4, tuples.filter(({ family }) => family === 4).length);
      if (tuple === null || number === undefined) throw new Error(line);
      const insert: UfwOperation = { kind: 'ufw-insert', tuple, number };
      const predicted = predictUfw(snapshot, [insert]);
      await carryOut(lab, insert);
      await asExpected(lab, predicted);
    }
  });

  for (const policy of ['deny', 'reject', 'allow']) {
    for (const ipv6 of [true, false]) {
      const seed = Math.floor(Math.random() * 2 ** 31);
      test(`default ${policy}, IPv6 ${ipv6 ? 'on' : 'off'} (seed ${seed})`, async () => {
        const roll = dice(seed);
        await using lab = await startLab();
        await lab.must('A', ['sed', '-i', `s/^IPV6=.*/IPV6=${ipv6 ? 'yes' : 'no'}/`, '/etc/default/ufw']);
        await lab.must('A', ['/bin/sh', '-c', 'cat > /etc/ufw/applications.d/two'], { input: TWO });
        await lab.must('A', ['ufw', 'default', policy]);
        await lab.must('A', ['ufw', 'logging', pick(roll, ['off', 'low', 'medium', 'high', 'full'])]);
        for (let round = 0; round < 6; round++) await lab.run('A', ['ufw', ...randomRule(roll)]);
        if (roll(2) === 0) {
          await lab.must('A', ['ufw', '--force', 'enable']);
          await lab.must('A', ['ufw', '--force', 'disable']);
        }
        const before = await lab.snapshot();
        const enable: UfwOperation = { kind: 'ufw-enable' };
        const enabled = predictUfw(before, [enable]);
        await carryOut(lab, enable);
        await asExpected(lab, enabled);
        for (let round = 0; round < 12; round++) {
          await lab.run('A', ['ufw', ...randomRule(roll)]);
          const snapshot = await lab.snapshot();
          const tuples = readUfw(snapshot).value?.tuples ?? [];
          const prepend: UfwOperation & { kind: 'ufw-prepend' } = {
            kind: 'ufw-prepend',
            action: pick(roll, ['allow', 'deny', 'limit']),
            protocol: pick(roll, ['tcp', 'udp']),
            port: pick(roll, [22, 80, 443, 3000, 9000]),
            from: 'any',
            families: ipv6 ? pick(roll, [[4, 6], [4], [6]]) : [4],
          };
          const insert = roll(2) === 0 ? randomInsert(roll, tuples, ipv6) : null;
          const operation: UfwOperation =
            insert ??
            (roll(2) === 0 && tuples.length > 0
              ? {
                  kind: 'ufw-delete',
                  tuple: pick(
                    roll,
                    tuples.filter((tuple) => ipv6 || tuple.family === 4),
                  ),
                }
              : prepend);
          if (operation.kind === 'ufw-prepend' && !canPrepend(tuples, operation)) continue;
          const predicted = predictUfw(snapshot, [operation]);
          await carryOut(lab, operation);
          await asExpected(lab, predicted);
        }
        const last = await lab.snapshot();
        const disable: UfwOperation = { kind: 'ufw-disable' };
        const off = predictUfw(last, [disable]);
        await carryOut(lab, disable);
        await asExpected(lab, off);
        const on = predictUfw(off, [enable]);
        await carryOut(lab, enable);
        await asExpected(lab, on);
      });
    }
  }
});
