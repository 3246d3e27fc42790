/** What listens on a Mac, and who holds it. */
import { describe, expect, test } from 'vitest';
import { parseMacNetstat } from '../../../../src/core/listeners/mac-netstat.ts';
import { readMacListeners } from '../../../../src/core/listeners/macos.ts';
import { readMacInterfaces, readMacRoutes } from '../../../../src/core/machine/macos.ts';
import { makeReport } from '../../../../src/core/report.ts';
import { HOME, type MacSaid, failed, macSnapshot } from './machine.ts';

const read = (said: MacSaid) => readMacListeners(macSnapshot(said));
const NODE = { pid: 7, path: '/opt/homebrew/bin/node' };

describe('netstat', () => {
  const NEW =
    'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)          rxbytes      txbytes  rhiwat  shiwat          process:pid    state  options           gencnt    flags   flags1 usecnt rtncnt fltrs\n';
  const OLD =
    'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)     rhiwat shiwat    pid   epid  state    options\n';

  test('both kinds of columns, and a name with spaces and colons', () => {
    const row = (name: string) =>
      `tcp46      0      0  *.32400                *.*                    LISTEN                 0            0  131072  131072 ${name}:910    00100 00000006 000000000000a1b2 00000001 00000900      1      0 000000\n`;
    for (const name of ['Plex Media Serve', 'a:12 00100', 'x'])
      expect(parseMacNetstat(`Active Internet connections (including servers)\n${NEW}${row(name)}`)).toEqual({
        rows: [
          {
            protocol: 'tcp',
            family: 6,
            v6only: false,
            local: { address: '::', device: null, port: 32400 },
            remote: null,
            pid: 910,
            command: name,
          },
        ],
        bad: 0,
        known: true,
      });
    const old =
      'udp6       0      0  fe80::1%lo0.123        *.*                                196724   9216    321      0 0x0100 0x00000000\n';
    expect(parseMacNetstat(`${OLD}${old}`).rows).toEqual([
      {
        protocol: 'udp',
        family: 6,
        v6only: true,
        local: { address: 'fe80::1', device: 'lo0', port: 123 },
        remote: null,
        pid: 321,
        command: null,
      },
    ]);
  });

  test.each([
    'tcp4 0 0 *.80 *.* LISTEN',
    'tcp4 0 0 *.99999 *.* LISTEN 0 0 1 1 a:1 00100 00000006',
    'tcp4 0 0 1.2.3.*.80 *.* LISTEN 0 0 1 1 a:1 00100 00000006',
    'tcp4 0 0 *.80 *.* LISTEN 0 0 1 1 a 00100 00000006',
    'tcp9 0 0 *.80 *.* LISTEN 0 0 1 1 a:1 00100 00000006',
    'something else',
  ])('what it makes nothing of counts: %s', (line) => {
    expect(parseMacNetstat(`${NEW}${line}\n`).bad).toBe(1);
    expect(parseMacNetstat(`${NEW}${line}\n`).rows).toEqual([]);
  });

  test('without a head that is known nothing is read, and half a line counts', () => {
    expect(parseMacNetstat('Proto Local\ntcp4 0 0 *.80 *.* LISTEN 0 0 1 1 a:1 00100 00000006\n')).toMatchObject({
      bad: 1,
      known: false,
    });
    expect(parseMacNetstat(`${NEW}tcp4  0  0  *.80  *.*  LISTEN`).bad).toBe(1);
  });
});

