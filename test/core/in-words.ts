/** What is thrown as a problem, thrown with its English instead. */
import { inEnglish } from '../../src/core/problem-words/index.ts';
import { ProblemError } from '../../src/core/problem.ts';

const worded = (error: unknown): unknown =>
  error instanceof ProblemError ? new Error(inEnglish(error).message) : error;

export function inWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw worded(error);
  }
}

export const promisedInWords = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw worded(error);
  });
