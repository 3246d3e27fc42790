/** All of them; one list, in the order of the goldens' table. */
import type { RealRuleset } from '../ruleset.ts';
import { containers } from './containers.ts';
import { distributions } from './distributions.ts';
import { tools } from './tools.ts';
import { tunnels } from './tunnels.ts';

export const rulesets: readonly RealRuleset[] = [...distributions, ...containers, ...tunnels, ...tools];
