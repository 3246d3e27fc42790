import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Fleet,
  type Machine,
  addMachine,
  addUnread,
  changingAdvised,
  emptyFleet,
  fewOf,
  inOrder,
  merged,
  nameOf,
  openOn,
  outliersOf,
  restrictAdvised,
  targetsOf,
} from '../../../src/core/fleet/index.ts';
import { machine, machines, told } from './machines.ts';
import { share } from '../../share.ts';

const fleetOf = (all: readonly Machine[]): Fleet => {
  const fleet = emptyFleet();
  for (const one of all) addMachine(fleet, one);
  return fleet;
};

const row = (fleet: Fleet, key: string) => inOrder(fleet.ports).find(([one]) => one === key)?.[1];

describe('adding', () => {
  test('one machine after the other is the same as in parts, in any order', () => {
    fc.assert(
      fc.property(machines(60), fc.nat(), fc.nat(), (all, first, second) => {
        const cut = [first, second].map((at) => (all.length === 0 ? 0 : at % all.length)).sort((a, b) => a - b);
        const [a, b, c] = [all.slice(0, cut[0]), all.slice(cut[0], cut[1]), all.slice(cut[1])].map(fleetOf) as [
          Fleet,
          Fleet,
          Fleet,
        ];
        const whole = told(fleetOf(all));
        expect(told(merged(merged(a, b), c))).toEqual(whole);
        expect(told(merged(a, merged(b, c)))).toEqual(whole);
        expect(told(merged(c, merged(b, a)))).toEqual(whole);
        expect(told(fleetOf([...all].reverse()))).toEqual(whole);
      }),
      { numRuns: share(100) },
    );
  });

  test('merging changes neither', () => {
    const [a, b] = [
      fleetOf([machine('a', { ports: [{ port: 80 }] })]),
      fleetOf([machine('b', { ports: [{ port: 80 }] })]),
    ];
    const before = [told(a), told(b)];
    merged(a, b);
    expect([told(a), told(b)]).toEqual(before);
  });

  test('every machine is counted once: in one kind of reach a port, one firewall, one severity', () => {
    fc.assert(
      fc.property(machines(40), (all) => {
        const fleet = fleetOf(all);
        const sum = (of: Readonly<Record<string, { readonly count: number }>>): number =>
          Object.values(of).reduce((total, { count }) => total + count, 0);
        expect(sum(fleet.firewalls)).toBe(all.length);
        expect(sum(fleet.severest)).toBe(all.length);
        for (const [key, one] of inOrder(fleet.ports)) {
          expect(sum(one.who)).toBe(one.machines);
          expect(one.machines).toBe(all.filter(({ ports }) => ports.some((port) => port.key === key)).length);
          expect(openOn(one).count).toBe(one.who.some.count + one.who.network.count + one.who.internet.count);
          expect(openOn(one).count).toBe(one.advised.count + one.wanted.count);
        }
        for (const { advised, wanted, idle, untold } of targetsOf(fleet, null))
          expect(advised.count + wanted.count + idle + untold.count).toBe(all.length);
      }),
      { numRuns: share(100) },
    );
  });
});

describe('what is kept does not grow', () => {
  test('of a group twenty names, the first by their characters', () => {
    const hosts = Array.from({ length: 100 }, (_, index) => `host-${String(index).padStart(3, '0')}`);
    const fleet = fleetOf(hosts.toReversed().map((host) => machine(host, { ports: [{ port: 80 }] })));
    const { count, first } = row(fleet, '00080/tcp')?.who.network ?? { count: 0, first: [] };
    expect(count).toBe(100);
    expect(first.map(({ host }) => host)).toEqual(hosts.slice(0, 20));
    expect(fleet.rows).toHaveLength(20);
  });

  test('names of one port, and ports at all: the rest is counted, whatever came first', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      machine(`h${index}`, { ports: [{ port: 80, name: `name-${index}` }] }),
    );
    const names = row(fleetOf(many), '00080/tcp')?.names;
    expect([names?.by.size, names?.rest]).toEqual([8, 22]);
    // A hostile snapshot with every port there is.
    const ports = Array.from({ length: 32_767 }, (_, index) => ({ port: index + 1 }));
    const both = [machine('a', { ports }), machine('b', { ports: ports.toReversed() })];
    const [one, other] = [fleetOf(both), fleetOf(both.toReversed())];
    expect(told(one)).toEqual(told(other));
    expect(one.ports.by.size).toBeLessThanOrEqual(2 * 8192);
    expect(merged(one, emptyFleet()).ports.rest).toBe(2 * (32_767 - 8192));
  });

  test('files that were not read: twenty by name', () => {
    const fleet = emptyFleet();
    for (let index = 0; index < 50; index++) addUnread(fleet, { from: `/x/${index}.json`, why: 'it is not JSON' });
    expect([fleet.unreadCount, fleet.unread.length]).toEqual([50, 20]);
  });
});

