/** What counts up to nothing fares alike for every packet; the lab shows the same with packets. */
import { expect, test } from 'vitest';
import { countedByIptables, countedByNft } from '../../../../src/core/firewalls/netfilter/counted.ts';
import { NEVER } from '../../../../src/core/firewalls/netfilter/model.ts';

const ALWAYS = { on: 'always' };
const RATE = { on: 'rate', text: 'x' };

test.each([
  ['connlimit', '--connlimit-above 0 --connlimit-mask 32 --connlimit-saddr', ALWAYS],
  ['connlimit', '--connlimit-upto 0 --connlimit-mask 32 --connlimit-saddr', NEVER],
  ['connlimit', '! --connlimit-upto 0', ALWAYS],
  ['connlimit', '--connlimit-above 1', RATE],
  ['quota', '--quota 0', NEVER],
  ['quota', '! --quota 0', ALWAYS],
  ['quota', '--quota 100', RATE],
  ['statistic', '--mode random --probability 0.00000000000', NEVER],
  ['statistic', '--mode random ! --probability 1.00000000000', NEVER],
  ['statistic', '--mode random --probability 0.00000000047', RATE],
  ['statistic', '--mode nth --every 2 --packet 0', RATE],
  ['limit', '--limit 3/min', RATE],
  ['quota', '--quota', RATE],
])('-m %s %s', (module, options, field) => {
  expect(countedByIptables(module, options.split(' '), 'x')).toEqual(field);
});

test.each([
  ['ct count', { val: 0, inv: true }, ALWAYS],
  ['ct count', { val: 0 }, NEVER],
  ['ct count', { val: 1, inv: true }, RATE],
  ['quota', { val: 0, val_unit: 'bytes' }, NEVER],
  ['quota', { val: 0, val_unit: 'bytes', inv: true }, ALWAYS],
  ['quota', { val: 10, val_unit: 'bytes', used: 10, used_unit: 'bytes' }, NEVER],
  ['quota', { val: 10, val_unit: 'mbytes', used: 20, used_unit: 'bytes' }, RATE],
  ['quota', 'named', RATE],
  ['limit', { rate: 0, burst: 0, per: 'second' }, RATE],
])('%s %j', (kind, body, field) => {
  expect(countedByNft(kind, body, 'x')).toEqual(field);
});
