import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concerning, readOutside } from '../../../src/core/outside/index.ts';
import { powerOf } from '../../../src/core/outside/filters.ts';
import { lines, snapshotOf, transcript } from '../listeners/snapshots.ts';
import { share } from '../../share.ts';

// Composed by hand in the form of `ip -j -d address` (iproute2 6.1): a Wi-Fi with a VLAN and a macvlan on it, a bridge.
const LINKS = JSON.stringify([
  { ifindex: 2, ifname: 'wlan0', flags: ['UP'], addr_info: [] },
  { ifindex: 3, ifname: 'wlan0.7', link: 'wlan0', flags: ['UP'], linkinfo: { info_kind: 'vlan' }, addr_info: [] },
  { ifindex: 4, ifname: 'shim', link: 'wlan0', flags: ['UP'], linkinfo: { info_kind: 'macvlan' }, addr_info: [] },
  { ifindex: 5, ifname: 'br0', flags: ['UP'], linkinfo: { info_kind: 'bridge' }, addr_info: [] },
  { ifindex: 6, ifname: 'eth0', master: 'br0', flags: ['UP'], addr_info: [] },
  { ifindex: 7, ifname: 'tap0', link: 'wlan0', flags: ['UP'], linkinfo: { info_kind: 'veth' }, addr_info: [] },
]);
const DONE = { done: true };
const read = (...notes: readonly object[]) =>
  readOutside(snapshotOf([transcript('ip.address', LINKS), transcript('outside', lines(...notes))]), []);
const arriving = { interface: 'wlan0', family: 4, protocol: 'tcp', destination: 0n, port: 80 } as const;
const names = (set: ReadonlySet<string> | null | undefined) => [...(set ?? ['all'])].sort();

describe('what a filter of traffic control can do', () => {
  // Seen on Debian 12 (iproute2 6.1), but for the actions that its kernel does not have: tc-actions(8).
  const head =
    'filter protocol ip pref 49152 u32 chain 0 \nfilter protocol ip pref 49152 u32 chain 0 fh 800: ht divisor 1 \n';
  const rule = `${head}filter protocol ip pref 49152 u32 chain 0 fh 800::800 order 2048 key ht 800 bkt 0 terminal flowid not_in_hw \n  match 00000050/0000ffff at 20\n`;
  test.each([
    ['', 'nothing'],
    [head, 'nothing'],
    [rule, 'nothing'],
    [`${rule}\taction order 1: mirred (Egress Redirect to device ifb0) stolen\n`, 'nothing'],
    [`${rule}\taction order 1: mirred (Egress Redirect to device eth0) stolen\n`, 'anything'],
    [`${rule}\taction order 1: mirred (Egress Mirror to device eth0) pipe\n`, 'nothing'],
    [`${rule}\taction order 1: gact action pass\n\t random type none pass val 0\n`, 'nothing'],
    [`${rule}\taction order 1: gact action drop\n\t random type none pass val 0\n`, 'drop'],
    [`${rule}\taction order 1: gact action goto chain 7\n`, 'anything'],
    [`${rule}\taction order 1:  police 0x1 rate 1Mbit burst 10Kb mtu 2Kb action drop overhead 0b \n`, 'drop'],
    [`${rule}\taction order 1: gact action drop\n\taction order 2: pedit action pass keys 1\n`, 'anything'],
    ['filter protocol all pref 1 bpf chain 0 handle 0x1 x.o:[tc] direct-action not_in_hw id 7\n', 'anything'],
    ["filter protocol ip pref 1 bpf chain 0 handle 0x1 flowid 1:1 not_in_hw bytecode '1,6 0 0 1'\n", 'nothing'],
    ['what is this\n', 'anything'],
  ])('%#', (text, power) => {
    expect(powerOf(text)).toBe(power);
  });
});

