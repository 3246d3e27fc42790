import { describe, expect, test } from 'vitest';
import { readConnections, readListeners } from '../../../src/core/listeners/index.ts';
import type { Failure } from '../../../src/core/model.ts';
import { lines, snapshotOf, transcript } from './snapshots.ts';

// All rows and processes here are synthetic, in the shape that `gather` keeps.
const row = (protocol: 'tcp' | 'udp', local: string, inode: number, cgroup: string, uid = 0): string =>
  `${protocol} ${protocol === 'tcp' ? 'LISTEN' : 'UNCONN'} 0 5 ${local} 0.0.0.0:* ${uid === 0 ? '' : `uid:${uid} `}` +
  `ino:${inode} sk:1 cgroup:${cgroup}${local.startsWith('[') ? ' v6only:1' : local.startsWith('*') ? ' v6only:0' : ''} <->\n`;

const process = (pid: number, comm: string, inodes: readonly number[], more: object = {}) => ({
  pid,
  comm,
  exe: `/usr/bin/${comm}`,
  cmdline: comm,
  cgroup: null,
  inodes,
  ...more,
});

const read = (rows: string, owners: string, uid = 0, more: readonly ReturnType<typeof transcript>[] = []) =>
  readListeners(snapshotOf([transcript('ss.listening', rows), transcript('owners', owners), ...more], uid));

const ids = (rows: string, owners: string, uid = 0): readonly string[] =>
  read(rows, owners, uid).value.map(({ id }) => id);

describe('grouping', () => {
  test('sockets of one protocol, port and owner are one listener', () => {
    const rows =
      row('tcp', '0.0.0.0:3000', 1, '/a') + row('tcp', '[::]:3000', 2, '/a') + row('udp', '0.0.0.0:3000', 3, '/a');
    const { value, gaps } = read(rows, lines(process(10, 'node', [1, 2, 3])));
    expect(gaps).toEqual([]);
    expect(value.map(({ id, sockets }) => [id, sockets.map(({ address }) => address)])).toEqual([
      ['tcp/3000', ['0.0.0.0', '::']],
      ['udp/3000', ['0.0.0.0']],
    ]);
  });

  test('two owners of one port have their address in the id', () => {
    const rows = row('udp', '127.0.0.53%lo:53', 1, '/r') + row('udp', '192.168.122.1:53', 2, '/d');
    expect(ids(rows, lines(process(10, 'systemd-resolve', [1]), process(11, 'dnsmasq', [2])))).toEqual([
      'udp/53@127.0.0.53',
      'udp/53@192.168.122.1',
    ]);
  });

  test('two owners of one address are still told apart, and every id occurs once', () => {
    const rows = row('udp', '0.0.0.0:5353', 1, '/a') + row('udp', '0.0.0.0:5353', 2, '/b');
    const both = lines(process(10, 'avahi-daemon', [1]), process(11, 'chrome', [2]));
    expect(ids(rows, both)).toEqual(['udp/5353@0.0.0.0#10', 'udp/5353@0.0.0.0#11']);
    const nobody = ids(rows, '', 1000);
    expect(new Set(nobody).size).toBe(2);
  });

  test('workers of one program that share an address are one owner', () => {
    const rows = row('tcp', '0.0.0.0:80', 1, '/n') + row('tcp', '0.0.0.0:80', 2, '/n');
    const { value } = read(rows, lines(process(12, 'nginx', [2]), process(11, 'nginx', [1])));
    expect(value.map(({ id, owner }) => [id, owner.pid])).toEqual([['tcp/80', 11]]);
  });
});