describe('listeners', () => {
  const sockets = [
    { at: 'tcp4 *.3000', pid: 7 },
    { at: 'tcp4 *.22', pid: 1 },
    { at: 'tcp4 192.168.1.20.3000', pid: 7, peer: '192.168.1.9.5000' },
  ];

  test('whoever holds them, with the file as far as the kernel told it', () => {
    const { listeners, connections, holderOf, gaps } = read({ processes: [NODE], sockets });
    expect(listeners.map(({ id, owner }) => [id, owner.program, owner.path, owner.complete])).toEqual([
      ['tcp/22', 'launchd', '/sbin/launchd', false],
      ['tcp/3000', 'node', NODE.path, true],
    ]);
    expect(connections.map(({ direction, program }) => [direction, program])).toEqual([['inbound', 'node']]);
    expect(holderOf(7).path).toBe(NODE.path);
    // launchd runs as root: what it calls itself is no proof.
    expect(holderOf(1)).toEqual({ path: null, name: '/sbin/launchd', launchd: true });
    expect(gaps).toEqual([]);
  });

  test('what netstat lists and nobody else knows is a listener with an unknown owner', () => {
    const { listeners, gaps } = read({ version: 13, sockets: [{ at: 'tcp4 *.3000', pid: 99 }] });
    expect(listeners.map(({ id, owner }) => [id, owner.program])).toEqual([['tcp/3000', null]]);
    expect(gaps.map(({ what }) => what)).toEqual(['the programs behind some ports']);
  });

  test('a process that calls itself another is not believed', () => {
    const liar = { ...NODE, claim: '/usr/libexec/rapportd', shown: false };
    expect(read({ processes: [liar], sockets }).listeners.find(({ port }) => port === 3000)?.owner).toMatchObject({
      program: 'node',
      path: null,
      complete: false,
    });
  });

  test('what lsof alone shows is there as well', () => {
    const said: MacSaid = { processes: [NODE], sockets };
    const { transcripts } = macSnapshot(said);
    const tcp = transcripts.find(({ id }) => id === 'mac.netstat.tcp')?.stdout ?? '';
    const without = tcp
      .split('\n')
      .filter((line) => !/\*\.3000 /.test(line))
      .join('\n');
    const { listeners } = read({ ...said, changed: { 'mac.netstat.tcp': { stdout: without } } });
    expect(listeners.map(({ id }) => id)).toContain('tcp/3000');
  });

  test.each([
    ['refused', failed('refused')],
    ['cut', { stdout: 'Active Internet connections (including servers)\n' }],
    ['another', { stdout: 'tcp4 0 0 *.80\n' }],
  ])('a list that was not read is a gap, as an ordinary user: %s', (_, changed) => {
    const { gaps } = read({ processes: [NODE], sockets, changed: { 'mac.netstat.tcp': changed } });
    expect(gaps.map(({ what }) => what)).toContain('listening ports');
  });

  test('as root lsof stands in for it', () => {
    const { listeners, gaps } = read({
      uid: 0,
      processes: [NODE],
      sockets,
      changed: { 'mac.netstat.tcp': failed('timeout') },
    });
    expect(listeners.map(({ id }) => id)).toEqual(['tcp/22', 'tcp/3000']);
    expect(gaps).toEqual([]);
  });
});

describe('networks', () => {
  test('interfaces, and what they are', () => {
    const { value, gaps } = readMacInterfaces(
      macSnapshot({
        interfaces: [
          HOME,
          { name: 'en7', addresses: ['10.0.0.5/22'] },
          { name: 'utun4', addresses: ['100.101.102.103/32'] },
          { name: 'utun5', addresses: ['10.8.0.2/32'] },
          { name: 'bridge100', addresses: ['192.168.64.1/24'] },
          { name: 'awdl0', addresses: ['fe80::1%awdl0/64'] },
          { name: 'en9', up: false, addresses: [] },
        ],
      }),
    );
    expect(gaps).toEqual([]);
    expect(value.map(({ name, kind, up, addresses }) => [name, kind, up, addresses[0]?.prefix])).toEqual([
      ['lo0', 'loopback', true, 8],
      ['en0', 'wifi', true, 24],
      ['en7', 'ethernet', true, 22],
      ['utun4', 'tailnet', true, 32],
      ['utun5', 'vpn', true, 32],
      ['bridge100', 'container', true, 24],
      ['awdl0', 'wifi', true, 64],
      ['en9', 'ethernet', false, undefined],
    ]);
  });

  test.each([
    '',
    'lo0: flags=8049<UP,LOOPBACK> mtu 1\n',
    'en0: flags=1<UP> mtu 1\n\tinet 1.2.3 netmask 0xff\n',
    'en0: hello\n',
    'en0: flags=1<UP> mtu 1\n\tinet 1.2.3.4 netmask 0xff00ff00\n',
    'en0: flags=1<UP> mtu 1',
  ])('what is not whole is a gap: %j', (stdout) => {
    const snapshot = macSnapshot({ changed: { 'mac.ifconfig': { stdout } } });
    expect(readMacInterfaces(snapshot).gaps).toHaveLength(1);
    expect(makeReport(snapshot, { kept: new Set() }).complete).toBe(false);
  });

  test('routes: short networks, links and default routes', () => {
    expect(readMacRoutes(macSnapshot()).value).toEqual([
      { family: 4, destination: '0.0.0.0/0', interface: 'en0', gateway: '192.168.1.1' },
      { family: 4, destination: '127.0.0.0/8', interface: 'lo0', gateway: '127.0.0.1' },
      { family: 4, destination: '192.168.1.0/24', interface: 'en0', gateway: null },
      { family: 4, destination: '224.0.0.0/4', interface: 'en0', gateway: null },
      { family: 6, destination: '::/0', interface: 'en0', gateway: 'fe80::1' },
      { family: 6, destination: '2001:db8:1::/64', interface: 'en0', gateway: null },
      { family: 6, destination: 'fe80::/64', interface: 'en0', gateway: null },
    ]);
  });
});
