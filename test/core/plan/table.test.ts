/** Plans in Portcullis's own table. */
import { describe, expect, test } from 'vitest';
import { predict, table } from '../../../src/core/firewalls/registry.ts';
import type { Choice, Snapshot } from '../../../src/core/model.ts';
import { misfit } from '../../../src/core/plan/index.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { find, withOutput } from '../../../src/core/transcripts.ts';
import { laptop, planFor } from './machine.ts';
import { warningsOf } from './in-english.ts';

type Port = Extract<Choice, { kind: 'close' | 'reopen' }>;
const choose = (kind: Port['kind'], more: Partial<Port> = {}): Port => ({
  kind,
  targets: [{ protocol: 'tcp', port: 3000 }],
  audience: 'everyone',
  way: 'own-table',
  ...more,
});
const operations = (plan: ReturnType<typeof planFor>) => plan.steps.map(({ operation }) => operation);
const problemOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return inEnglish(error);
    throw error;
  }
  throw new Error('it was done');
};
/** Without a firewall everything that listens is open to the network. */
const bare = (): Snapshot => laptop({ installed: false });
const closed = (snapshot: Snapshot, choice = choose('close')): Snapshot =>
  predict(snapshot, operations(planFor(snapshot, choice)));

describe('closing', () => {
  test('without any firewall: one block, nothing else changes', () => {
    const plan = planFor(bare(), choose('close'));
    expect(plan.layers).toEqual(['nftables']);
    expect(operations(plan)).toEqual([{ kind: 'table-close', protocol: 'tcp', port: 3000, except: [] }]);
    expect(plan.effects.map(({ listener, before, after }) => [listener, before.exposure, after.exposure])).toEqual([
      ['tcp/3000', 'network', 'self'],
    ]);
    expect(plan.simple).toBe(true);
    expect(plan.undo.map(({ operation }) => operation)).toEqual([{ kind: 'table-restore' }]);
  });

  test('for all but this network: its sources still get in, and only they', () => {
    const plan = planFor(bare(), choose('close', { audience: 'all-but-this-network' }));
    const four = plan.effects[0]?.after.reach.find(({ family }) => family === 4);
    expect(four?.open).toEqual(['192.168.77.0/24']);
  });

  test('what is closed already is said', () => {
    expect(problemOf(() => planFor(closed(bare()), choose('close'))).code).toBe('nothing-to-do');
  });

  test('for others now: the new block first, then the old one goes', () => {
    const some = closed(bare(), choose('close', { audience: 'all-but-this-network' }));
    expect(operations(planFor(some, choose('close'))).map(({ kind }) => kind)).toEqual(['table-close', 'table-open']);
  });

  test('as an ordinary user: the right to read is asked for', () => {
    expect(problemOf(() => planFor(laptop({ refused: true }), choose('close'))).code).toBe('not-permitted');
  });

  test('nft is not installed', () => {
    const snapshot = bare();
    const without = {
      ...snapshot,
      transcripts: snapshot.transcripts.map((one) =>
        one.id === 'nft' ? { ...one, stdout: '', failure: 'missing' as const } : one,
      ),
    };
    const problem = problemOf(() => table.readTable(without).gaps.length === 0 || planFor(without, choose('close')));
    expect(problem.hint).toContain('nftables');
  });

  test('a table of that name that Portcullis did not make is never taken away', () => {
    const chain = { family: 'inet', table: 'portcullis', name: 'mine', handle: 1 };
    const rule = { family: 'inet', table: 'portcullis', chain: 'mine', handle: 2, expr: [{ drop: null }] };
    const made = { family: 'inet', name: 'portcullis', handle: 1 };
    const listing = JSON.stringify({ nftables: [{ table: made }, { chain }, { rule }] });
    const problem = problemOf(() => planFor(withOutput(bare(), 'nft', [], listing), choose('close')));
    expect(problem.message).toContain('it is not what Portcullis’s file says');
    expect(problem.hint).toContain('portcullis undo');
  });

  test('a table that another program flushed comes back whole', () => {
    const flushed = withOutput(closed(bare()), 'nft', [], '{"nftables":[]}');
    const target = { targets: [{ protocol: 'tcp' as const, port: 8080 }] };
    const other = planFor(flushed, choose('close', target));
    expect(warningsOf(other)).toEqual([
      'Another program has emptied nftables since port 3000 (TCP) was closed: that is closed again as well.',
    ]);
    expect(other.effects.map(({ listener, after }) => [listener, after.exposure])).toEqual([
      ['tcp/3000', 'self'],
      ['tcp/8080', 'self'],
    ]);
    // The port that was closed is open now, and can be closed.
    const same = planFor(flushed, choose('close'));
    expect(operations(same).map(({ kind }) => kind)).toEqual(['table-open', 'table-close']);
    expect(same.effects.map(({ listener, after }) => [listener, after.exposure])).toEqual([['tcp/3000', 'self']]);
  });

  test('a file that Portcullis did not write is never written over', () => {
    const foreign = withOutput(bare(), table.TABLE_FILE, [], 'table inet portcullis { }\n');
    const problem = problemOf(() => planFor(foreign, choose('close')));
    expect(problem.message).toContain('it holds what Portcullis did not write');
  });
});

