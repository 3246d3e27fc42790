/** Looks at ports that a container publishes: they are opened for everybody unless an address is named. */
import { exposedRule } from '../exposed.ts';

export const exposedContainer = exposedRule(
  'exposed-container',
  ({ identity }) => identity.service?.id === 'published-port',
  'published',
);
