/**
 * What a page asks first, the report, is answered while the browser still starts: reading the machine and judging take as
 * long as half of the page's own start.
 */
import { type Advisor, inputs, type Reply } from '../../../core/api.ts';
import { answerPage } from '../bridge.ts';

/**
 * An answer that is there, and was begun longer ago, is not given: a browser that comes up slowly shows no old report. One that
 * is still under way is: a second reading beside it would be there later, and the first could take its place. Milliseconds.
 */
const FRESH = 5000;

const FIRST = { name: 'scan', input: { exact: false } } as const;

/** `answerPage`, which begins to answer the first question now. */
export function answerAhead(advisor: Advisor): (name: unknown, input: unknown) => Promise<Reply<unknown>> {
  const begun = Date.now();
  let ahead: Promise<Reply<unknown>> | null = answerPage(advisor, FIRST.name, FIRST.input);
  let isThere = false;
  const settled = (): void => {
    isThere = true;
  };
  // Whoever asks hears of a failure; the page may never come.
  ahead.then(settled, settled);
  return (name, input) => {
    const taken = name === FIRST.name && isSame(input) ? ahead : null;
    // Whatever it was: what comes after it is answered anew.
    ahead = null;
    // A clock that was put back says nothing about how old it is.
    const isOld = isThere && Math.abs(Date.now() - begun) > FRESH;
    return taken !== null && !isOld ? taken : answerPage(advisor, name, input);
  };
}

/** By the call's own schema, as `answerPage` judges it: writing out what a page sends fails where it is nested deeply. */
const isSame = (input: unknown): boolean => inputs.scan.safeParse(input).data?.exact === FIRST.input.exact;
