/** A share of `npm run prove:fuzz` with a fresh seed, and every input that ever failed. */
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { freshSeed } from '../../lab/generate/random.ts';
import { damage } from './damage.ts';
import { damaged } from './mutate.ts';
import { targets } from './targets.ts';
import { share } from '../../share.ts';

// However busy the machine is.
vi.setConfig({ testTimeout: 120_000 });

const seed = Number(process.env['FUZZ_SEED'] ?? freshSeed());
console.log(`FUZZ_SEED=${seed}`);

interface Failed {
  readonly target: string;
  readonly seed: number;
  readonly number: number;
  /** What was damaged how, for people. */
  readonly what: string;
}
const failed = JSON.parse(readFileSync(new URL('failed.json', import.meta.url), 'utf8')) as readonly Failed[];

test.each(targets)('$name: no damaged text makes it throw', ({ corpus, parse, whole }) => {
  expect(corpus.length).toBeGreaterThan(0);
  for (let number = 0; number < share(whole === true ? 100 : 1000); number++) {
    const text = damaged(seed, number, corpus);
    try {
      parse(text);
    } catch (error) {
      throw new Error(`seed ${seed}, number ${number}: ${JSON.stringify(text).slice(0, 2000)}`, { cause: error });
    }
  }
});

test('no verdict from garbage: an answer stays or becomes unknown', () => {
  let unknown = 0;
  for (let number = 0; number < share(120); number++) {
    const done = damage(seed, number);
    unknown += done !== null && done.unknown > 0 ? 1 : 0;
    expect(done?.wrong ?? [], `seed ${seed}, number ${number}, ${done?.set} ${done?.transcript}`).toEqual([]);
  }
  expect(unknown).toBeGreaterThan(share(120) / 4);
});

/** What was seen to go wrong, written out: the texts that a seed damages change with every new rule set. */
test.each(failed)('what failed once: $what', ({ target, seed: of, number }) => {
  const parser = targets.find(({ name }) => name === target);
  if (parser === undefined) expect(damage(of, number)?.wrong ?? []).toEqual([]);
  else parser.parse(damaged(of, number, parser.corpus));
});
