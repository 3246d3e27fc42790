/** Every service of the catalog in German, by its id and in its order. To add one: its text in the file of its category. */
import { container } from './de-container.ts';
import { database } from './de-database.ts';
import { debuggers } from './de-debuggers.ts';
import { development } from './de-development.ts';
import { discovery } from './de-discovery.ts';
import { fileSharing } from './de-file-sharing.ts';
import { game } from './de-game.ts';
import { media } from './de-media.ts';
import { messaging } from './de-messaging.ts';
import { printing } from './de-printing.ts';
import { remoteAccess } from './de-remote-access.ts';
import { sync } from './de-sync.ts';
import { system } from './de-system.ts';
import { vpn } from './de-vpn.ts';
import { web } from './de-web.ts';
import type { GermanService } from './german.ts';

export const germanServices: Readonly<Record<string, GermanService>> = {
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
};
