/** By which interface the internet comes in for a public address of this computer. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Interface, ListenerReach, Route, Verdict } from '../../../src/core/model.ts';
import { routerMayForward } from '../../../src/core/reach/summary.ts';
import { withLeadingOut } from '../../../src/core/reach/internet.ts';
import { readRouting } from '../../../src/core/machine/index.ts';
import { snapshotOf, transcript } from '../listeners/snapshots.ts';
import { judgeOf, listener, socket } from './world.ts';
import { share } from '../../share.ts';

const six = (address: string, prefix: number): Interface['addresses'][number] => ({
  family: 6,
  address,
  prefix,
  scope: address.startsWith('fe80') ? 'link' : 'global',
});
const four = (address: string, prefix: number): Interface['addresses'][number] => ({
  family: 4,
  address,
  prefix,
  scope: 'global',
});
const entry = (name: string, kind: Interface['kind'], ...addresses: Interface['addresses']): Interface => ({
  name,
  index: 2,
  kind,
  up: true,
  addresses,
});
const route = (destination: string, name: string, gateway: string | null = null): Route => ({
  family: destination.includes(':') ? 6 : 4,
  destination,
  interface: name,
  gateway,
});
const filter = (...rules: string[]): string =>
  `*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n${rules.join('\n')}\nCOMMIT\n`;
const through = (...names: readonly string[]) => {
  const rules = filter(...names.map((name) => `-A INPUT -i ${name} -j ACCEPT`));
  return { v4: rules, v6: rules };
};
const dual = listener(socket({ family: 6, address: '::', v6only: false }));
const internetOf = (reach: ListenerReach): Verdict | 'some' | undefined =>
  reach.places.find(({ kind }) => kind === 'internet')?.verdict;

const wlan0 = entry('wlan0', 'wifi', four('192.168.77.10', 24), six('2001:db8:77::10', 64), six('fe80::10', 64));
const eth0 = entry('eth0', 'ethernet', four('10.66.0.10', 24));
const wg0 = entry('wg0', 'vpn', four('10.8.0.1', 24));
const home = [route('0.0.0.0/0', 'wlan0', '192.168.77.1'), route('::/0', 'wlan0', 'fe80::1')];

describe('a public address that is spoken to through another interface', () => {
  test('what a tunnel or a cable alone lets in is not open to the internet by the address of the Wi-Fi', () => {
    for (const other of [eth0, wg0]) {
      const reach = judgeOf(through(other.name), { interfaces: [wlan0, other], routes: home }).reachOf(dual);
      expect(reach).toMatchObject({ exposure: 'network', exposureComplete: true });
      expect(internetOf(reach)).toBe('blocked');
      const seen = [wlan0, other].map(({ name, kind }) => ({ name, kind, addresses: [] }));
      // And it is said that somebody could lead it there.
      expect(routerMayForward(reach, seen)).toBe(true);
    }
  });

  test('one that leads to the internet itself is, by whichever table', () => {
    const routes = [...home, route('::/0', 'eth0')];
    const reach = judgeOf(through('eth0'), { interfaces: [wlan0, eth0], routes }).reachOf(dual);
    expect(reach).toMatchObject({ exposure: 'internet', exposureComplete: true });
  });

  test('an address that no network brings packets for comes in anywhere', () => {
    const lo = entry('lo', 'loopback', four('127.0.0.1', 8), four('203.0.113.80', 32));
    const led = [route('0.0.0.0/0', 'eth0', '10.66.0.1')];
    const balanced = judgeOf(through('eth0'), { interfaces: [lo, eth0], routes: led }).reachOf(dual);
    expect(balanced).toMatchObject({ exposure: 'internet', exposureComplete: true });
    expect(balanced.reach.map(({ address }) => address)).toContain('203.0.113.80');
    const unled = judgeOf(through('eth0'), { interfaces: [lo, eth0], routes: [] }).reachOf(dual);
    expect(unled).toMatchObject({ exposure: 'network', exposureComplete: false });
    expect(internetOf(unled)).toBe('unknown');
  });

  test('without any routes, as where they were not read, nobody is called shut out', () => {
    const reach = judgeOf(through('eth0'), { interfaces: [wlan0, eth0], routes: [] }).reachOf(dual);
    expect(reach).toMatchObject({ exposure: 'network', exposureComplete: false });
  });
});

describe('an address of another network that is answered like the own ones', () => {
  const uplink = entry('eth0', 'ethernet', four('10.66.0.10', 24), six('fe80::20', 64));
  const inner = entry('br0', 'ethernet', four('192.168.88.1', 24), six('2001:db8:88::1', 64));
  const led = [route('::/0', 'eth0', 'fe80::1'), route('2001:db8:88::/64', 'br0')];

  test('the internet that comes to it alone is not lost, whatever else the inner network leads to', () => {
    for (const routes of [led, [...led, route('2001:db8:88:100::/56', 'br0', 'fe80::77')]]) {
      const reach = judgeOf(through('eth0'), { interfaces: [uplink, inner], routes }).reachOf(dual);
      expect(reach).toMatchObject({ exposure: 'internet', exposureComplete: true });
      expect(internetOf(reach)).toBe('open');
      expect(reach.reach.map(({ interface: name, address }) => `${name} ${address}`)).toContain('eth0 2001:db8:88::1');
    }
  });

  test('a rule that lets in more does not make it narrower', () => {
    const both = [...home, route('::/0', 'eth0')];
    const said = ['-d 2001:db8:77::10 ', ''].map((to) => {
      const v6 = filter(`-A INPUT -i eth0 ${to}-j ACCEPT`);
      return judgeOf({ v6 }, { interfaces: [wlan0, uplink], routes: both }).reachOf(dual).exposure;
    });
    expect(said).toEqual(['internet', 'internet']);
  });

  test('where it is turned away it stays unsaid, and so does one that another network brings', () => {
    const routes = [...led, route('2001:db8:88:100::/56', 'br0', 'fe80::77')];
    const shut = judgeOf(through('wlan0'), { interfaces: [uplink, inner], routes }).reachOf(dual);
    expect(internetOf(shut)).toBe('blocked');
    expect(shut.reach.map(({ interface: name, address }) => `${name} ${address}`)).not.toContain('eth0 2001:db8:88::1');
    const other = judgeOf(through('eth0'), { interfaces: [wlan0, uplink], routes: home }).reachOf(dual);
    expect(internetOf(other)).toBe('blocked');
    expect(other.reach.map(({ interface: name, address }) => `${name} ${address}`)).not.toContain(
      'eth0 2001:db8:77::10',
    );
  });
});

describe('an interface that is only named like one of containers', () => {
  const named = entry('virbr1', 'container', four('203.0.113.5', 24));
  const docker = entry('docker0', 'container', four('172.17.0.1', 16), six('2001:db8:17::1', 64));
  const kindsOf = (interfaces: readonly Interface[], routes: readonly Route[]): readonly string[] =>
    withLeadingOut(interfaces, routes).map(({ kind }) => kind);

  test('leads out by a route, and the internet comes in by it', () => {
    const routes = [route('0.0.0.0/0', 'virbr1', '203.0.113.1')];
    const interfaces = withLeadingOut([named, eth0], routes);
    const reach = judgeOf(through('virbr1'), { interfaces, routes }).reachOf(dual);
    expect(reach).toMatchObject({ exposure: 'internet', exposureComplete: true });
    expect(reach.places).toContainEqual({ kind: 'lan', interface: 'virbr1', verdict: 'open' });
  });

  test('is one of containers where another leads out, or where it leads to private networks alone', () => {
    expect(kindsOf([wlan0, docker], home)).toEqual(['wifi', 'container']);
    expect(kindsOf([wlan0, docker], [...home, route('10.5.0.0/16', 'docker0', '172.17.0.2')])[1]).toBe('container');
    expect(kindsOf([wlan0, docker], [])).toEqual(['wifi', 'container']);
  });

  test('leads out where it is the only one and no route was read, if it has a public address', () => {
    const lo = entry('lo', 'loopback', four('127.0.0.1', 8));
    expect(kindsOf([lo, named, { ...eth0, up: false }], [])).toEqual(['loopback', 'ethernet', 'ethernet']);
    expect(kindsOf([lo, { ...docker, addresses: [four('172.17.0.1', 16)] }], [])).toEqual(['loopback', 'container']);
  });
});

describe('two cards that may be on one network', () => {
  const front = entry('eth0', 'ethernet', four('203.0.113.5', 24));
  const back = entry('eth1', 'ethernet', four('10.0.0.2', 24));
  const led = [
    route('0.0.0.0/0', 'eth0', '203.0.113.1'),
    route('203.0.113.0/24', 'eth0'),
    route('10.0.0.0/24', 'eth1'),
  ];
  const routing = readRouting(
    snapshotOf([
      transcript(
        'ip.route4',
        '[{"dst":"default","gateway":"203.0.113.1","dev":"eth0"},{"dst":"203.0.113.0/24","dev":"eth0"},{"dst":"10.0.0.0/24","dev":"eth1"}]',
      ),
      transcript('ip.route6', '[]'),
      transcript('ip.rule4', '[{"priority":32766,"src":"all","table":"main"}]'),
    ]),
  );
  const sysctlsOf = (settings: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
    new Map(
      ['all', 'eth0', 'eth1'].flatMap((name): [string, string][] => [
        [`net.ipv4.conf.${name}.route_localnet`, '0'],
        ...Object.entries(settings)
          .filter(([key]) => key.startsWith(`${name}.`))
          .map(([key, value]): [string, string] => [`net.ipv4.conf.${key}`, value]),
      ]),
    );
  const internetAt = (settings: Readonly<Record<string, string>>, other: Interface = back) =>
    internetOf(
      judgeOf(through(other.name), {
        interfaces: [front, other],
        routes: led,
        routing,
        sysctls: sysctlsOf(settings),
      }).reachOf(dual),
    );

  test.each([
    [{}, 'unknown'],
    [{ 'all.arp_ignore': '0', 'eth1.arp_ignore': '3', 'all.arp_filter': '0' }, 'unknown'],
    [{ 'eth0.arp_ignore': '1', 'eth0.arp_filter': '1' }, 'unknown'],
    [{ 'eth1.rp_filter': '2' }, 'unknown'],
    [{ 'eth1.rp_filter': '1' }, 'blocked'],
    [{ 'eth1.arp_ignore': '1' }, 'blocked'],
    [{ 'all.arp_ignore': '2' }, 'blocked'],
    [{ 'all.arp_ignore': '3', 'eth1.arp_ignore': '8' }, 'blocked'],
    [{ 'all.arp_filter': '1' }, 'blocked'],
    [{ 'eth1.arp_filter': '1' }, 'blocked'],
  ])('with %j the internet is %s', (settings, verdict) => {
    expect(internetAt(settings)).toBe(verdict);
  });

  test('a tunnel is on no network with a card', () => {
    expect(internetAt({}, { ...back, kind: 'vpn' })).toBe('blocked');
    expect(internetAt({}, { ...back, kind: 'container' })).toBe('blocked');
  });
});

test('an address that two interfaces have is the own one of each', () => {
  const [twin, down] = [
    { ...eth0, addresses: [four('203.0.113.5', 24)] },
    { ...wlan0, up: false },
  ];
  const interfaces = [{ ...down, addresses: twin.addresses }, twin];
  const reach = judgeOf(through('eth0'), { interfaces, routes: home }).reachOf(dual);
  expect(reach).toMatchObject({ exposure: 'internet', exposureComplete: true });
});

const ADDRESSES = [
  four('192.168.77.10', 24),
  four('203.0.113.5', 24),
  four('203.0.113.80', 32),
  six('fd66::10', 64),
  six('2001:db8:77::10', 64),
  six('2001:db8:80::1', 128),
  six('fe80::10', 64),
] as const;
const NAMES = ['wlan0', 'eth0', 'wg0', 'lo'] as const;
const KINDS = { wlan0: 'wifi', eth0: 'ethernet', wg0: 'vpn', lo: 'loopback' } as const;
const someInterfaces = fc.tuple(
  ...NAMES.map((name) =>
    fc
      .tuple(fc.subarray([...ADDRESSES], { maxLength: 3 }), fc.boolean())
      .map(([addresses, up]): Interface => ({ ...entry(name, KINDS[name], ...addresses), up: up || name === 'lo' })),
  ),
);
const someRoutes = fc.subarray(
  (['wlan0', 'eth0', 'wg0'] as const).flatMap((name) => [
    route('0.0.0.0/0', name, '192.168.77.1'),
    route('::/0', name, 'fe80::1'),
    route('128.0.0.0/1', name),
    route('2001:db8:77::/64', name),
    route('10.0.0.0/8', name, '192.168.77.1'),
  ]),
);
const SOURCE = { 4: '198.51.100.9', 6: '2001:db8:9999::9' } as const;
const isPublic = (address: string): boolean => /^(203\.|2001:)/.test(address);

test('nobody of the internet is called shut out who is let in where he may come, nor the other way round', () => {
  fc.assert(
    fc.property(someInterfaces, someRoutes, fc.subarray([...NAMES]), fc.boolean(), (interfaces, routes, letIn, arp) => {
      const sysctls = new Map([['net.ipv4.conf.all.arp_ignore', arp ? '0' : '1']]);
      const judge = judgeOf(through(...letIn), { interfaces, routes, sysctls });
      const said = internetOf(judge.reachOf(dual)) ?? 'blocked';
      const all = interfaces.flatMap((holder) => holder.addresses.map((one) => ({ ...one, holder })));
      const leads = (name: string, family: 4 | 6): boolean =>
        routes.some((one) => one.interface === name && one.family === family && !one.destination.startsWith('10.')) ||
        all.some((one) => one.holder.name === name && one.family === family && isPublic(one.address));
      const brings = (address: string, family: 4 | 6, cards = false): boolean =>
        all.some(
          ({ holder, ...one }) =>
            one.address === address &&
            holder.up &&
            holder.name !== 'lo' &&
            !(cards && holder.name === 'wg0') &&
            routes.some(
              ({ interface: name, destination, family: of }) =>
                name === holder.name && of === family && !/^10\.|^2001:/.test(destination),
            ),
        );
      let comes = false;
      let mayCome = false;
      for (const { name, up } of interfaces) {
        if (name === 'lo' || !up) continue;
        for (const { address, family } of all) {
          if (!isPublic(address)) continue;
          const asked = { protocol: 'tcp', interface: name, source: SOURCE[family], destination: address } as const;
          if (judge.ask({ ...asked, port: 3000 }).verdict !== 'open') continue;
          const own = all.some((one) => one.holder.name === name && one.address === address);
          if (own || leads(name, family)) comes = true;
          else if (!brings(address, family)) mayCome = true;
          else if (arp && family === 4 && name !== 'wg0' && brings(address, 4, true)) mayCome = true;
        }
      }
      if (comes) expect(said).toMatch(/^(open|some)$/);
      else expect(said).toBe(mayCome ? 'unknown' : 'blocked');
    }),
    { numRuns: share(90) },
  );
});
