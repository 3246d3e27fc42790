/** Looks at pages and interfaces that manage the whole computer or its containers: whoever gets in controls it. */
import { exposedRule } from '../exposed.ts';

const ADMIN = new Set(['bittorrent-remote', 'cockpit', 'syncthing-gui', 'ttyd', 'webmin', 'winrm']);

export const exposedAdmin = exposedRule(
  'exposed-admin',
  ({ identity }) =>
    identity.service !== null &&
    (ADMIN.has(identity.service.id) ||
      (identity.service.category === 'container' && identity.service.id !== 'published-port')),
  null,
);
