/** Looks at shared folders and programs that keep files in step: wanted at home, seldom in a café. */
import { exposedRule } from '../exposed.ts';

export const exposedFileSharing = exposedRule(
  'exposed-file-sharing',
  ({ identity }) => identity.service?.category === 'file-sharing' || identity.service?.category === 'sync',
  null,
);