describe('a port', () => {
  test('that is another one at every start is told by its program', () => {
    const fleet = fleetOf([
      machine('a', { ports: [{ protocol: 'udp', port: 40_111, name: 'avahi' }] }),
      machine('b', { ports: [{ protocol: 'udp', port: 52_002, name: 'avahi' }] }),
      machine('c', { ports: [{ protocol: 'udp', port: 51_820, name: 'WireGuard', own: true }] }),
    ]);
    expect(inOrder(fleet.ports).map(([key, { port, machines: on }]) => [key, port, on])).toEqual([
      ['51820/udp', 51_820, 1],
      ['~/udp/avahi', null, 2],
    ]);
  });

  test('with several owners is as open as the widest, and cannot be told where nothing of it is open and something unknown', () => {
    const one = machine('a', {
      ports: [
        { port: 53, exposure: 'self' },
        { port: 53, exposure: 'network', sure: false },
      ],
    });
    expect(one.ports).toMatchObject([{ exposure: 'network', sure: false }]);
    const other = machine('b', {
      ports: [
        { port: 53, exposure: 'self' },
        { port: 53, exposure: 'self', sure: false },
      ],
    });
    expect(other.ports).toMatchObject([{ exposure: 'unknown', sure: false }]);
  });

  test('that a rule leads on counts like one where something listens; a route to another address does not', () => {
    const forward = {
      protocol: 'tcp',
      port: 8080,
      firewall: 'docker',
      exposure: 'internet',
      exposureComplete: true,
      kept: false,
    };
    const one = machine('a', {
      forwards: [
        { ...forward, via: 'rule' },
        { ...forward, port: 80, via: 'route' },
      ],
    });
    expect(one.ports).toMatchObject([{ key: '08080/tcp', exposure: 'internet', name: 'led on by docker' }]);
  });
});

describe('a firewall', () => {
  test.each([
    ['on', [{ id: 'ufw', active: true }], true],
    ['off', [{ id: 'ufw', active: false }], true],
    ['unknown', [{ id: 'ufw', active: null }], true],
    ['none', [], true],
    ['unknown', [], false],
    // Docker's rules alone keep nobody out.
    [
      'off',
      [
        { id: 'ufw', active: false },
        { id: 'iptables', active: true, defaults: { inbound: 'allow', outbound: 'allow' } },
      ],
      true,
    ],
    [
      'on',
      [
        { id: 'ufw', active: false },
        { id: 'nftables', active: true },
      ],
      true,
    ],
    [
      'partly',
      [
        {
          id: 'windows',
          active: true,
          profiles: [{ name: 'public', active: false, inbound: 'deny', interfaces: ['Wi-Fi'] }],
        },
      ],
      true,
    ],
    [
      'on',
      [{ id: 'windows', active: true, profiles: [{ name: 'public', active: false, inbound: 'deny', interfaces: [] }] }],
      true,
    ],
  ] as const)('is %s', (stands, firewalls, complete) => {
    expect(machine('a', { firewalls, complete }).firewall).toBe(stands);
  });
});

