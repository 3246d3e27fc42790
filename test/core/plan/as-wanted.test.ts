/** What is as it is wanted already keeps no other from being closed; what a rule leads on past the firewall is not closed by it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { predict } from '../../../src/core/firewalls/registry.ts';
import type { Audience, Choice, Report, Snapshot } from '../../../src/core/model.ts';
import { isAsWanted } from '../../../src/core/plan/as-wanted.ts';
import { misfit } from '../../../src/core/plan/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { makeReport } from '../../../src/core/report.ts';
import { laptop, leadingOn, planFor } from './machine.ts';

type Close = Choice & { kind: 'close' };
const close = (ports: readonly number[], audience: Audience = 'everyone'): Close => ({
  kind: 'close',
  targets: ports.map((port) => ({ protocol: 'tcp', port })),
  audience,
  way: 'firewall',
});
const open = (port: number, from = '0.0.0.0/0'): string => `allow tcp ${port} 0.0.0.0/0 any ${from} in`;
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('a plan was made');
};
const ports = (snapshot: Snapshot, choice: Close): readonly number[] => {
  const plan = planFor(snapshot, choice);
  const operations = plan.steps.map(({ operation }) => operation);
  expect(misfit(choice, operations)).toBeNull();
  return [...new Set(operations.flatMap((one) => ('port' in one ? [one.port] : [])))];
};
const idle = (snapshot: Snapshot, choice: Close) =>
  planFor(snapshot, choice).warnings.flatMap((one) =>
    typeof one === 'object' && one.kind === 'nobody-to-shut-out' ? [one.target.port] : [],
  );

describe('ufw', () => {
  const machine = laptop({ tuples: [open(3000), open(8080, '192.168.77.0/24')] });
  test.each(['all-but-this-network', 'internet'] as const)('for %s, in either order', (audience) => {
    for (const some of [
      [8080, 3000],
      [3000, 8080],
    ]) {
      expect(ports(machine, close(some, audience))).toEqual([3000]);
      expect(idle(machine, close(some, audience))).toEqual([8080]);
    }
    expect(refusal(() => planFor(machine, close([8080], audience)))).toMatchObject({
      code: 'nothing-to-do',
      means: { kind: 'shuts-nobody-out' },
    });
  });

  test('for everyone', () => {
    const shut = laptop({ tuples: [open(3000)] });
    expect(ports(shut, close([8080, 3000]))).toEqual([3000]);
    expect(refusal(() => planFor(shut, close([8080, 22])))).toMatchObject({
      code: 'nothing-to-do',
      means: { kind: 'nobody-reaches' },
    });
    expect(idle(laptop({ tuples: [open(3000), open(8080)] }), close([8080, 3000]))).toEqual([]);
  });

  test('where it is off, each is closed: turning it on decides about all', () =>
    expect(idle(laptop({ on: false }), close([8080, 3000], 'all-but-this-network'))).toEqual([]));

  test.each([8081, 9000, 9005])('what leads on from %d is closed ahead of it', (port) => {
    const plan = planFor(leadingOn(laptop()), close([port]));
    expect(plan.layers).toEqual(['nftables']);
    expect(plan.steps.map(({ operation }) => operation)).toEqual([
      { kind: 'table-close', protocol: 'tcp', port, except: [] },
    ]);
  });
});

test('firewalld: a port that only the network reaches keeps no other from being closed', () => {
  const host = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../main/cli/snapshots/firewalld.json'), 'utf8'),
  ) as Snapshot;
  const some = close([3000], 'all-but-this-network');
  const after = predict(
    host,
    planFor(host, some).steps.map(({ operation }) => operation),
  );
  expect(refusal(() => planFor(after, some))).toMatchObject({
    code: 'nothing-to-do',
    means: { kind: 'shuts-nobody-out' },
  });
  const both = close([3000, 4444]);
  const shut = predict(
    host,
    planFor(host, close([3000])).steps.map(({ operation }) => operation),
  );
  expect(ports(shut, both)).toEqual([4444]);
  expect(idle(shut, both)).toEqual([3000]);
});

describe('as wanted', () => {
  const report = makeReport(laptop({ tuples: [open(8080, '192.168.77.0/24')] }), { kept: new Set() });
  const target = { protocol: 'tcp', port: 8080 } as const;
  const told = (change: (one: Report['listeners'][number]) => object): Report => ({
    ...report,
    listeners: report.listeners.map((one) => ({ ...one, ...change(one) })),
  });
  test('for those who are shut out, and not for everyone', () => {
    expect(isAsWanted(report, target, 'internet')).toBe(true);
    expect(isAsWanted(report, target, 'everyone')).toBe(false);
  });
  test('never where something is not known, cannot be read, or is not there', () => {
    const ways = (unknown: readonly string[]) =>
      told(({ reach }) => ({ reach: reach.map((way) => ({ ...way, unknown })) }));
    expect(isAsWanted(ways(['203.0.113.0/24']), target, 'internet')).toBe(false);
    expect(isAsWanted(ways(['somewhere']), target, 'internet')).toBe(false);
    expect(
      isAsWanted(
        told(() => ({ exposureComplete: false })),
        target,
        'internet',
      ),
    ).toBe(false);
    expect(
      isAsWanted(
        told(() => ({ reach: [] })),
        target,
        'internet',
      ),
    ).toBe(false);
    expect(isAsWanted({ ...report, listeners: [] }, target, 'internet')).toBe(false);
  });
});
