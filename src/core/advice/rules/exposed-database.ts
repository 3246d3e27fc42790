/** Looks at databases and message brokers: programs use them, people on the network do not, so advises to close them. */
import { exposedRule } from '../exposed.ts';

export const exposedDatabase = exposedRule(
  'exposed-database',
  ({ identity }) => identity.service?.category === 'database' || identity.service?.category === 'messaging',
  null,
);