describe('outliers', () => {
  const usual = Array.from({ length: 40 }, (_, index) =>
    machine(`h${String(index).padStart(2, '0')}`, { ports: [{ port: 22 }] }),
  );

  test('are ports that few machines have open, and those machines, the oddest first', () => {
    const fleet = fleetOf([
      ...usual,
      machine('x', { ports: [{ port: 22 }, { port: 23, name: 'Telnet' }, { port: 5900 }] }),
      machine('y', { ports: [{ port: 5900 }, { port: 9, exposure: 'self' }] }),
    ]);
    const { ports, machines: odd, moreMachines } = outliersOf(fleet);
    expect(ports.map(({ port, name, who }) => [port, name, who.first.map(({ host }) => host)])).toEqual([
      [23, 'Telnet', ['x']],
      [5900, 'Something', ['x', 'y']],
    ]);
    expect(odd.map(({ machine: { host }, ports: own }) => [host, own.map(({ port }) => port)])).toEqual([
      ['x', [23, 5900]],
      ['y', [5900]],
    ]);
    expect(moreMachines).toBe(0);
  });

  test('there are none among a handful; few never are more than are kept by name', () => {
    expect(outliersOf(fleetOf([machine('a', { ports: [{ port: 1 }] }), machine('b', {})])).ports).toEqual([]);
    expect([0, 4, 5, 39, 40, 400, 10_000].map(fewOf)).toEqual([0, 0, 1, 1, 2, 20, 20]);
  });

  test('the name of a port is what most call it', () => {
    const fleet = fleetOf(
      ['a', 'web', 'web', 'b'].map((name, index) => machine(`h${index}`, { ports: [{ port: 80, name }] })),
    );
    const [, one] = inOrder(fleet.ports)[0] ?? [];
    expect(one === undefined ? null : nameOf(one)).toBe('web');
  });
});

