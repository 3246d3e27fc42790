import { describe, expect, test } from 'vitest';
import type { Interface, ListenerReach, Route } from '../../../src/core/model.ts';
import { interfaces, judgeOf, listener, socket } from './world.ts';

const table = (name: string, ...lines: string[]): string => `*${name}\n${lines.join('\n')}\nCOMMIT\n`;
const nat = (...rules: string[]): string => table('nat', ':PREROUTING ACCEPT [0:0]', ':X - [0:0]', ...rules);
const filter = (policy: string, ...rules: string[]): string =>
  table('filter', `:INPUT ${policy} [0:0]`, ':FORWARD ACCEPT [0:0]', ...rules);
/** Nobody speaks to 3000 directly, nor to the ends of all ports. */
const notDirectly = filter(
  'ACCEPT',
  ...[1, 3000, 65535].map((port) => `-A INPUT -p tcp -m conntrack --ctorigdstport ${port} -j DROP`),
);
const closed = filter('DROP');
const to3000 = listener(socket());
const waysThrough = ({ reach }: ListenerReach): (readonly [string, number])[] =>
  reach
    .filter(({ interface: name, open }) => name === 'wlan0' && open.length > 0)
    .map(({ address, port }) => [address, port]);

describe('doors to a port', () => {
  test.each<[string, string, number[]]>([
    [
      'the port is asked for in the chain before',
      nat('-A PREROUTING -p tcp -m tcp --dport 80 -j X', '-A X -j REDIRECT --to-ports 3000'),
      [80],
    ],
    [
      'the port is asked for as the one that was knocked at',
      nat('-A PREROUTING -p tcp -m conntrack --ctorigdstport 80 -j REDIRECT --to-ports 3000'),
      [80],
    ],
    [
      'both ends of a range are taken away before',
      nat(
        '-A PREROUTING -p tcp -m multiport --dports 8000,8010 -j ACCEPT',
        '-A PREROUTING -p tcp -m tcp --dport 8000:8010 -j REDIRECT --to-ports 3000',
      ),
      [8001],
    ],
  ])('%s', (_, rules, ports) => {
    const reach = judgeOf({ v4: rules + notDirectly, v6: closed }).reachOf(to3000);
    expect(reach).toMatchObject({ exposure: 'network', exposureComplete: true });
    expect(waysThrough(reach)).toEqual(ports.map((port) => ['192.168.77.10', port]));
  });

  test('a map of nft', () => {
    const key = { payload: { protocol: 'tcp', field: 'dport' } };
    const place = { family: 'ip', table: 't' };
    const nft = JSON.stringify({
      nftables: [
        { table: { family: 'ip', name: 't' } },
        { chain: { ...place, name: 'n', type: 'nat', hook: 'prerouting', prio: -100, policy: 'accept' } },
        {
          rule: {
            ...place,
            chain: 'n',
            expr: [{ redirect: { port: { map: { key, data: { set: [[80, 3000]] } } } } }],
          },
        },
      ],
    });
    expect(waysThrough(judgeOf({ nft, v4: notDirectly, v6: closed }).reachOf(to3000))).toEqual([['192.168.77.10', 80]]);
  });

  test.each([
    [
      'a range of ports that this one lies in',
      nat('-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 2999-3010'),
    ],
    ['a target that is not known', nat('-A PREROUTING -p tcp -m tcp --dport 80 -j ELSEWHERE --to 7')],
    [
      'TPROXY',
      table(
        'mangle',
        ':PREROUTING ACCEPT [0:0]',
        '-A PREROUTING -p tcp -m tcp --dport 80 -j TPROXY --on-port 3000 --on-ip 0.0.0.0',
      ),
    ],
  ])('%s may lead here: never "this computer only"', (_, rules) => {
    expect(judgeOf({ v4: rules + notDirectly, v6: closed }).reachOf(to3000)).toMatchObject({
      exposure: 'unknown',
      exposureComplete: false,
    });
  });

  test('TPROXY reaches a socket on loopback, and no other one than it names', () => {
    const v4 = table(
      'mangle',
      ':PREROUTING ACCEPT [0:0]',
      '-A PREROUTING -p tcp -m tcp --dport 80 -j TPROXY --on-port 3000 --on-ip 127.0.0.1',
    );
    const judge = judgeOf({ v4, v6: closed });
    expect(judge.reachOf(listener(socket({ address: '127.0.0.1' })))).toMatchObject({ exposure: 'unknown' });
    expect(judge.reachOf(listener(socket({ address: '127.0.0.1', port: 3001 })))).toMatchObject({
      exposure: 'self',
      exposureComplete: true,
    });
  });

  test('a published port of a container is open, and one that leads to another computer is not this one', () => {
    const docker: Interface = {
      name: 'docker0',
      index: 9,
      kind: 'container',
      up: true,
      addresses: [{ family: 4, address: '172.17.0.1', prefix: 16, scope: 'global' }],
    };
    const routes: readonly Route[] = [
      { family: 4, destination: '172.17.0.0/16', interface: 'docker0', gateway: null },
      { family: 4, destination: '10.66.0.0/24', interface: 'eth0', gateway: null },
    ];
    const sysctls = new Map(
      ['all', 'wlan0', 'eth0', 'docker0'].flatMap((name): [string, string][] => [
        [`net.ipv4.conf.${name}.forwarding`, '1'],
        [`net.ipv4.conf.${name}.route_localnet`, '0'],
      ]),
    );
    const changes = { interfaces: [...interfaces, docker], routes, sysctls };
    const sent = (to: string): ListenerReach =>
      judgeOf(
        { v4: nat(`-A PREROUTING -p tcp -m tcp --dport 3000 -j DNAT --to-destination ${to}`) + closed, v6: closed },
        changes,
      ).reachOf(to3000);
    expect(waysThrough(sent('172.17.0.2:80')).map(([, port]) => port)).toContain(3000);
    expect(sent('10.66.0.99:80').exposure).toBe('self');
  });
});

