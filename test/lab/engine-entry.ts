/** What a comparison needs of the engine, as one bundle: see broken-engines.ts. */
export { readFacts, worldOf } from '../../src/core/facts.ts';
export { createJudge } from '../../src/core/reach/index.ts';
