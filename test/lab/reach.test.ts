/**
 * The engine against packets, on random rules with a fresh seed. A share of it runs with the other tests; all of it with
 * `npm run prove:reach`, which also writes docs/ACCURACY.md. A failure prints its seed and keeps a recording.
 */
import { expect, test } from 'vitest';
import { type AccuracyRow, writeAccuracy } from './accuracy.ts';
import { withoutFirewalld } from './firewalld.ts';
import { freshSeed } from './generate/random.ts';
import { describeLab, isRoot, startLab } from './harness.ts';
import { proveRates } from './rates.ts';
import { ENOUGH_OF_A_KIND, unproved } from './proved-kinds.ts';
import { type Recorded, writeRecorded } from './recorded.ts';
import { type Table, prove, tables } from './tables.ts';

const seed = Number(process.env['PROVE_SEED'] ?? freshSeed());
/** Probes of ufw rules; 0: only a share. */
const wanted = Number(process.env['PROVE_PROBES'] ?? 0);
const long = wanted > 0;
const toRecord: Recorded[] | null = process.env['PROVE_RECORD'] === '1' ? [] : null;

/** Sets of each table that `--record` keeps. */
const recorded = new Map<Table, number>([
  [tables.ufw, 6],
  [tables.iptables, 24],
  [tables.legacy, 4],
  [tables.nftables, 36],
  [tables.mixtures, 8],
  [tables.firewalld, 12],
  [tables.routing, 10],
  [tables.docker, 12],
]);

/** Of ufw rules; with fewer, chance decides how many are open and how often a kind of match comes. */
const ENOUGH_PROBES = 7000;
const rows: AccuracyRow[] = [];

const plan: readonly (readonly [table: Table, share: number, probes: number])[] = [
  [tables.ufw, 4000, wanted],
  [tables.iptables, 2500, 1.5 * wanted],
  [tables.legacy, 1000, wanted],
  [tables.nftables, 2500, 1.5 * wanted],
  [tables.firewalld, 1500, wanted],
  [tables.mixtures, 2000, wanted],
  [tables.routing, 1500, wanted],
  [tables.docker, 1500, wanted],
  [tables.each, 1500, 5 * wanted],
  [tables.strange, 1000, wanted],
];

/** Milliseconds; the share that runs with the other tests takes two minutes, the long proof much longer. */
const LIMIT = long ? 14_400_000 : 1_200_000;

if (withoutFirewalld !== null) console.warn(`SKIPPED ${tables.firewalld.name}: ${withoutFirewalld}`);

const canRun = (table: Table): boolean =>
  (isRoot || table !== tables.legacy) && (withoutFirewalld === null || table !== tables.firewalld);

describeLab(`the reach engine against packets, seed ${seed}`, () => {
  test.each(plan.filter(([table]) => canRun(table)))(
    '$name',
    async (table, share, probes) => {
      console.log(`${table.name}: PROVE_SEED=${seed}`);
      const proof = await prove(table, {
        probes: long ? probes : share,
        seed,
        long,
        keep: (recording) => {
          if (
            toRecord !== null &&
            !table.strange &&
            toRecord.filter(({ table: of }) => of === table.name).length < (recorded.get(table) ?? 0)
          ) {
            toRecord.push({ table: table.name, ...recording });
          }
        },
      });
      const { tally } = proof;
      rows.push({ table, seed, tally });
      expect(proof.failures).toEqual([]);
      expect(tally.wrong).toBe(0);
      if (tally.reasons.size > 0) console.log(`${table.name}: unknown because of`, tally.reasons);
      // Rules that were not taken prove nothing; a few are no harm.
      expect(tally.refused.length, tally.refused[0]).toBeLessThanOrEqual(2 + tally.sets / (table.strange ? 2 : 10));
      if (table.strange) return;
      // One set of which nothing can be told weighs much in a small share.
      expect(tally.unknown / tally.probes).toBeLessThanOrEqual(long ? 0.005 : 0.05);
      if (wanted < ENOUGH_PROBES) return;
      expect(tally.open / tally.probes).toBeGreaterThan(0.25);
      expect(tally.open / tally.probes).toBeLessThan(0.75);
    },
    LIMIT,
  );

  test.skipIf(!long)(
    'every kind of match decides often enough',
    async () => {
      const kinds = new Map<string, number>();
      for (const { tally } of rows)
        for (const [kind, count] of tally.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
      if (toRecord !== null) writeRecorded(toRecord);
      await using lab = await startLab();
      await writeAccuracy(lab, rows, kinds, { wanted, seed });
      if (wanted < ENOUGH_PROBES) return;
      expect(unproved(kinds, ENOUGH_OF_A_KIND)).toEqual([]);
    },
    LIMIT,
  );

  test(
    'rules that count',
    async () => {
      const { failures, probes, limited } = await proveRates({ sets: long ? 100 : 10, seed });
      expect(failures).toEqual([]);
      if (!long) return;
      expect(limited / probes).toBeGreaterThan(0.1);
      expect(limited / probes).toBeLessThan(0.9);
    },
    LIMIT,
  );
});
