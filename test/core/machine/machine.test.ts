import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readInterfaces, readRoutes, readSysctls } from '../../../src/core/machine/index.ts';
import type { Failure } from '../../../src/core/model.ts';
import { lines, snapshotOf, transcript } from '../listeners/snapshots.ts';

// Captured in a private network namespace with `ip -j address show` (iproute2 6.1), shortened to what is read.
const ADDRESSES = `[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"link_type":"loopback","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host"},{"family":"inet6","local":"::1","prefixlen":128,"scope":"host"}]},{},{"ifindex":3,"link":"wp0","ifname":"wlan0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"link_type":"ether","address":"46:bc:de:ae:0c:ab","addr_info":[{"family":"inet","local":"192.168.7.2","prefixlen":24,"scope":"global","label":"wlan0"},{"family":"inet6","local":"fe80::44bc:deff:feae:cab","prefixlen":64,"scope":"link","tentative":true}]},{"ifindex":4,"ifname":"eth0","flags":["BROADCAST","MULTICAST"],"link_type":"ether","addr_info":[]}]
`;
// Captured with `ip -j -batch -` and `route show table all root 0.0.0.0/0`, or `::/0` (iproute2 6.1).
const ROUTES4 = `[{"dst":"10.9.0.0/16","gateway":"192.168.7.1","dev":"wlan0","table":"77","flags":[]},{"dst":"default","gateway":"192.168.7.1","dev":"wlan0","flags":[]},{"dst":"10.7.0.0/16","flags":[],"nexthops":[{"gateway":"192.168.7.3","dev":"wlan0","weight":1,"flags":[]},{"gateway":"192.168.7.4","dev":"wlan0","weight":1,"flags":[]}]},{"type":"blackhole","dst":"10.8.0.0/16","flags":[]},{"dst":"192.168.7.0/24","dev":"wlan0","protocol":"kernel","scope":"link","prefsrc":"192.168.7.2","flags":[]},{"type":"local","dst":"127.0.0.0/8","dev":"lo","table":"local","flags":[]}]
`;
const ROUTES6 = `[{"dst":"2001:db8:77::/64","dev":"wlan0","protocol":"kernel","metric":256,"flags":[],"pref":"medium"},{"dst":"default","gateway":"2001:db8:77::1","dev":"wlan0","metric":1024,"flags":[],"pref":"medium"},{"type":"multicast","dst":"ff00::/8","dev":"wlan0","table":"local","flags":[]}]
`;

const withKinds = (text: string, ...kinds: readonly object[]) =>
  readInterfaces(snapshotOf([transcript('ip.address', text), transcript('net.kinds', lines(...kinds))]));
const link = (ifname: string, local?: string) =>
  `[{"ifindex":2,"ifname":"${ifname}","flags":["UP"],"addr_info":${
    local === undefined ? '[]' : `[{"family":"inet","local":"${local}","prefixlen":24,"scope":"global"}]`
  }}]`;

describe('interfaces', () => {
  test('captured output', () => {
    const { value, gaps } = withKinds(ADDRESSES);
    expect(gaps).toEqual([]);
    expect(
      value.map(({ name, kind, up, addresses }) => [name, kind, up, addresses.map((a) => `${a.address}/${a.prefix}`)]),
    ).toEqual([
      ['lo', 'loopback', true, ['127.0.0.1/8', '::1/128']],
      ['wlan0', 'wifi', true, ['192.168.7.2/24', 'fe80::44bc:deff:feae:cab/64']],
      ['eth0', 'ethernet', false, []],
    ]);
  });

  test.each([
    ['wlan0', { wireless: false, linkKind: 'veth' }, 'wifi'],
    ['enp3s0', null, 'ethernet'],
    ['wwan0', null, 'mobile'],
    ['tailscale0', { wireless: false, linkKind: 'tun' }, 'tailnet'],
    ['docker0', { wireless: false, linkKind: 'bridge' }, 'container'],
    ['br-0123456789ab', null, 'container'],
    ['br0', { wireless: false, linkKind: 'bridge' }, 'ethernet'],
    ['home', { wireless: false, linkKind: 'wireguard' }, 'vpn'],
    ['net7', { wireless: true, linkKind: null }, 'wifi'],
    ['net7', { wireless: false, linkKind: 'tun' }, 'vpn'],
    ['dummy7', null, 'other'],
    ['shim', { wireless: false, linkKind: 'macvlan' }, 'ethernet'],
  ])('kind of %s (%o)', (name, note, kind) => {
    expect(withKinds(link(name), ...(note === null ? [] : [{ name, ...note }])).value[0]?.kind).toBe(kind);
  });

  test.each([
    ['bridge', false],
    ['bond', false],
    ['vrf', true],
  ])('a port of a %s: by itself a way in? %s', (linkKind, up) => {
    // Captured with a veth in a bridge, shortened; the kind of the master is what varies.
    const links = `[{"ifindex":2,"ifname":"br0","flags":["UP"],"addr_info":[]},{"ifindex":4,"ifname":"v0","flags":["BROADCAST","UP"],"master":"br0","addr_info":[]}]`;
    const { value } = withKinds(links, { name: 'br0', wireless: false, linkKind });
    expect(value.map((entry) => entry.up)).toEqual([true, up]);
  });

  test('a tunnel with an address of Tailscale is the tailnet, the same address on Wi-Fi is not', () => {
    expect(withKinds(link('tun0', '100.101.2.3')).value[0]?.kind).toBe('tailnet');
    expect(withKinds(link('tun0', '100.128.2.3')).value[0]?.kind).toBe('vpn');
    expect(withKinds(link('wlan0', '100.101.2.3')).value[0]?.kind).toBe('wifi');
  });
});