describe('owners', () => {
  test('a process that is named like a row of ss is only named so', () => {
    const name = 'a",pid=1,fd=9)';
    const { value } = read(row('tcp', '0.0.0.0:4000', 7, '/x'), lines(process(902, name, [7])));
    expect(value[0]?.owner).toMatchObject({ pid: 902, program: name, complete: true });
  });

  test('without rights a service is named by its unit, and by its program when all of it is one program', () => {
    const rows =
      row('tcp', '0.0.0.0:22', 1, '/system.slice/ssh.service') +
      row('tcp', '0.0.0.0:25', 2, '/system.slice/mail.service');
    const cgroups = lines(
      process(5, 'sshd', [], { cgroup: '/system.slice/ssh.service', exe: null }),
      process(6, 'master', [], { cgroup: '/system.slice/mail.service' }),
      process(7, 'qmgr', [], { cgroup: '/system.slice/mail.service' }),
    );
    const { value, gaps } = read(rows, cgroups, 1000);
    expect(value.map(({ owner }) => [owner.unit, owner.program, owner.pid, owner.complete])).toEqual([
      ['ssh.service', 'sshd', 5, false],
      ['mail.service', null, null, false],
    ]);
    expect(gaps).toEqual([]);
  });

  test('socket activation: held by pid 1, named by the .socket', () => {
    const rows = row('tcp', '0.0.0.0:631', 1, '/system.slice/cups.socket');
    const { value } = read(rows, lines(process(1, 'systemd', [1])));
    expect(value[0]?.owner).toMatchObject({ pid: 1, program: 'systemd', unit: 'cups.socket' });
  });

  test('of several that hold one socket the first listed counts', () => {
    const { value } = read(
      row('tcp', '0.0.0.0:80', 1, '/n'),
      lines(process(3, 'nginx', [1]), process(4, 'nginx', [1])),
    );
    expect(value[0]?.owner.pid).toBe(3);
  });

  test('containers are named, accounts are named where they are known', () => {
    const id = '0123456789abcdef'.repeat(4);
    const rows = row('tcp', '0.0.0.0:80', 1, `/system.slice/docker-${id}.scope`, 1000);
    const { value } = read(rows, lines(process(3, 'nginx', [1])), 0, [
      transcript('users', lines({ uid: 1000, name: 'ann' })),
    ]);
    expect(value[0]?.owner).toMatchObject({ container: '0123456789ab', unit: null, user: 'ann' });
    expect(read(rows, '').value[0]?.owner).toMatchObject({ user: '1000', program: null, complete: false });
  });

  test('an owner that nobody could see is a gap for an ordinary user, with its reason', () => {
    const { value, gaps } = read(row('tcp', '0.0.0.0:999', 1, '/'), '', 1000);
    expect(value[0]?.owner).toMatchObject({ pid: null, program: null, complete: false });
    expect(gaps).toEqual([expect.objectContaining({ why: 'needs administrator rights' })]);
  });

  test('a collector that gave up says so', () => {
    const { gaps } = read(row('tcp', '0.0.0.0:999', 1, '/'), lines({ cut: 'there are too many' }));
    expect(gaps.map(({ why }) => why)).toEqual(['there are too many']);
  });
});

describe('UDP that only awaits answers', () => {
  const sysctl = transcript('sysctl', lines({ key: 'net.ipv4.ip_local_port_range', value: '32768\t60999' }));
  const kept = (rows: string, owners: string): readonly string[] =>
    read(rows, owners, 0, [sysctl]).value.map(({ id }) => id);
  const browser = lines(process(20, 'firefox', [1, 2]));

  test('a port that the kernel picked is left out', () => {
    expect(kept(row('udp', '0.0.0.0:40001', 1, '/f'), browser)).toEqual([]);
  });

  test('what speaks for a service keeps it', () => {
    expect(kept(row('udp', '0.0.0.0:5353', 1, '/f'), browser)).toEqual(['udp/5353']);
    expect(kept(row('udp', '0.0.0.0:61001', 1, '/f'), browser)).toEqual(['udp/61001']);
    expect(kept(row('udp', '0.0.0.0:51820', 1, '/f'), browser)).toEqual(['udp/51820']);
    expect(kept(row('udp', '0.0.0.0:40001', 1, '/f') + row('udp', '[::]:40001', 2, '/f'), browser)).toEqual([
      'udp/40001',
    ]);
    expect(kept(row('udp', '0.0.0.0:40001', 1, '/f') + row('tcp', '0.0.0.0:40001', 2, '/f'), browser)).toEqual([
      'tcp/40001',
      'udp/40001',
    ]);
    // The kernel's own, as WireGuard's: nobody holds it.
    expect(kept(row('udp', '0.0.0.0:40001', 9, '/'), browser)).toEqual(['udp/40001']);
  });

  test('two programs on one ephemeral number do not speak for each other', () => {
    const two = lines(process(20, 'firefox', [1]), process(21, 'thunderbird', [2]));
    expect(kept(row('udp', '192.168.1.2:40001', 1, '/f') + row('udp', '127.0.0.1:40001', 2, '/t'), two)).toEqual([]);
  });
});

describe('connections', () => {
  test('inbound where the local port is one that listens', () => {
    const listening = row('tcp', '0.0.0.0:22', 1, '/s');
    const live =
      'tcp ESTAB 0 0 192.168.1.5:22 192.168.1.9:50000 ino:2 sk:1 cgroup:/s <->\n' +
      'tcp ESTAB 0 0 192.168.1.5:50001 93.184.216.34:443 uid:1000 ino:3 sk:1 cgroup:/f <->\n' +
      'udp ESTAB 0 0 192.168.1.5:22 9.9.9.9:53 ino:4 sk:1 cgroup:/f <->\n';
    const snapshot = snapshotOf([
      transcript('ss.listening', listening),
      transcript('ss.connections', live),
      transcript('owners', lines(process(8, 'firefox', [3]))),
    ]);
    const { value, gaps } = readConnections(snapshot, readListeners(snapshot).value);
    expect(gaps).toEqual([]);
    expect(value.map(({ direction, remote, program }) => [direction, remote.address, remote.port, program])).toEqual([
      ['inbound', '192.168.1.9', 50000, null],
      ['outbound', '93.184.216.34', 443, 'firefox'],
      ['outbound', '9.9.9.9', 53, null],
    ]);
  });
});

