/** Rules on A, what the product would read of them, and what became of packets: one recording. */
import type { Snapshot } from '../../src/core/model.ts';
import { type RuleSet, apply } from './generate/rule-set.ts';
import type { Lab, Outcome, Probe } from './harness.ts';

export interface Recording {
  readonly set: RuleSet;
  readonly snapshot: Snapshot;
  readonly probes: readonly Probe[];
  readonly outcomes: readonly Outcome[];
}

/** Put the rules in place, read them as the product does, and send the probes. A text: the rules were not taken. */
export async function record(lab: Lab, set: RuleSet, probes: readonly Probe[]): Promise<Recording | string> {
  const refused = await apply(lab, set);
  if (refused !== null) return refused;
  await lab.forget();
  const snapshot = await lab.snapshot();
  const outcomes = await send(lab, probes, set.patience);
  return { set, snapshot, probes, outcomes };
}

/**
 * Silence proves nothing on a busy machine. The probes at `suspects`, which were expected to get through and did not, are
 * sent once more with ten times the patience; an arrival is proof whenever it comes. An arrival that was not expected is
 * never asked again.
 */
export async function askAgain(lab: Lab, recording: Recording, suspects: readonly number[]): Promise<Recording> {
  if (suspects.length === 0) return recording;
  const outcomes = [...recording.outcomes];
  await lab.forget();
  const again = await send(
    lab,
    suspects.map((index) => recording.probes[index]!),
    recording.set.patience,
    1,
  );
  for (const [at, index] of suspects.entries()) outcomes[index] = again[at]!;
  return { ...recording, outcomes };
}

/** All probes, in waves in which no source sends more than `patience` packets. */
async function send(lab: Lab, probes: readonly Probe[], patience: number, wait = 0.1): Promise<readonly Outcome[]> {
  const waves: number[][] = [];
  const sent = new Map<string, number>();
  for (const [index, { source }] of probes.entries()) {
    const nth = sent.get(source) ?? 0;
    sent.set(source, nth + 1);
    const wave = Number.isFinite(patience) ? Math.floor(nth / patience) : 0;
    (waves[wave] ??= []).push(index);
  }
  const outcomes: Outcome[] = [];
  for (const [number, wave] of waves.entries()) {
    if (number > 0) await lab.forget();
    const got = await lab.probe(
      wave.map((index) => probes[index]!),
      wait,
    );
    for (const [at, index] of wave.entries()) outcomes[index] = got[at]!;
  }
  return outcomes;
}