describe('what cannot be seen is not "this computer only"', () => {
  const unknown = { exposure: 'unknown', exposureComplete: false };

  test('the list of interfaces was not read', () => {
    const judge = judgeOf({ v4: 'garbage', v6: 'garbage' }, { interfaces: [] });
    expect(judge.reachOf(to3000)).toMatchObject(unknown);
    expect(judge.reachOf(listener(socket({ address: '127.0.0.1' }))).exposure).toBe('self');
  });

  test('a device or an address that the list does not have', () => {
    expect(judgeOf({}).reachOf(listener(socket({ device: 'if12' })))).toMatchObject(unknown);
    expect(judgeOf({}).reachOf(listener(socket({ address: '10.9.0.5' })))).toMatchObject(unknown);
  });
});

describe('addresses that are easily forgotten', () => {
  const only = (address: string) => ({ v4: filter('DROP', `-A INPUT -d ${address}/32 -j ACCEPT`), v6: closed });

  test('one that lo has beside its own is answered on every network', () => {
    const anycast = interfaces.map((entry) =>
      entry.name === 'lo'
        ? {
            ...entry,
            addresses: [
              ...entry.addresses,
              { family: 4, address: '10.10.10.10', prefix: 32, scope: 'global' } as const,
            ],
          }
        : entry,
    );
    const reach = judgeOf(only('10.10.10.10'), { interfaces: anycast }).reachOf(to3000);
    expect(waysThrough(reach)).toEqual([['10.10.10.10', 3000]]);
  });

  // Seen with packets: a wildcard UDP socket hears 224.0.0.1 and ff02::1 without having joined anything.
  test.each(['224.0.0.1', '255.255.255.255'])('a UDP socket hears %s', (address) => {
    const reach = judgeOf(only(address)).reachOf(listener(socket({ protocol: 'udp' })));
    expect(waysThrough(reach)).toEqual([[address, 3000]]);
  });

  test('a UDP socket hears ff02::1', () => {
    const v6 = filter('DROP', '-A INPUT -d ff02::1/128 -j ACCEPT');
    const reach = judgeOf({ v4: closed, v6 }).reachOf(
      listener(socket({ protocol: 'udp', family: 6, address: '::', v6only: true })),
    );
    expect(waysThrough(reach).map(([address]) => address)).toEqual(['ff02::1']);
  });

  test('IPv6 that is off on an interface is no way in there', () => {
    const sysctls = new Map([['net.ipv6.conf.eth0.disable_ipv6', '1']]);
    const reach = judgeOf({}, { sysctls }).reachOf(listener(socket({ family: 6, address: '::', v6only: true })));
    expect(reach.reach.filter(({ open }) => open.length > 0).map((way) => way.interface)).not.toContain('eth0');
    expect(waysThrough(reach).length).toBeGreaterThan(0);
  });
});
