/** Properties that do not say how often they are tried are tried as much more often as all the others, never less. */
import { configureGlobal } from 'fast-check';
import { MORE, share } from './share.ts';

if (MORE) configureGlobal({ numRuns: share(100) });
