/**
 * The helper as somebody hostile calls it, as real processes with a fresh seed. A share of it runs with the other tests; all
 * of it with `npm run prove:hostile`, which also writes docs/HOSTILE.md. A failure prints its seed and its number.
 */
import { expect, test } from 'vitest';
import { freshSeed } from './generate/random.ts';
import { describeLab, isRoot } from './harness.ts';
import { writePage } from './hostile/page.ts';
import { prove } from './hostile/prove.ts';

const asked = (name: string): number | null => (process.env[name] === undefined ? null : Number(process.env[name]));

const seed = asked('PROVE_SEED') ?? freshSeed();
/** 0: only a share. */
const plans = asked('PROVE_PLANS') ?? 0;
const readings = asked('PROVE_READINGS') ?? 0;
const only = asked('PROVE_ONLY');
const long = plans > 0;

/** Milliseconds. */
const LIMIT = long ? 14_400_000 : 600_000;

describeLab(`hostile callers of the helper, seed ${seed}`, () => {
  test(
    'none reaches anything, and each is refused with a reason',
    async ({ skip }) => {
      skip(!isRoot, 'only the real root may be its own victim');
      const tell = (text: string): void => void process.stderr.write(`${text}\n`);
      const wanted = long ? { plans, readings } : { plans: 60, readings: 500 };
      const proof = await prove({
        ...wanted,
        seed,
        workers: asked('PROVE_WORKERS') ?? 2,
        resume: long,
        minutes: asked('PROVE_MINUTES'),
        only,
        tell,
      });
      const { struck, readings: read, broken } = proof;
      const wrong = struck.filter(({ reached, faults }) => reached.length + faults.length > 0);
      if (long && only === null && broken.length === 0) {
        writePage(`npm run prove:hostile -- --plans ${plans} --readings ${readings} --seed ${seed}`, plans, proof);
      }
      expect(broken).toEqual([]);
      expect(wrong).toEqual([]);
      expect(struck).toHaveLength(only === null ? wanted.plans : 1);
      expect(read).toMatchObject({ count: wanted.readings, wrong: 0 });
    },
    LIMIT,
  );
});