describe('routes', () => {
  test('captured output: every hop, nothing that leads nowhere', () => {
    const { value, gaps } = readRoutes(
      snapshotOf([transcript('ip.route4', ROUTES4), transcript('ip.route6', ROUTES6)]),
    );
    expect(gaps).toEqual([]);
    expect(value.map((route) => `${route.family} ${route.destination} ${route.interface} ${route.gateway}`)).toEqual([
      '4 10.9.0.0/16 wlan0 192.168.7.1',
      '4 0.0.0.0/0 wlan0 192.168.7.1',
      '4 10.7.0.0/16 wlan0 192.168.7.3',
      '4 10.7.0.0/16 wlan0 192.168.7.4',
      '4 192.168.7.0/24 wlan0 null',
      '6 2001:db8:77::/64 wlan0 null',
      '6 ::/0 wlan0 2001:db8:77::1',
    ]);
  });

  // synthetic: a route of IPv4 over a neighbour of IPv6, and a single host.
  test('a gateway of the other family, a host', () => {
    const text = '[{"dst":"10.1.2.3","via":{"family":"inet6","host":"fe80::1"},"dev":"wlan0","flags":[]}]';
    const { value } = readRoutes(snapshotOf([transcript('ip.route4', text), transcript('ip.route6', '[]')]));
    expect(value).toEqual([{ family: 4, destination: '10.1.2.3/32', interface: 'wlan0', gateway: 'fe80::1' }]);
  });
});

describe('settings', () => {
  test('values as they stand; what was refused is a gap', () => {
    const read = (...items: readonly object[]) => readSysctls(snapshotOf([transcript('sysctl', lines(...items))]));
    const good = read({ key: 'net.ipv4.ip_forward', value: '0' });
    expect([...good.value]).toEqual([['net.ipv4.ip_forward', '0']]);
    expect(good.gaps).toEqual([]);
    const refused = read({ key: 'a', value: '1' }, { key: 'b', error: 'EACCES' });
    expect([...refused.value.keys()]).toEqual(['a']);
    expect(refused.gaps).toEqual([expect.objectContaining({ why: '1 setting could not be read' })]);
  });
});

describe('a read that went wrong is never an empty list alone', () => {
  const failures: readonly Failure[] = ['missing', 'refused', 'timeout', 'killed', 'too-large', 'failed'];
  test.each(failures)('%s', (failure) => {
    const broken = snapshotOf(
      ['ip.address', 'ip.route4', 'ip.route6', 'sysctl'].map((id) => transcript(id, '', failure)),
    );
    expect(readInterfaces(broken)).toMatchObject({ value: [], gaps: { length: 1 } });
    expect(readRoutes(broken)).toMatchObject({ value: [], gaps: { length: 2 } });
    expect(readSysctls(broken).gaps).toHaveLength(1);
  });

  test.each(['', 'garbage', '{}', '[{"ifname":1}]', '[1]', '[[]]', ADDRESSES.slice(0, 200), '[{"dst":5}]'])(
    '%s',
    (text) => {
      const broken = snapshotOf(['ip.address', 'ip.route4', 'ip.route6'].map((id) => transcript(id, text)));
      expect(readInterfaces(broken).gaps).toHaveLength(1);
      expect(readRoutes(broken).gaps).toHaveLength(2);
      expect(readSysctls(snapshotOf([transcript('sysctl', '{"key"')])).gaps).toHaveLength(1);
    },
  );

  test('property: any JSON is read or is a gap, and nothing throws', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const snapshot = snapshotOf(
          ['ip.address', 'ip.route4', 'ip.route6', 'sysctl'].map((id) => transcript(id, text)),
        );
        const { value, gaps } = readInterfaces(snapshot);
        expect(value.length > 0 || gaps.length > 0 || /^\s*\[(\s*\{\s*\},?)*\s*\]\s*$/.test(text)).toBe(true);
        readRoutes(snapshot);
        readSysctls(snapshot);
      }),
    );
  });
});
