/**
 * Steps of a way that are told as one: many rules of Windows Firewall that only perhaps do the same, mostly those for apps, are
 * one thing to know. Rules of the other firewalls are few, and each has its own conditions to read.
 */
import type { TraceStep } from '../model.ts';

/** From so many on they are told together. */
const MANY = 4;

export type Steps = readonly [TraceStep, ...TraceStep[]];

/** In their order. Several stand together only where each of them perhaps does the same, in the same chain, to the same. */
export function togetherSteps(steps: readonly TraceStep[]): readonly Steps[] {
  const runs: [TraceStep, ...TraceStep[]][] = [];
  for (const step of steps) {
    const run = runs.at(-1);
    if (run !== undefined && step.firewall === 'windows' && step.when === 'perhaps' && keyOf(run[0]) === keyOf(step))
      run.push(step);
    else runs.push([step]);
  }
  return runs.flatMap((run): readonly Steps[] => (run.length < MANY ? run.map((step): Steps => [step]) : [run]));
}

const keyOf = ({ hook, chain, firewall, effect, when, decides, share, sources, more }: TraceStep): string =>
  JSON.stringify([hook, chain, firewall, effect, when, decides, share, sources, more]);
