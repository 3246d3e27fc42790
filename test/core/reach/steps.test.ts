import { expect, test } from 'vitest';
import type { ListenerReach, TraceStep } from '../../../src/core/model.ts';
import { togetherSteps } from '../../../src/core/reach/steps.ts';
import { decidingRules } from '../../../src/core/reach/summary.ts';

const step = (words: string, more: Partial<TraceStep> = {}): TraceStep => ({
  hook: 'input',
  chain: 'private',
  rule: words,
  effect: 'accept',
  firewall: 'windows',
  words,
  sources: ['0.0.0.0/0'],
  more: 0,
  share: 'everyone',
  when: 'perhaps',
  decides: 'unknown',
  ...more,
});

test('many rules that perhaps do the same are one step, few and certain ones are not', () => {
  const sure = { when: 'always', decides: 'open' } as const;
  const many = ['a', 'b', 'c', 'x'].map((rule) => step(rule));
  const names = togetherSteps([...many, step('d', sure), step('e', sure), step('f', sure), step('g'), step('h')]).map(
    (alike) => alike.map(({ words }) => words).join(),
  );
  expect(names).toEqual(['a,b,c,x', 'd', 'e', 'f', 'g', 'h']);
});

test('rules of other firewalls are told one by one', () => {
  expect(togetherSteps(['a', 'b', 'c', 'd', 'e'].map((rule) => step(rule, { firewall: 'iptables' })))).toHaveLength(5);
});

test('what is done to other sources, or elsewhere, is another step', () => {
  const others = [
    step('a'),
    step('b', { chain: 'public' }),
    step('c'),
    step('d', { sources: ['10.0.0.0/8'], share: 'some' }),
  ];
  expect(togetherSteps(others)).toHaveLength(4);
});

test('rules that let in for certain are named without those that only perhaps do', () => {
  const by = ['allow App', 'allow Development'].map((rule) => ({ firewall: 'windows', rule }));
  const way = (trace: readonly TraceStep[]) =>
    ({
      reach: [{ open: ['192.168.1.0/24'], limited: [], unknown: ['10.0.0.0/8'], decidedBy: by, trace }],
    }) as unknown as ListenerReach;
  const app = step('allow App', { decides: 'open' });
  const development = step('allow Development', { when: 'always', decides: 'open' });
  expect(decidingRules(way([app, development])).rules.map(({ rule }) => rule)).toEqual(['allow Development']);
  expect(decidingRules(way([app])).rules).toEqual(by);
});