describe('advice', () => {
  test('that closes a port and that keeps only some out stay apart, but on one machine', () => {
    const fleet = fleetOf([
      machine('a', { ports: [{ port: 80, advice: 'restrict', severity: 'high' }] }),
      machine('b', { ports: [{ port: 80, advice: 'close', severity: 'low' }] }),
      machine('c', {
        ports: [
          { port: 80, advice: 'restrict', severity: 'low' },
          { port: 80, advice: 'close', severity: 'low' },
        ],
      }),
    ]);
    expect(inOrder(fleet.advice).map(([, { advice, who }]) => [advice, who.first.map(({ host }) => host)])).toEqual([
      ['close', ['b', 'c']],
      ['restrict', ['a']],
    ]);
  });

  test('on one port is one piece of advice, with the severest of all', () => {
    const fleet = fleetOf([
      machine('a', { ports: [{ port: 80, advice: 'close', severity: 'low', name: 'A' }] }),
      machine('b', { ports: [{ port: 80, advice: 'close', severity: 'high', name: 'B' }] }),
      machine('c', { ports: [{ port: 80, advice: 'keep' }] }),
      machine('d', {
        findings: [{ id: 'firewall-off:ufw', listener: null, advice: 'review', severity: 'high', title: 'Off' }],
      }),
    ]);
    expect(inOrder(fleet.advice).map(([key, { advice, severity, who }]) => [key, advice, severity, who.count])).toEqual(
      [
        ['exposed-x:00080/tcp', 'close', 'high', 2],
        ['firewall-off', 'review', 'high', 1],
      ],
    );
  });

  test('one file for all closes what is advised anywhere, and says where it takes something away or does nothing', () => {
    const fleet = fleetOf([
      machine('a', {
        ports: [
          { port: 80, advice: 'close' },
          { port: 40_000, name: 'x', advice: 'close' },
        ],
      }),
      machine('b', { ports: [{ port: 80, kept: true, advice: 'keep' }] }),
      machine('c', { ports: [{ port: 80, exposure: 'unknown' }] }),
      machine('d', { ports: [{ port: 80, exposure: 'self' }, { port: 22 }] }),
      machine('e', {}),
    ]);
    expect(targetsOf(fleet, null)).toMatchObject([
      {
        target: { protocol: 'tcp', port: 80 },
        advised: { count: 1, first: [{ host: 'a' }] },
        wanted: { count: 1, first: [{ host: 'b' }] },
        untold: { count: 1, first: [{ host: 'c' }] },
        idle: 2,
      },
    ]);
    expect(changingAdvised(fleet)).toMatchObject([{ port: null, protocol: 'tcp' }]);
    const named = targetsOf(fleet, [
      { protocol: 'tcp', port: 22 },
      { protocol: 'tcp', port: 9 },
      { protocol: 'tcp', port: 22 },
    ]);
    expect(named.map(({ target: { port }, wanted, idle }) => [port, wanted.count, idle])).toEqual([
      [22, 1, 4],
      [9, 0, 5],
    ]);
  });

  const numbers = (fleet: Fleet, port: number) =>
    targetsOf(fleet, [{ protocol: 'tcp', port }]).map(({ name, advised, wanted, idle, untold }) => [
      name,
      advised.count,
      wanted.count,
      idle,
      untold.count,
    ])[0];

  test('a named port counts by its number, though it is another one at every start or in a range that leads on', () => {
    const led = { protocol: 'tcp', port: 8000, lastPort: 8010, via: 'rule', firewall: 'docker', exposure: 'network' };
    const forward = { ...led, exposureComplete: true, kept: false };
    const fleet = fleetOf([
      machine('a', { ports: [{ port: 40_000, name: 'x', advice: 'close' }] }),
      machine('b', { ports: [{ port: 40_000, name: 'y' }] }),
      machine('c', { ports: [{ port: 40_000, name: 'z', own: true }] }),
      machine('d', { ports: [{ port: 8005, exposure: 'self' }], forwards: [forward] }),
      machine('e', { forwards: [forward] }),
      machine('f', { forwards: [{ ...forward, port: 1, lastPort: 60_000 }] }),
    ]);
    expect(numbers(fleet, 40_000)).toEqual(['x', 1, 2, 2, 1]);
    expect(numbers(fleet, 8005)?.slice(1)).toEqual([0, 2, 3, 1]);
    expect(numbers(fleet, 8010)).toEqual(['led on by docker', 0, 2, 3, 1]);
    expect(numbers(fleet, 8011)).toEqual(['', 0, 0, 5, 1]);
  });

  test('nothing is said of a machine of which not all that listens is known', () => {
    const fleet = fleetOf([
      machine('a', { ports: [{ port: 80, advice: 'close' }], listWhole: false }),
      machine('b', { ports: [{ port: 22 }], listWhole: false }),
      machine('c', { ports: [{ port: 80, exposure: 'self' }], listWhole: false }),
      machine('d', { ports: [{ port: 80, exposure: 'unknown' }], listWhole: false }),
      machine('e', {}),
    ]);
    expect(numbers(fleet, 80)?.slice(1)).toEqual([1, 0, 1, 3]);
    expect(numbers(fleet, 9)).toEqual(['', 0, 0, 1, 4]);
    expect(targetsOf(fleet, [{ protocol: 'tcp', port: 9 }])[0]?.untold.first.map(({ host }) => host)).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  test('nor of a port beyond those that are kept', () => {
    const ports = Array.from({ length: 9000 }, (_, index) => ({ port: index + 1 }));
    const fleet = fleetOf([machine('a', { ports }), machine('b', { ports })]);
    expect(numbers(merged(fleet, emptyFleet()), 9000)).toEqual(['', 0, 0, 0, 2]);
    expect(numbers(merged(fleet, emptyFleet()), 80)?.slice(1)).toEqual([0, 2, 0, 0]);
  });

  test('what only some shall be kept out of is not closed for everyone', () => {
    const fleet = fleetOf([
      machine('a', { ports: [{ port: 22, advice: 'restrict' }] }),
      machine('b', { ports: [{ port: 23, advice: 'restrict' }] }),
      machine('c', { ports: [{ port: 23, advice: 'close' }] }),
    ]);
    expect(targetsOf(fleet, null)).toMatchObject([
      { target: { port: 23 }, advised: { first: [{ host: 'c' }] }, wanted: { first: [{ host: 'b' }] }, idle: 1 },
    ]);
    expect(restrictAdvised(fleet)).toMatchObject([{ port: 22, restrict: { count: 1 } }]);
  });
});
