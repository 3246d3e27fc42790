/** Random computers: the engine and the documents agree, and what must never happen does not. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { parseAddress, setOf } from '../../../../src/core/address.ts';
import { readFacts, worldOf } from '../../../../src/core/facts.ts';
import { has } from '../../../../src/core/intervals.ts';
import type { Family, ListenerReach, Question, Snapshot, Verdict } from '../../../../src/core/model.ts';
import { redact } from '../../../../src/core/redact.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { type OracleMachine, type OracleRule, familyOf, oracle } from './oracle.ts';
import { FATAL, engineOn, packetsFor, questionOf, snapshotOf, someMachine, someRule } from './random-machines.ts';
import { share } from '../../../share.ts';

// However busy the machine is.
vi.setConfig({ testTimeout: 300_000 });

const RUNS = share(150);

const RANK: Readonly<Record<Verdict, number>> = { blocked: 0, unknown: 1, limited: 2, open: 2 };

/** Nothing gets further than it did. */
function expectNoMore(after: readonly Verdict[], before: readonly Verdict[]): void {
  for (const [at, verdict] of after.entries())
    expect(RANK[verdict], `${before[at]} -> ${verdict}`).toBeLessThanOrEqual(RANK[before[at] ?? 'blocked']);
}

/** What the ways into a listener say of one packet; ways that do not differ are shown once. */
function saidOf(
  { reach }: ListenerReach,
  { interface: through, source, destination }: Question,
  family: Family,
): string {
  const value = parseAddress(source)?.value ?? 0n;
  const to = parseAddress(destination)?.value;
  const way = reach.find(
    (one) => one.interface === through && parseAddress(one.address.split('%', 1)[0] ?? '')?.value === to,
  );
  const within = (texts: readonly string[] = []) => has(setOf(texts, family) ?? [], value);
  return within(way?.open) ? 'open' : within(way?.unknown) ? 'unknown' : 'blocked';
}

const withRules = (machine: OracleMachine, rules: readonly OracleRule[]): OracleMachine => ({ ...machine, rules });

describe('random computers', () => {
  test('the engine says what the documents say', () => {
    const counts: Record<string, number> = { open: 0, blocked: 0, unknown: 0 };
    fc.assert(
      fc.property(someMachine, (machine) => {
        const wanted = packetsFor(machine).map((packet) => oracle(machine, packet));
        for (const verdict of wanted) counts[verdict] = (counts[verdict] ?? 0) + 1;
        expect(engineOn(machine)).toEqual(wanted);
      }),
      { numRuns: RUNS },
    );
    // A comparison of nothing but blocked packets would prove nothing.
    for (const verdict of ['open', 'blocked', 'unknown']) expect(counts[verdict]).toBeGreaterThan(RUNS / 5);
  });

  test('who gets through to a listener is who gets an answer by himself, with the index and without it', () => {
    fc.assert(
      fc.property(someMachine, (machine) => {
        const facts = readFacts(snapshotOf(machine));
        const [judge, plain] = [createJudge(worldOf(facts)), createJudge(worldOf(facts), { index: false })];
        for (const listener of facts.listeners) {
          const reach = judge.reachOf(listener);
          expect(plain.reachOf(listener)).toEqual(reach);
          // Without the adapters no way in can be named.
          if (machine.failed === 'adapters') continue;
          for (const packet of packetsFor(machine)) {
            if (listener.protocol !== (packet.protocol === 6 ? 'tcp' : 'udp')) continue;
            const here = { ...packet, port: listener.port };
            const family = familyOf(packet.source);
            const wanted = oracle(machine, here);
            // Where the row of IPv4 is missing, a program may take it all the same.
            const sure = family === 6 || listener.port !== 8443;
            expect(saidOf(reach, questionOf(here), family)).toBe(sure || wanted !== 'open' ? wanted : 'unknown');
          }
        }
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });

  test('what could not be read is never closed, and never for this computer alone', () => {
    fc.assert(
      fc.property(someMachine, fc.constantFrom(...FATAL), (machine, failed) => {
        const judged = { ...machine, failed };
        for (const verdict of engineOn(judged)) expect(verdict).toBe('unknown');
        const facts = readFacts(snapshotOf(judged));
        const judge = createJudge(worldOf(facts));
        for (const listener of facts.listeners) expect(judge.reachOf(listener).exposureComplete).toBe(false);
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });

  test('one more block opens nothing', () => {
    fc.assert(
      fc.property(someMachine, someRule, fc.nat(), (machine, rule, at) => {
        const rules = machine.rules.toSpliced(at % (machine.rules.length + 1), 0, {
          ...rule,
          action: 'Block',
          secure: false,
        });
        expectNoMore(engineOn(withRules(machine, rules)), engineOn(machine));
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  test('the order makes no difference', () => {
    fc.assert(
      fc.property(
        someMachine.chain((machine) =>
          fc.tuple(fc.constant(machine), fc.shuffledSubarray([...machine.rules], { minLength: machine.rules.length })),
        ),
        ([machine, rules]) => {
          expect(engineOn(withRules(machine, rules))).toEqual(engineOn(machine));
        },
      ),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  test('a rule for a package does nothing to a plain program', () => {
    fc.assert(
      fc.property(someMachine, someRule, (machine, rule) => {
        const plain = { ...machine, holder: { path: 'C:\\Apps\\server.exe', services: [] } };
        const more = withRules(plain, [...plain.rules, { ...rule, packaged: true }]);
        expect(engineOn(more)).toEqual(engineOn(plain));
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  test('an allow that is switched off opens nothing', () => {
    fc.assert(
      fc.property(someMachine, someRule, (machine, rule) => {
        const [on, off] = [true, false].map((active) =>
          engineOn(withRules(machine, [...machine.rules, { ...rule, action: 'Allow', secure: false, active }])),
        );
        expectNoMore(off ?? [], on ?? []);
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });

  test('without names and addresses of people, who can reach what is the same', () => {
    fc.assert(
      fc.property(someMachine, (machine) => {
        const snapshot = snapshotOf(machine);
        const exposures = (of: Snapshot) => {
          const facts = readFacts(of);
          const judge = createJudge(worldOf(facts));
          return facts.listeners.map((listener) => {
            const { exposure, exposureComplete, places } = judge.reachOf(listener);
            return [listener.id, exposure, exposureComplete, places];
          });
        };
        expect(exposures(redact(snapshot))).toEqual(exposures(snapshot));
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });
});
