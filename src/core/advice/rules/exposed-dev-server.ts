/** Looks at development servers: made for one person on one computer, so advises to close them. */
import { exposedRule } from '../exposed.ts';

export const exposedDevServer = exposedRule(
  'exposed-dev-server',
  ({ identity }) => identity.service?.category === 'development',
  'one-person',
);