describe('a read that went wrong is never an empty list alone', () => {
  const failures: readonly (readonly [Failure, RegExp])[] = [
    ['missing', /not there/],
    ['refused', /rights/],
    ['timeout', /too long/],
    ['killed', /signal/],
    ['too-large', /more than/],
    ['failed', /error/],
  ];
  test.each(failures)('%s', (failure, why) => {
    const broken = snapshotOf([transcript('ss.listening', '', failure), transcript('ss.connections', '', failure)]);
    for (const { value, gaps } of [readListeners(broken), readConnections(broken, [])]) {
      expect(value).toEqual([]);
      expect(gaps).toEqual([expect.objectContaining({ why: expect.stringMatching(why) as string })]);
    }
  });

  test('not gathered, garbage, half a line', () => {
    expect(readListeners(snapshotOf([])).gaps[0]?.why).toMatch(/not gathered/);
    expect(read('Segmentation fault\n', '').gaps[0]?.why).toMatch(/1 line of ss/);
    const half = read(row('tcp', '0.0.0.0:22', 1, '/s').repeat(2).slice(0, -20), lines(process(1, 'sshd', [1])));
    expect(half.gaps[0]?.why).toMatch(/1 line of ss/);
    expect(half.value.map(({ id }) => id)).toEqual(['tcp/22']);
  });

  test('what ss complains about is a gap, although it ended well', () => {
    const said = {
      ...transcript('ss.listening', row('tcp', '0.0.0.0:22', 1, '/s.service')),
      stderr: 'RTNETLINK answers: no\n',
    };
    const { value, gaps } = readListeners(snapshotOf([said]));
    expect(value).toHaveLength(1);
    expect(gaps.map(({ why }) => why)).toEqual(['ss said: RTNETLINK answers: no']);
  });

  test('garbled owners are a gap as soon as a name is missing', () => {
    expect(read(row('tcp', '0.0.0.0:22', 1, '/'), '{"pid":').gaps[0]?.why).toMatch(/1 line could not/);
  });
});

describe('netstat, where ss is missing', () => {
  const item = (protocol: string, address: string | null, port: number, pid: number, state: string | null) => ({
    protocol,
    local: { address, port },
    remote: { address: null, port: null },
    state,
    pid,
  });
  const from = (text: string) =>
    readListeners(
      snapshotOf([
        transcript('ss.listening', '', 'missing'),
        transcript('netstat', text),
        transcript('owners', lines(process(10, 'node', []), process(11, 'dnsmasq', []))),
      ]),
    );

  test('null is the wildcard of the family, not loopback', () => {
    const { value, gaps } = from(lines(item('tcp', null, 3000, 10, 'LISTEN'), item('udp', '127.0.0.1', 53, 11, null)));
    expect(value.map(({ id, sockets, owner }) => [id, sockets[0]?.address, owner.program])).toEqual([
      ['udp/53', '127.0.0.1', 'dnsmasq'],
      ['tcp/3000', '0.0.0.0', 'node'],
    ]);
    expect(gaps).toEqual([]);
  });

  test('an IPv6 wildcard may or may not take IPv4: that is said', () => {
    const { value, gaps } = from(lines(item('tcp6', null, 3000, 10, 'LISTEN')));
    expect(value[0]?.sockets[0]).toMatchObject({ address: '::', family: 6, v6only: null });
    expect(gaps.map(({ what }) => what)).toEqual(['which IPv6 ports take IPv4 as well']);
  });

  test('garbled states, protocols and unread rows are a gap', () => {
    const bad = lines(
      item('can', null, 3000, 0, null),
      { unread: 'tcp something' },
      item('tcp', null, 70000, 1, 'LISTEN'),
      item('tcp', '1.2.3.4', 3, 1, null),
    );
    expect(from(bad)).toMatchObject({ value: [], gaps: [{ why: '4 lines of netstat could not be understood' }] });
  });

  test('netstat missing as well is a gap', () => {
    const none = snapshotOf([transcript('ss.listening', '', 'missing'), transcript('netstat', '', 'missing')]);
    expect(readListeners(none).gaps[0]?.why).toMatch(/not there/);
  });
});
