/** Every service of the catalog. To add one: one object in the file of its category, in alphabetical order. */
import type { Service } from '../../model.ts';
import { container } from './container.ts';
import { database } from './database.ts';
import { debuggers } from './debuggers.ts';
import { development } from './development.ts';
import { discovery } from './discovery.ts';
import { fileSharing } from './file-sharing.ts';
import { game } from './game.ts';
import { media } from './media.ts';
import { messaging } from './messaging.ts';
import { printing } from './printing.ts';
import { remoteAccess } from './remote-access.ts';
import { sync } from './sync.ts';
import { system } from './system.ts';
import { vpn } from './vpn.ts';
import { web } from './web.ts';

export const services: readonly Service[] = [
  ...development,
  ...debuggers,
  ...database,
  ...messaging,
  ...remoteAccess,
  ...fileSharing,
  ...sync,
  ...printing,
  ...discovery,
  ...media,
  ...game,
  ...vpn,
  ...container,
  ...web,
  ...system,
];
