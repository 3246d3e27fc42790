import { expect, test } from 'vitest';
import { cgroupMount, likelyCgroups, pidsIn } from '../../../src/main/gather/cgroups.ts';

test('the unified hierarchy, wherever it is mounted', () => {
  // Captured lines of /proc/self/mountinfo: systemd's hybrid layout, and the unified one.
  const hybrid = `31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
`;
  expect(cgroupMount(hybrid)).toBe('/sys/fs/cgroup/unified');
  expect(cgroupMount('30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n')).toBe(
    '/sys/fs/cgroup',
  );
  expect(cgroupMount('30 23 0:26 / /mnt/a\\040b rw - cgroup2 none rw\n')).toBe('/mnt/a b');
  expect(cgroupMount(hybrid.replace(/^41.*$/m, ''))).toBeNull();
  expect(cgroupMount('')).toBeNull();
});

test('where a socket that systemd made is looked for', () => {
  expect(likelyCgroups('/system.slice/ssh.service')).toEqual(['/system.slice/ssh.service']);
  expect(likelyCgroups('/system.slice/cups.socket')).toEqual([
    '/system.slice/cups.service',
    '/init.scope',
    '/system.slice/cups.socket',
  ]);
  expect(likelyCgroups('/user.slice/user-1000.slice/user@1000.service/app.slice/x.socket')[1]).toBe(
    '/user.slice/user-1000.slice/user@1000.service/init.scope',
  );
});

test('a cgroup cannot lead out of the mount', () => {
  expect(pidsIn('/sys/fs/cgroup', '/../../../proc')).toEqual([]);
  expect(pidsIn('/sys/fs/cgroup', 'proc')).toEqual([]);
  expect(pidsIn('/nowhere', '/a')).toEqual([]);
});
