/** synthetic: a rule that nobody can decide about, and what is said of it and of the rules after it: never more than the answer. */
import { expect, test } from 'vitest';
import type { Reach } from '../../../src/core/model.ts';
import { decidingRules } from '../../../src/core/reach/summary.ts';
import { judgeOf, listener, socket } from './world.ts';

const wayTo = (...rules: readonly string[]): Reach => {
  const v4 = `*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n${rules.join('\n')}\nCOMMIT\n`;
  const [way] = judgeOf({ v4 }).reachOf(listener(socket({ port: 3000 }))).reach;
  if (way === undefined) throw new Error('no way in');
  return way;
};
const steps = ({ trace }: Reach) =>
  trace.map(({ effect, when, decides, share, sources }) => [
    effect,
    when,
    decides,
    share === 'some' ? sources.join() : share,
  ]);
const UNDECIDED = '-m u32 --u32 "0=1"';

test('one step that is sure of some and not of others is told as two', () => {
  const way = wayTo(`-A INPUT -s 10.66.0.0/24 ${UNDECIDED} -j RETURN`, '-A INPUT -p tcp -m tcp --dport 3000 -j ACCEPT');
  expect(way.unknown).toEqual(['10.66.0.0/24']);
  expect(steps(way).slice(1)).toEqual([
    ['accept', 'always', 'open', '0.0.0.0-10.65.255.255,10.66.1.0-255.255.255.255'],
    ['accept', 'perhaps', 'unknown', 'rest'],
    ['drop', 'perhaps', 'unknown', '10.66.0.0/24'],
  ]);
});

test('a rule that lets in whom an undecided one has not is told for certain, and alone is said to let in', () => {
  const way = wayTo(`-A INPUT ${UNDECIDED} -j ACCEPT`, '-A INPUT -s 192.168.77.0/24 -j ACCEPT');
  expect(way.open).toEqual(['192.168.77.0/24']);
  expect(steps(way)).toMatchObject([
    ['accept', 'perhaps', 'open', 'everyone'],
    ['accept', 'always', 'open', '192.168.77.0/24'],
    ['drop', 'perhaps', expect.anything(), expect.anything()],
  ]);
  expect(decidingRules({ reach: [way] }).rules.map(({ rule }) => rule)).toEqual([
    '-A INPUT -s 192.168.77.0/24 -j ACCEPT',
  ]);
});

test('where another follows that lets the rest in, neither of two undecided ones is certain', () => {
  const way = wayTo(
    `-A INPUT ${UNDECIDED} -j ACCEPT`,
    `-A INPUT -p tcp ${UNDECIDED} -j ACCEPT`,
    '-A INPUT -p tcp -m tcp --dport 3000 -j ACCEPT',
  );
  expect(way.open).toEqual(['0.0.0.0/0']);
  expect(steps(way).map(([, when]) => when)).toEqual(['perhaps', 'perhaps', 'always']);
});
