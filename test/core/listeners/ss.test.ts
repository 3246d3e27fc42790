import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSs } from '../../../src/core/listeners/ss.ts';

// Captured in a private network namespace with `ss -H -tuneO state listening state unconnected state established`
// (iproute2 6.1): dual stack, v6-only, a bound device, link-local, multicast, connected UDP, an IPv4-mapped peer.
const CAPTURED = `udp UNCONN 0      0                                0.0.0.0:5353             0.0.0.0:*     ino:13278 sk:2 cgroup:/zz/a.service <->
udp UNCONN 0      0                            224.0.0.251:5355             0.0.0.0:*     ino:13281 sk:3 cgroup:/zz/a.service <->
udp ESTAB  0      0                              127.0.0.1:59899          127.0.0.1:5353  ino:13286 sk:4 cgroup:/zz/a.service <->
udp UNCONN 0      0                                   [::]:5353                [::]:*     ino:13279 sk:6 cgroup:/zz/a.service v6only:1 <->
tcp LISTEN 0      5                          0.0.0.0%wlan0:3004             0.0.0.0:*     ino:13276 sk:7 cgroup:/zz/a.service <->
tcp ESTAB  0      0                              127.0.0.1:3000           127.0.0.1:56168 ino:0 sk:a cgroup:/zz/a.service <->
tcp LISTEN 2      5                                      *:3001                   *:*     ino:13273 sk:e cgroup:/zz/a.service v6only:0 <->
tcp LISTEN 0      5                                   [::]:3002                [::]:*     ino:13274 sk:f cgroup:/zz/a.service v6only:1 <->
tcp LISTEN 0      5      [fe80::b885:a2ff:fe46:c005]%wlan0:3006                [::]:*     ino:13284 sk:10 cgroup:/zz/a.service v6only:1 <->
tcp ESTAB  0      0                     [::ffff:127.0.0.1]:3001  [::ffff:127.0.0.1]:38264 ino:0 sk:11 cgroup:/zz/a.service <->
`;

const one = (line: string) => parseSs(`${line}\n`).rows[0];

describe('rows of ss', () => {
  test('captured output is read whole', () => {
    const { rows, bad } = parseSs(CAPTURED);
    expect(bad).toBe(0);
    const shown = rows.map(({ protocol, state, local, v6only, inode }) =>
      [protocol, state, local.family, local.address, local.device, local.port, v6only, inode].join(' '),
    );
    expect(shown).toEqual([
      'udp listening 4 0.0.0.0  5353  13278',
      'udp listening 4 224.0.0.251  5355  13281',
      'udp established 4 127.0.0.1  59899  13286',
      'udp listening 6 ::  5353 true 13279',
      'tcp listening 4 0.0.0.0 wlan0 3004  13276',
      'tcp established 4 127.0.0.1  3000  ',
      'tcp listening 6 ::  3001 false 13273',
      'tcp listening 6 ::  3002 true 13274',
      'tcp listening 6 fe80::b885:a2ff:fe46:c005 wlan0 3006 true 13284',
      'tcp established 4 127.0.0.1  3001  ',
    ]);
    expect(new Set(rows.map(({ cgroup }) => cgroup))).toEqual(new Set(['/zz/a.service']));
    expect(rows.every(({ uid }) => uid === 0)).toBe(true);
  });

  test('timers, uids and marks are taken from before the cgroup', () => {
    const row = one(
      'tcp ESTAB 0 0 192.168.1.5:40000 1.2.3.4:443 timer:(keepalive,54sec,0) uid:1000 ino:77 sk:5 fwmark:0x1 cgroup:/u <->',
    );
    expect(row).toMatchObject({ uid: 1000, inode: 77, cgroup: '/u', state: 'established' });
  });

  // synthetic: whoever may make cgroups chooses their names.
  test('a cgroup whose name looks like fields is only a name', () => {
    const row = one('tcp LISTEN 0 5 *:3000 *:* uid:1000 ino:7 sk:1 cgroup:/x ino:1 uid:0 v6only:1 <-> v6only:0 <->');
    expect(row).toMatchObject({ inode: 7, uid: 1000, v6only: false, cgroup: '/x ino:1 uid:0 v6only:1 <->' });
    const v4 = one('tcp LISTEN 0 5 0.0.0.0:3000 0.0.0.0:* ino:7 sk:1 cgroup:/x v6only:1 <->');
    expect(v4).toMatchObject({ v6only: null, cgroup: '/x v6only:1' });
  });

  test('what the source does not tell is null, not a default', () => {
    expect(one('tcp LISTEN 0 5 [::]:3000 [::]:*')).toMatchObject({
      v6only: null,
      inode: null,
      uid: null,
      cgroup: null,
    });
    expect(one('tcp LISTEN 0 5 0.0.0.0:1 0.0.0.0:* ino:4 sk:1 cgroup:unreachable:1 <->')?.cgroup).toBeNull();
  });

  test('half a line and garbage are counted, and the rest is still read', () => {
    expect(parseSs(CAPTURED.slice(0, -30))).toMatchObject({ bad: 1, rows: { length: 9 } });
    expect(parseSs('garbage\ntcp LISTEN 0 5 0.0.0.0:99999 0.0.0.0:*\n')).toEqual({ rows: [], bad: 2 });
    expect(parseSs('tcp LISTEN 0 5 300.0.0.1:1 0.0.0.0:*\n').bad).toBe(1);
    expect(parseSs('tcp LISTEN 0 5 [::zz]:1 [::]:*\n').bad).toBe(1);
    expect(parseSs('')).toEqual({ rows: [], bad: 0 });
  });

  test('property: any text gives as many rows and bad lines as it has lines', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...CAPTURED.split('\n')))), (parts) => {
        const text = parts.join('\n');
        const { rows, bad } = parseSs(text);
        expect(rows.length + bad).toBe(text.split('\n').filter((line) => line !== '').length);
      }),
    );
  });

  test('property: a printed row is read back', () => {
    const v4 = fc.ipV4();
    const port = fc.integer({ min: 1, max: 65535 });
    const row = fc.record({
      address: v4,
      port,
      inode: fc.integer({ min: 1, max: 4_000_000_000 }),
      uid: fc.integer({ min: 1, max: 65535 }),
      cgroup: fc.stringMatching(/^\/[ -~]{0,40}$/).filter((path) => path.trimEnd() === path),
    });
    fc.assert(
      fc.property(row, ({ address, port, inode, uid, cgroup }) => {
        const line = `tcp LISTEN 0 5 ${address}:${port} 0.0.0.0:* uid:${uid} ino:${inode} sk:1f cgroup:${cgroup} <->`;
        expect(one(line)).toMatchObject({ local: { address, port }, inode, uid, cgroup });
      }),
    );
  });
});
