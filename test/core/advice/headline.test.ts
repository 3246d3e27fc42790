import { describe, expect, test } from 'vitest';
import { headlineInEnglish, meantInEnglish } from '../../../src/core/advice/english/headline.ts';
import { headlineInGerman, meantInGerman } from '../../../src/core/advice/headline-de.ts';
import { openCount } from '../../../src/core/advice/headline.ts';
import { meantForInternet } from '../../../src/core/advice/meant.ts';
import type { AdviceKind, Exposure, Report } from '../../../src/core/model.ts';

type Port = readonly [advice: AdviceKind, exposure: Exposure];

/** Listeners at ports 1, 2, …, each with one finding. */
const report = (ports: readonly Port[]): Report =>
  ({
    listeners: ports.map(([, exposure], at) => ({
      id: `tcp/${at + 1}`,
      protocol: 'tcp',
      port: at + 1,
      exposure,
      reach: [{ open: exposure === 'some' ? ['192.168.1.50/32'] : [], limited: [] }],
    })),
    forwards: [],
    findings: ports.map(([advice], at) => ({
      id: `exposed-program:tcp/${at + 1}`,
      listener: `tcp/${at + 1}`,
      advice,
      says: { kind: 'exposed' },
    })),
  }) as unknown as Report;

const said = (...ports: readonly Port[]): readonly string[] => {
  const open = openCount(report(ports));
  return [headlineInEnglish(open).join(' '), headlineInGerman(open).join(' ')];
};

test('what is open to the internet and to be looked at is said beside what is not needed', () => {
  expect(said(['close', 'network'], ['close', 'internet'], ['review', 'internet'], ['review', 'network'])).toEqual([
    '2 ports are open to others that you probably don’t need, one of them to the internet. 2 more are for you to look at, one of them open to the internet.',
    '2 Ports sind für andere offen, die du wahrscheinlich nicht brauchst, davon einer für alle im Internet. Sieh dir auch 2 weitere an, von denen einer für alle im Internet offen ist.',
  ]);
  expect(said(['close', 'network'], ['review', 'internet'])).toEqual([
    'One port is open to your network that you probably don’t need. One more is for you to look at, open to the internet.',
    'Ein Port ist für dein Netzwerk offen, den du wahrscheinlich nicht brauchst. Sieh dir auch einen weiteren an, der für alle im Internet offen ist.',
  ]);
});

test('what is only to be looked at is a headline by itself', () => {
  expect(said(['review', 'some'])).toEqual([
    'One port is open to one address. Look whether you need it.',
    'Ein Port ist für eine Adresse offen. Sieh nach, ob du ihn brauchst.',
  ]);
  expect(said(['review', 'internet'], ['restrict', 'internet'], ['restrict', 'internet'])[0]).toBe(
    '2 ports are open to the internet that you probably don’t need. One more is for you to look at, open to the internet.',
  );
});

test('what is kept, what nobody reaches, and what cannot be told is no part of it', () => {
  expect(said(['keep', 'internet'], ['close', 'self'], ['review', 'unknown'])).toEqual(['', '']);
});

describe('what may stay open is said where anyone on the internet reaches it', () => {
  const meant = (more: boolean, ...ports: readonly Port[]): readonly string[] => {
    const found = meantForInternet(report(ports), more);
    return [...meantInEnglish(found), ...meantInGerman(found)];
  };

  test('beside a headline, and instead of one', () => {
    expect(meant(true, ['close', 'internet'], ['keep', 'internet'])).toEqual([
      'One more port is open to the internet and is meant to be reached, or you keep it open.',
      'Ein weiterer Port ist für alle im Internet offen; er ist dafür gedacht, oder du lässt ihn offen.',
    ]);
    expect(meant(false, ['keep', 'internet'], ['keep', 'internet'])).toEqual([
      '2 ports are open to the internet and are meant to be reached, or you keep them open.',
      '2 Ports sind für alle im Internet offen; sie sind dafür gedacht, oder du lässt sie offen.',
    ]);
  });

  test('and nowhere else; a port counts once', () => {
    expect(meant(true, ['close', 'internet'], ['review', 'internet'], ['keep', 'network'], ['keep', 'self'])).toEqual(
      [],
    );
    const doubled = report([['keep', 'internet']]);
    const [listener] = doubled.listeners;
    const forward = { ...listener, via: 'rule', listener: 'tcp/1' };
    expect(meantForInternet({ ...doubled, forwards: [forward] } as unknown as Report, false).count).toBe(1);
    expect(meantForInternet({ ...doubled, listeners: [], forwards: [forward] } as unknown as Report, false).count).toBe(
      1,
    );
  });
});

describe('no headline says less than the findings under it', () => {
  const KINDS = ['close', 'restrict', 'review', 'keep'] as const;
  const WHOM = ['internet', 'network', 'some', 'self', 'unknown'] as const;
  const one: readonly Port[] = KINDS.flatMap((advice) => WHOM.map((exposure) => [advice, exposure] as const));

  test('of three ports, whatever is advised', () => {
    for (const a of one)
      for (const b of one) {
        const ports = [a, b, ['review', 'network'] as const];
        const internet = ports.some(([advice, exposure]) => advice !== 'keep' && exposure === 'internet');
        const [english, german] = said(...ports);
        expect(/internet/.test(english ?? ''), english).toBe(internet);
        expect(/Internet/.test(german ?? ''), german).toBe(internet);
      }
  });
});
