/** What counts as done: only what could be read again. */
import { expect, test } from 'vitest';
import { causeWords } from '../../../src/core/problem-words/cause.ts';
import type { Wrong } from '../../../src/core/problem.ts';
import { predict } from '../../../src/core/firewalls/registry.ts';
import type { Choice, Snapshot } from '../../../src/core/model.ts';
import { checkedWords } from '../../../src/core/plan/index.ts';
import { checkedAfter, checkedDropped } from '../../../src/main/apply/checked.ts';
import { differences, judge, unloaded } from '../../../src/main/apply/recheck.ts';
import { laptop, planFor } from '../../core/plan/machine.ts';

const CLOSE = {
  kind: 'close',
  targets: [{ protocol: 'tcp', port: 3000 }],
  audience: 'everyone',
  way: 'own-table',
} as const satisfies Choice;

const unread = (snapshot: Snapshot, id: string): Snapshot => ({
  ...snapshot,
  transcripts: snapshot.transcripts.map((one) =>
    one.id === id ? { ...one, exit: null, stdout: '', failure: 'timeout' as const } : one,
  ),
});

const tuples = ['allow tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in', 'allow tcp 8080 0.0.0.0/0 any 0.0.0.0/0 in'];
const before = laptop({ tuples });
const foreseen = (choice: Choice) => {
  const plan = planFor(before, choice);
  return {
    plan,
    after: predict(
      before,
      plan.steps.map(({ operation }) => operation),
    ),
  };
};

const said = (wrong: readonly Wrong[]): string => causeWords({ kind: 'found', wrong });

test('a change that did nothing is told from the prediction, and one that cannot be looked at is not taken for done', () => {
  const { plan, after } = foreseen(CLOSE);
  const expected = judge(after);
  expect(differences(plan, expected, judge(after))).toEqual([]);
  expect(said(differences(plan, expected, judge(before)))).toContain('can be reached by others than was predicted');
  expect(said(differences(plan, expected, judge(unread(before, 'ss.listening'))))).toBe(
    'what listens now could not be read, so nothing shows that it came so',
  );
  // Where it could not be read before either, all that was seen then has to be seen still.
  const blind = judge(unread(after, 'ss.listening'));
  expect(differences(plan, blind, blind)).toEqual([]);
});

test('what cannot be told any more is not called open to others, and its reason is told', () => {
  const { plan, after } = foreseen(CLOSE);
  const program = (hook: number) => ({ bpf: 'netfilter', programs: ['filter_1'], family: 2, hook });
  const beside = {
    ...after.transcripts[0]!,
    id: 'outside',
    stdout: [program(1), { done: true }].map((line) => `${JSON.stringify(line)}\n`).join(''),
  };
  const dim = judge({ ...after, transcripts: [...after.transcripts.filter(({ id }) => id !== 'outside'), beside] });
  // 3000 is closed: what can only drop changes nothing of that. 8080 was open.
  expect(said(differences(plan, judge(after), dim))).toBe(
    'who can reach tcp/8080 (Development web server) cannot be told any more: a BPF program in netfilter, here or in a container (filter_1): it decides beside the rules, and may drop packets',
  );
});

test('what came or went while everything could be read does not count', () => {
  const { plan, after } = foreseen(CLOSE);
  const rest = {
    ...after,
    transcripts: after.transcripts.map((one) =>
      one.id === 'ss.listening'
        ? {
            ...one,
            stdout: one.stdout
              .split('\n')
              .filter((line) => !line.includes(':8080 '))
              .join('\n'),
          }
        : one,
    ),
  };
  expect(differences(plan, judge(after), judge(rest))).toEqual([]);
  expect(checkedAfter(plan, judge(rest)).map(checkedWords).join(' ')).toContain('nobody else can reach it now');
});

test('rules of ufw that the kernel does not show any more were not loaded, as far as anybody knows', () => {
  const { plan, after } = foreseen({ ...CLOSE, way: 'firewall' });
  expect(unloaded(plan, after, after)).toEqual([]);
  expect(said(unloaded(plan, after, unread(after, 'ip6tables-save')))).toContain('ufw’s rules for IPv6');
});

test('connections that cannot be read were not ended, as far as anybody knows', () => {
  const connections = 'tcp ESTAB 0 0 192.168.77.10:3000 192.168.77.20:50000 ino:103 sk:4 <->\n';
  const open = laptop({ tuples, connections });
  const plan = planFor(open, { ...CLOSE, drop: true });
  const blind = unread(open, 'ss.connections');
  expect(checkedDropped(plan, open, judge(open)).map(checkedWords).join()).toContain('could not be ended');
  expect(checkedDropped(plan, before, judge(before)).map(checkedWords)).toEqual([
    'The connections to port 3000 that were open were ended.',
  ]);
  expect(checkedDropped(plan, blind, judge(blind)).map(checkedWords)).toEqual([
    'Whether the connections to port 3000 were ended could not be read.',
  ]);
});
