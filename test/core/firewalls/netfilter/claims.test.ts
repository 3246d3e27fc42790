/** Every match that docs/MATCHES.md calls known has a kind under which the lab counts the probes that it decides. */
import { expect, test } from 'vitest';
import { NOT_BY_PACKETS, claimed, decidedBy, unproved } from '../../../lab/proved-kinds.ts';

test('no claim is without a kind', () => {
  expect(claimed().length).toBeGreaterThan(150);
  expect(claimed().filter(({ kinds }) => kinds.length === 0)).toEqual([]);
});

test('what is too seldom decided is told', () => {
  const kinds = claimed().flatMap((claim) => claim.kinds);
  const enough = new Map(kinds.map((kind) => [kind, 200]));
  expect(unproved(enough, 200)).toEqual([]);
  expect(unproved(new Map([...enough, ['--ctorigsrc', 199]]), 200)).toEqual([
    '-m conntrack --ctorigsrc 10.0.0.1: --ctorigsrc decided 199 probes',
  ]);
  expect(
    decidedBy(
      '-i',
      new Map([
        ['-i', 120],
        ['! -i', 100],
      ]),
    ),
  ).toBe(220);
});

test('what packets cannot show is claimed, and not more than that', () => {
  const kinds = new Set(claimed().flatMap((claim) => claim.kinds));
  expect(Object.keys(NOT_BY_PACKETS).filter((kind) => !kinds.has(kind))).toEqual([]);
});
