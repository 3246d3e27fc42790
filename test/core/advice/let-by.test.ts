import { expect, test } from 'vitest';
import { advise } from '../../../src/core/advice/index.ts';
import { letBy } from '../../../src/core/advice/let-by.ts';
import { decided, facts, listener, way } from './build.ts';

const pass = 'rdr pass on en0 inet proto tcp from any to any port = 80 -> 127.0.0.1 port 3000';
const led = (firewall: string, rule: string) => {
  return listener('tcp/3000', 'node', { reach: [way(80, { decidedBy: decided(firewall, rule) })] });
};

test('a port that pf lets by before its filter is known by the rule, and by no other', () => {
  expect(letBy(led('pf', pass))).toEqual([80]);
  expect(letBy(led('pf', 'rdr pass'))).toEqual([80]);
  expect(letBy(led('pf', pass.replace(' pass', '')))).toEqual([]);
  expect(letBy(led('ufw', pass))).toEqual([]);
});

test('no rule of the filter is advised where it is not asked', () => {
  const [past] = advise(facts({ platform: 'darwin', listeners: [led('pf', pass)] }));
  expect(past?.why).toContain('Port 80 is let by before any filter rule is asked (rdr pass)');
  expect(past?.why).not.toContain('would close port 80 too');
  const [asked] = advise(facts({ platform: 'darwin', listeners: [led('pf', pass.replace(' pass', ''))] }));
  expect(asked?.why).toContain('would close port 80 too');
});
