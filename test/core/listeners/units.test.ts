import { expect, test } from 'vitest';
import { containerOf, unitOf } from '../../../src/core/listeners/units.ts';

const ID = 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90';

test.each([
  ['/system.slice/ssh.service', 'ssh.service'],
  ['/system.slice/cups.socket', 'cups.socket'],
  ['/system.slice/system-getty.slice/getty@tty1.service', 'getty@tty1.service'],
  ['/user.slice/user-1000.slice/user@1000.service/app.slice/syncthing.service', 'syncthing.service'],
  ['/system.slice/a\\x2db.service', 'a-b.service'],
  // Inside a service, a cgroup of its own: still that service.
  ['/system.slice/cron.service/job-1', 'cron.service'],
  ['/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-firefox-12.scope', null],
  ['/user.slice/user-1000.slice/user@1000.service/init.scope', null],
  ['/user.slice/user-1000.slice/session-3.scope', null],
  ['/', null],
  [null, null],
])('unit of %s', (cgroup, unit) => {
  expect(unitOf(cgroup)).toBe(unit);
});

test.each([
  [`/docker/${ID}`, 'a1b2c3d4e5f6'],
  [`/system.slice/docker-${ID}.scope`, 'a1b2c3d4e5f6'],
  [`/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${ID}.scope/container`, 'a1b2c3d4e5f6'],
  ['/lxc.payload.web', 'web'],
  ['/machine.slice/machine-web\\x2d1.scope', 'web-1'],
  ['/system.slice/docker.service', null],
  [null, null],
])('container of %s', (cgroup, container) => {
  expect(containerOf(cgroup)).toBe(container);
});
