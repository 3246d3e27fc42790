/** What the engine says against what packets did. */
import { readFacts, worldOf } from '../../src/core/facts.ts';
import type { Answer, Snapshot } from '../../src/core/model.ts';
import { createJudge } from '../../src/core/reach/index.ts';
import type { Outcome, Probe } from './harness.ts';
import { matchKinds } from './match-kinds.ts';
import type { Recording } from './record.ts';
import { WITHOUT, without } from './without.ts';

/** Everything of the engine that a comparison needs, so that a broken one can stand in for it. */
export interface Engine {
  readonly readFacts: typeof readFacts;
  readonly worldOf: typeof worldOf;
  readonly createJudge: typeof createJudge;
}

export const engine: Engine = { readFacts, worldOf, createJudge };

export interface Disagreement {
  readonly probe: Probe;
  readonly outcome: Outcome;
  readonly answer: Answer;
}

/** Counts over many probes. */
export interface Tally {
  sets: number;
  probes: number;
  open: number;
  unknown: number;
  wrong: number;
  /** Sent a second time, with more patience. */
  again: number;
  /** What programs said to rule sets that they would not take. */
  readonly refused: string[];
  /** Kind of match -> probes on whose way a rule with it matched. */
  readonly kinds: Map<string, number>;
  /** Why the unknown ones are unknown -> how many. */
  readonly reasons: Map<string, number>;
}

export const newTally = (): Tally => ({
  sets: 0,
  probes: 0,
  open: 0,
  unknown: 0,
  wrong: 0,
  again: 0,
  refused: [],
  kinds: new Map(),
  reasons: new Map(),
});

export function answersFor(snapshot: Snapshot, probes: readonly Probe[], by: Engine = engine): readonly Answer[] {
  const judge = by.createJudge(by.worldOf(by.readFacts(snapshot)));
  return probes.map((probe) => judge.ask(probe));
}

const getsThrough = ({ verdict }: Answer): boolean => verdict === 'open' || verdict === 'limited';

/** Unknown agrees with everything; it is counted on its own. */
export const agrees = (answer: Answer, outcome: Outcome): boolean =>
  answer.verdict === 'unknown' || getsThrough(answer) === (outcome === 'open');

/** Where silence is what speaks against the engine: worth asking again. */
export const suspects = (answers: readonly Answer[], { outcomes }: Recording): number[] =>
  answers.flatMap((answer, index) => (getsThrough(answer) && outcomes[index] !== 'open' ? [index] : []));

export function disagreements(answers: readonly Answer[], { probes, outcomes }: Recording): Disagreement[] {
  return answers.flatMap((answer, index) => {
    const [probe, outcome] = [probes[index]!, outcomes[index]!];
    return agrees(answer, outcome) ? [] : [{ probe, outcome, answer }];
  });
}

export function count(tally: Tally, answers: readonly Answer[], { outcomes, snapshot, probes }: Recording): void {
  tally.sets += 1;
  for (const [index, answer] of answers.entries()) {
    tally.probes += 1;
    if (outcomes[index] === 'open') tally.open += 1;
    if (!agrees(answer, outcomes[index]!)) tally.wrong += 1;
    if (answer.verdict === 'unknown') {
      tally.unknown += 1;
      for (const reason of answer.reasons) add(tally.reasons, reason);
    } else for (const kind of new Set(answer.trace.flatMap((step) => matchKinds(step.rule)))) add(tally.kinds, kind);
  }
  countAbsent(tally, answers, snapshot, probes);
}

/** Kinds that are on no way, and decide by that. */
function countAbsent(tally: Tally, answers: readonly Answer[], snapshot: Snapshot, probes: readonly Probe[]): void {
  for (const kind of WITHOUT) {
    const less = without(snapshot, kind);
    if (less === null) continue;
    for (const [index, answer] of answersFor(less, probes).entries())
      if (
        ![answer.verdict, answers[index]!.verdict].includes('unknown') &&
        getsThrough(answer) !== getsThrough(answers[index]!)
      )
        add(tally.kinds, kind.kind);
  }
}

const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
