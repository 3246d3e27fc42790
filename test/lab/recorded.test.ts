/** The engine against packets that were recorded in the lab; needs no lab. */
import { describe, expect, test } from 'vitest';
import { applies, breaks, engineWith } from './broken-engines.ts';
import { type Engine, agrees, answersFor, engine } from './compare.ts';
import { keptFailures } from './failures.ts';
import { readRecorded } from './recorded.ts';

const recorded = readRecorded();

/** Probes on which the engine and the packets disagree, and those of which it says that it cannot tell. */
function judged(by: Engine): { wrong: number; unknown: number; probes: number; open: number } {
  const sum = { wrong: 0, unknown: 0, probes: 0, open: 0 };
  for (const { snapshot, probes, outcomes } of recorded) {
    for (const [index, answer] of answersFor(snapshot, probes, by).entries()) {
      sum.probes += 1;
      if (outcomes[index] === 'open') sum.open += 1;
      if (answer.verdict === 'unknown') sum.unknown += 1;
      else if (!agrees(answer, outcomes[index]!)) sum.wrong += 1;
    }
  }
  return sum;
}

test('the engine is right about every recorded packet', () => {
  const { wrong, unknown, probes, open } = judged(engine);
  expect(probes).toBeGreaterThan(2000);
  expect(open / probes).toBeGreaterThan(0.25);
  expect(open / probes).toBeLessThan(0.75);
  expect(wrong).toBe(0);
  expect(unknown / probes).toBeLessThanOrEqual(0.005);
});

test.each(keptFailures())('what was wrong once is right now: %s', (_, { snapshot, probes, outcomes }) => {
  const answers = answersFor(snapshot, probes);
  for (const [index, answer] of answers.entries()) expect(agrees(answer, outcomes[index]!)).toBe(true);
});

describe('a broken engine does not pass', () => {
  test('the engine built in the same way, without a change, does', async () => {
    expect((await engineWith(null)).createJudge).not.toBe(engine.createJudge);
    expect(judged(await engineWith(null)).wrong).toBe(0);
  });

  test.each(breaks)('$name', async (change) => {
    expect(applies(change)).toBe(1);
    const broken = await engineWith(change);
    const caught = recorded.some(({ snapshot, probes, outcomes }) =>
      answersFor(snapshot, probes, broken).some((answer, index) => !agrees(answer, outcomes[index]!)),
    );
    expect(caught).toBe(true);
  });
});