describe('opening again', () => {
  test('several, of which the table holds only some: said, not half done', () => {
    const targets = [3000, 8080].map((port) => ({ protocol: 'tcp' as const, port }));
    const problem = problemOf(() => planFor(closed(bare()), choose('reopen', { targets, way: 'firewall' })));
    expect(problem.message).toContain('Only port 3000 (TCP) is closed in Portcullis’s own table');
  });

  test('closed in the table and in ufw: both blocks go', () => {
    const steps = operations(planFor(bare(), choose('close')));
    const both = predict(laptop({ tuples: ['deny tcp 3000 0.0.0.0/0 any 0.0.0.0/0 in'] }), steps);
    const plan = planFor(both, choose('reopen', { way: 'firewall' }));
    expect(plan.layers).toEqual(['nftables', 'ufw']);
    expect(plan.undo.map(({ operation }) => operation.kind)).toEqual(['table-restore', 'ufw-restore']);
    expect(plan.effects.map(({ listener, after }) => [listener, after.exposure])).toEqual([['tcp/3000', 'network']]);
  });

  test('a block that another program has taken out of the kernel is forgotten', () => {
    const flushed = withOutput(closed(bare()), 'nft', [], '{"nftables":[]}');
    expect(operations(planFor(flushed, choose('reopen')))).toHaveLength(1);
  });

  test('takes exactly that block away, whatever way was named', () => {
    for (const way of ['own-table', 'firewall'] as const) {
      const plan = planFor(closed(bare()), choose('reopen', { way }));
      expect(operations(plan)).toEqual([{ kind: 'table-open', protocol: 'tcp', port: 3000, except: [] }]);
      expect(plan.effects[0]?.after.exposure).toBe('network');
    }
  });

  test('the last block takes the table and its file with it', () => {
    const again = predict(closed(bare()), [{ kind: 'table-open', protocol: 'tcp', port: 3000, except: [] }]);
    expect(find(again, table.TABLE_FILE)).toBeUndefined();
    expect(find(again, 'nft')?.stdout).not.toContain('portcullis');
  });

  test('nothing of the sort is held', () => {
    expect(problemOf(() => planFor(bare(), choose('reopen'))).code).toBe('nothing-to-do');
  });
});

test('steps that do not belong to the choice', () => {
  const step = (kind: 'table-close' | 'table-open', port = 3000, except: readonly string[] = []) => ({
    kind,
    protocol: 'tcp' as const,
    port,
    except,
  });
  expect(misfit(choose('close'), [step('table-close')])).toBeNull();
  expect(misfit(choose('close'), [step('table-close', 22)])).toEqual({ is: 'step-unchosen', step: 1 });
  expect(misfit(choose('close'), [step('table-close', 3000, ['0.0.0.0/0'])])).toEqual({ is: 'step-unchosen', step: 1 });
  expect(misfit(choose('close'), [step('table-open')])).toEqual({ is: 'opens-only' });
  expect(misfit(choose('reopen'), [step('table-close')])).toEqual({ is: 'step-unchosen', step: 1 });
  expect(misfit(choose('close'), [step('table-close'), { kind: 'ufw-enable' }])).toEqual({ is: 'other-way' });
  expect(misfit(choose('close', { way: 'firewall' }), [step('table-close'), { kind: 'ufw-enable' }])).toBeNull();
  const two = [{ kind: 'ufw-enable' } as const, step('table-close'), { kind: 'ufw-enable' } as const];
  expect(misfit(choose('close', { way: 'firewall' }), two)).toEqual({ is: 'on-before-end' });
  expect(misfit(choose('close'), [{ kind: 'table-restore' }])).not.toBeNull();
});
