/** What Docker puts into the kernel, by version (synthetic, after moby's own descriptions and a real 20.10). */
import type { Interface, Route } from '../../../src/core/model.ts';
import { type Rules, interfaces, judgeOf } from './world.ts';

const docker0: Interface = {
  name: 'docker0',
  index: 4,
  kind: 'container',
  up: true,
  addresses: [{ family: 4, address: '172.17.0.1', prefix: 16, scope: 'global' }],
};
const routes: readonly Route[] = [
  { family: 4, destination: '172.17.0.0/16', interface: 'docker0', gateway: null },
  { family: 4, destination: '192.168.77.0/24', interface: 'wlan0', gateway: null },
  { family: 4, destination: '10.66.0.0/24', interface: 'eth0', gateway: null },
  { family: 4, destination: '0.0.0.0/0', interface: 'wlan0', gateway: '192.168.77.20' },
];
const sysctls = new Map(
  ['all', 'wlan0', 'eth0', 'docker0'].flatMap((name): [string, string][] => [
    [`net.ipv4.conf.${name}.route_localnet`, '0'],
    [`net.ipv4.conf.${name}.forwarding`, '1'],
  ]),
).set('net.ipv6.conf.all.forwarding', '0');

/** A judge of a laptop with docker0, or with a bridge of another name whose kind the name does not tell. */
export const dockerHost = (rules: Rules, bridge: Partial<Interface> = {}) =>
  judgeOf(rules, {
    interfaces: [...interfaces, { ...docker0, ...bridge }],
    routes: routes.map((route) =>
      route.interface === 'docker0' ? { ...route, interface: bridge.name ?? 'docker0' } : route,
    ),
    sysctls: bridge.name === undefined ? sysctls : new Map(sysctls).set(`net.ipv4.conf.${bridge.name}.forwarding`, '1'),
  });

const table = (name: string, ...lines: string[]): string => `*${name}\n${lines.join('\n')}\nCOMMIT\n`;

interface Published {
  /** `127.0.0.1/32` or nothing. */
  readonly bound?: string;
  readonly port: number;
  readonly to: string;
  readonly toPort: number;
}

/** As 20.10 prints it, with what a person put into DOCKER-USER. */
export const docker20 = (published: readonly Published[], user: readonly string[] = [], input = 'ACCEPT'): string =>
  table(
    'filter',
    `:INPUT ${input} [0:0]`,
    ':FORWARD DROP [0:0]',
    ...['DOCKER', 'DOCKER-ISOLATION-STAGE-1', 'DOCKER-ISOLATION-STAGE-2', 'DOCKER-USER'].map(
      (chain) => `:${chain} - [0:0]`,
    ),
    '-A FORWARD -j DOCKER-USER',
    '-A FORWARD -j DOCKER-ISOLATION-STAGE-1',
    '-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
    '-A FORWARD -o docker0 -j DOCKER',
    '-A FORWARD -i docker0 ! -o docker0 -j ACCEPT',
    '-A FORWARD -i docker0 -o docker0 -j ACCEPT',
    ...published.map(
      ({ to, toPort }) => `-A DOCKER -d ${to}/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport ${toPort} -j ACCEPT`,
    ),
    '-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2',
    '-A DOCKER-ISOLATION-STAGE-1 -j RETURN',
    '-A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP',
    '-A DOCKER-ISOLATION-STAGE-2 -j RETURN',
    ...user.map((rule) => `-A DOCKER-USER ${rule}`),
    '-A DOCKER-USER -j RETURN',
  ) + dockerNat(published);

const dockerNat = (published: readonly Published[]): string =>
  table(
    'nat',
    ':PREROUTING ACCEPT [0:0]',
    ':DOCKER - [0:0]',
    '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER',
    '-A DOCKER -i docker0 -j RETURN',
    ...published.map(
      ({ bound, port, to, toPort }) =>
        `-A DOCKER${bound === undefined ? '' : ` -d ${bound}`} ! -i docker0 -p tcp -m tcp --dport ${port} -j DNAT --to-destination ${to}:${toPort}`,
    ),
  );

/** Docker 28: direct access is dropped before anything else. */
export const raw28 = (to: string): string =>
  table('raw', ':PREROUTING ACCEPT [0:0]', `-A PREROUTING -d ${to}/32 ! -i docker0 -j DROP`);
