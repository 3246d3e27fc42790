/** Plans in firewalld, on what a real host printed: a default zone that opens much, and a neighbour in a trusted one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { predict } from '../../../src/core/firewalls/registry.ts';
import type { Choice, Plan, Snapshot } from '../../../src/core/model.ts';
import { misfit } from '../../../src/core/plan/index.ts';
import { inEnglish } from '../../../src/core/problem-words/index.ts';
import { ProblemError } from '../../../src/core/problem.ts';
import { find, withOutput } from '../../../src/core/transcripts.ts';
import { planFor } from './machine.ts';
import { warningsOf } from './in-english.ts';

const load = (name: string): Snapshot =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../main/cli/snapshots/${name}.json`), 'utf8')) as Snapshot;
const host = load('firewalld');

type Port = Extract<Choice, { kind: 'close' | 'reopen' }>;
const choose = (kind: Port['kind'], more: Partial<Port> = {}): Port => ({
  kind,
  targets: [{ protocol: 'tcp', port: 3000 }],
  audience: 'everyone',
  way: 'firewall',
  ...more,
});
const operations = (plan: Plan) => plan.steps.map(({ operation }) => operation);
const words = (plan: Plan): readonly string[] =>
  operations(plan).map((one) =>
    'zone' in one ? `${one.kind.slice(10)} ${one.zone} ${one.action} ${one.source}` : one.kind,
  );
const problemOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return inEnglish(error);
    throw error;
  }
  throw new Error('it was done');
};
const after = (snapshot: Snapshot, choice: Port): Snapshot => predict(snapshot, operations(planFor(snapshot, choice)));

const CLOSED = ['add trusted drop any', 'add FedoraWorkstation drop any'];

describe('closing', () => {
  test('in the zones that let it in, and in no other', () => {
    const plan = planFor(host, choose('close'));
    expect(plan.layers).toEqual(['firewalld']);
    expect(words(plan)).toEqual(CLOSED);
    expect(plan.effects.map(({ listener, after: then }) => [listener, then.exposure])).toEqual([['tcp/3000', 'self']]);
    expect(plan.undo.map(({ operation }) => operation)).toEqual([{ kind: 'firewalld-restore' }]);
    expect(warningsOf(plan)).toEqual([]);
    expect(misfit(plan.choice, operations(plan))).toBeNull();
  });

  test('for all but this network: its networks whole, though a neighbour has a zone of his own', () => {
    const plan = planFor(host, choose('close', { audience: 'all-but-this-network' }));
    expect(words(plan)).toEqual([
      'add trusted accept 192.168.77.0/24',
      'add trusted drop any',
      'add FedoraWorkstation accept 10.66.0.0/24',
      'add FedoraWorkstation accept 192.168.77.0/24',
      'add FedoraWorkstation drop any',
    ]);
    for (const { open } of plan.effects.flatMap(({ after: then }) => then.reach.filter(({ family }) => family === 4)))
      for (const network of open) expect(network).toMatch(/^(192\.168\.77|10\.66\.0)\./);
    expect(misfit(plan.choice, operations(plan))).toBeNull();
  });

  test('for everyone after that: the networks go, the blocks stay', () => {
    const some = after(host, choose('close', { audience: 'all-but-this-network' }));
    expect(words(planFor(some, choose('close')))).toEqual([
      'remove trusted accept 192.168.77.0/24',
      'remove FedoraWorkstation accept 10.66.0.0/24',
      'remove FedoraWorkstation accept 192.168.77.0/24',
    ]);
  });

  test('what is closed already is said', () =>
    expect(problemOf(() => planFor(after(host, choose('close')), choose('close'))).code).toBe('nothing-to-do'));

  test('as an ordinary user: the right to read is asked for', () =>
    expect(problemOf(() => planFor(load('firewalld-ordinary'), choose('close'))).code).toBe('not-permitted'));

  test('several ports: each in its zones; where nothing listens, in all that are in use', () => {
    const targets = [3000, 22].map((port) => ({ protocol: 'tcp' as const, port }));
    const plan = planFor(host, choose('close', { targets }));
    expect(words(plan)).toEqual([...CLOSED, 'add home drop any', ...CLOSED]);
    expect(plan.effects.length).toBe(1);
  });

  test('what firewalld keeps is not what it does now: both are changed, and it is said', () => {
    const text = find(host, 'firewalld.kept-zone:FedoraWorkstation')?.stdout ?? '';
    const differs = withOutput(host, 'firewalld.kept-zone:FedoraWorkstation', [], text.replace('"ssh",', ''));
    const plan = planFor(differs, choose('close'));
    expect(words(plan)).toEqual(CLOSED);
    expect(warningsOf(plan).join(' ')).toContain('zone FedoraWorkstation is not what it has kept');
  });

  test('not in one of the zones that let it in: closed ahead of firewalld, for the reason', () => {
    const text = find(host, 'firewalld.zone:trusted')?.stdout ?? '';
    const theirs = text.replace(
      '"masquerade"',
      '"rules_str":{"type":"as","data":["rule priority=\\"-32768\\" service name=\\"http\\" accept"]},"masquerade"',
    );
    const plan = planFor(withOutput(host, 'firewalld.zone:trusted', [], theirs), choose('close'));
    expect(plan.layers).toEqual(['nftables']);
    expect(warningsOf(plan)[0]).toContain('the priority of Portcullis’s');
  });
});

describe('opening again', () => {
  test('takes Portcullis’s rules away, blocks first', () => {
    const some = after(host, choose('close', { audience: 'all-but-this-network' }));
    const plan = planFor(some, choose('reopen'));
    expect(words(plan).slice(0, 2)).toEqual(['remove trusted drop any', 'remove trusted accept 192.168.77.0/24']);
    expect(words(plan).every((one) => one.startsWith('remove'))).toBe(true);
    expect(misfit(plan.choice, operations(plan))).toBeNull();
  });

  test('what is open already is said', () =>
    expect(problemOf(() => planFor(host, choose('reopen'))).code).toBe('nothing-to-do'));
});

test('what else could be chosen is refused: only ports are closed and opened there', () =>
  expect(problemOf(() => planFor(host, { kind: 'enable-firewall', keep: [] })).message).toContain(
    'changes nothing else of it',
  ));
