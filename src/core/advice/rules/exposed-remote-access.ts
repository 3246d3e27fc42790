/** Looks at remote login and remote desktops: they serve others by design, so asks whether that is still wanted. */
import { exposedRule } from '../exposed.ts';

export const exposedRemoteAccess = exposedRule(
  'exposed-remote-access',
  ({ identity }) => identity.service?.category === 'remote-access',
  'log-in',
);
