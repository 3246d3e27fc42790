/** Looks at printing and at what makes this computer known to others: little harm, seldom needed away from home. */
import { exposedRule } from '../exposed.ts';

export const exposedDiscovery = exposedRule(
  'exposed-discovery',
  ({ identity }) => identity.service?.category === 'discovery' || identity.service?.category === 'printing',
  null,
);