describe('what is found', () => {
  test('on a device: it concerns what comes in there, and at what sits on it', () => {
    const { outsiders } = read({ bpf: 'tcx-ingress', ifindex: 2, programs: ['guard'] }, DONE);
    expect(outsiders.map(({ interfaces }) => names(interfaces))).toEqual([['shim', 'wlan0', 'wlan0.7']]);
    expect(outsiders[0]?.gap.what).toBe('a BPF program on wlan0 (guard)');
  });

  test('on a port of a bridge: it concerns the bridge', () => {
    const { outsiders } = read({ bpf: 'tcx-ingress', ifindex: 6, programs: [] }, DONE);
    expect(names(outsiders[0]?.interfaces)).toEqual(['br0', 'eth0']);
  });

  test('for a cgroup: its sockets, those below it, and those of which the cgroup is not known', () => {
    const { outsiders } = read({ bpf: 'cgroup-ingress', cgroup: '/system.slice/a.service', programs: ['p'] }, DONE);
    const { socket, packet } = concerning(outsiders);
    const count = (cgroup: string | null) => socket(cgroup, arriving).length;
    expect(['/system.slice/a.service', '/system.slice/a.service/x', null].map(count)).toEqual([1, 1, 1]);
    expect(['/system.slice/a.service2', '/system.slice', '/'].map(count)).toEqual([0, 0, 0]);
    expect(packet(arriving)).toEqual([]);
    expect(outsiders[0]?.gap.how).toBe(
      'systemctl show -p IPAddressAllow -p IPAddressDeny -p RestrictNetworkInterfaces -- a.service',
    );
  });

  test('IPsec: what is allowed as it is, and what is about other protocols, changes nothing', () => {
    const policy = {
      policy: 'allow',
      direction: 'in',
      family: 4,
      from: '10.0.0.0/8',
      to: '10.1.0.9/32',
      ifindex: 0,
      protocol: 0,
      port: null,
      protects: true,
    };
    expect(read(policy, DONE).outsiders).toHaveLength(1);
    expect(read({ ...policy, protects: false }, { ...policy, protocol: 47 }, DONE).outsiders).toEqual([]);
    const { packet } = concerning(read(policy, DONE).outsiders);
    expect(packet(arriving)).toEqual([]);
    expect(packet({ ...arriving, destination: 0x0a010009n })).toHaveLength(1);
  });

  test('a device in a VRF, and the VRF', () => {
    const links = JSON.stringify([
      { ifindex: 2, ifname: 'blue', flags: ['UP'], linkinfo: { info_kind: 'vrf' }, addr_info: [] },
      { ifindex: 3, ifname: 'eth0', master: 'blue', flags: ['UP'], addr_info: [] },
      { ifindex: 4, ifname: 'eth1', flags: ['UP'], addr_info: [] },
    ]);
    const { outsiders } = readOutside(snapshotOf([transcript('ip.address', links)]), []);
    expect(new Set(outsiders.flatMap(({ interfaces }) => names(interfaces)))).toEqual(new Set(['blue', 'eth0']));
  });
});

describe('what could not be read', () => {
  test('who may not read the rules is not told of this as well', () => {
    const refused = transcript('outside', '', 'refused');
    expect(readOutside(snapshotOf([refused]), [])).toEqual({ outsiders: [], gaps: [] });
  });

  test('perl is missing, a part failed, it was cut short', () => {
    const whys = (...given: Parameters<typeof transcript>) =>
      readOutside(snapshotOf([transcript(...given)]), []).gaps.map(({ what, why }) => `${what}: ${why}`);
    expect(whys('outside', '', 'missing')).toEqual(['what decides beside the rules: the program or file is not there']);
    expect(whys('outside', lines({ unread: 'BPF programs', why: 'Operation not permitted' }, DONE))).toEqual([
      'what decides beside the rules: BPF programs: Operation not permitted',
    ]);
    expect(whys('outside', lines({ bpf: 'sk-lookup', programs: ['a'] }))).toEqual([
      'what decides beside the rules: it ended before it was through',
    ]);
    expect(whys('outside', 'garbage\n{"done":true}\n')).toEqual([
      'what decides beside the rules: 1 line could not be understood',
    ]);
  });

  test('property: whatever is printed, nothing throws, and what is no note is a gap', () => {
    const some = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('{"bpf":"tcx-ingress"}', '{"filters":1}', '{"table":4}'),
    );
    fc.assert(
      fc.property(fc.array(some), (parts) => {
        const { outsiders, gaps } = readOutside(snapshotOf([transcript('outside', parts.join('\n'))]), []);
        expect(outsiders).toEqual([]);
        expect(gaps.length).toBeGreaterThan(0);
      }),
      { numRuns: share(2000) },
    );
  });
});
