/**
 * What sockets are bound to, as ss prints it and the report tells it, against packets: both families in one socket, one
 * device, one address, loopback, groups and broadcast.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Family, Protocol, Report, Snapshot } from '../../src/core/model.ts';
import { makeReport } from '../../src/core/report.ts';
import { type Bound, type Lab, type Probe, describeLab, probe, startLab } from './harness.ts';
import { ways } from './generate/ways.ts';

const sockets: readonly (readonly [address: string, port: number, bound?: Bound])[] = [
  ['0.0.0.0', 4000],
  ['0.0.0.0', 4001, { device: 'wlan0' }],
  ['0.0.0.0', 4002, { device: 'eth0' }],
  ['::', 4003, { dual: true }],
  ['::', 4004],
  ['192.168.77.10', 4005],
  ['10.66.0.10', 4006],
  ['127.0.0.1', 4007],
  ['::1', 4008],
  ['fe80::ff:fe00:7710%wlan0', 4009],
  ['::ffff:192.168.77.10', 4010, { dual: true }],
  ['127.0.0.53', 4011],
  ['0.0.0.0', 4012, { device: 'lo' }],
  ['::', 4013, { dual: true, device: 'eth0' }],
  ['192.168.77.10', 4014, { device: 'eth0' }],
  ['fd66::10', 4015],
];

/** UDP alone: what is sent to many at once. */
const groups: readonly (readonly [address: string, port: number, bound?: Bound])[] = [
  ['0.0.0.0', 5353],
  ['::', 5353],
  ['0.0.0.0', 1900],
  ['::', 1900],
  ['0.0.0.0', 5355],
  ['::', 5355],
  ['0.0.0.0', 3702],
  ['::', 3702],
  // Groups that no list of well-known services has.
  ['0.0.0.0', 6771],
  ['::', 21027],
  ['224.0.0.251', 4020],
  ['192.168.77.255', 4021],
  ['255.255.255.255', 4022],
  ['0.0.0.0', 4023],
];
const joined = [
  ['224.0.0.251', 5353],
  ['ff02::fb', 5353],
  ['239.255.255.250', 1900],
  ['ff02::c', 1900],
  ['224.0.0.252', 5355],
  ['ff02::1:3', 5355],
  ['239.255.255.250', 3702],
  ['ff02::c', 3702],
  ['239.192.152.143', 6771],
  ['ff12::8384', 21027],
] as const;

const number = (address: string): bigint => address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);

/** Written anew: the engine's own sets are what is judged. IPv6 rules here are for everyone or for one address. */
const within = (source: string, ranges: readonly string[]): boolean =>
  ranges.some((range) => {
    if (range === '0.0.0.0/0' || range === '::/0') return true;
    const [first = '', last] = range.split('-');
    if (source.includes(':')) return range.startsWith(source.replace(/%.*/, ''));
    if (last !== undefined) return number(first) <= number(source) && number(source) <= number(last);
    const [net = '', prefix = '32'] = range.split('/');
    const bits = BigInt(32 - Number(prefix));
    return number(source) >> bits === number(net) >> bits;
  });

/** What the report says of one packet; null: it cannot be told. */
function said(report: Report, knock: Probe): boolean | null {
  const family: Family = knock.source.includes(':') ? 6 : 4;
  const bare = knock.destination.startsWith('ff') ? knock.destination.replace(/%.*/, '') : knock.destination;
  const own = report.interfaces.find(({ name }) => name === knock.interface)?.addresses ?? [];
  const isOwn = (address: string): boolean => own.some((text) => text.startsWith(`${address.replace(/%.*/, '')}/`));
  const found = report.listeners
    .filter(({ protocol }) => protocol === knock.protocol)
    .flatMap(({ addresses, port, reach }) => {
      // By a port that leads here, too.
      const here = reach.filter(
        (way) => way.interface === knock.interface && way.family === family && way.port === knock.port,
      );
      const exact = here.filter(({ address }) => address === bare);
      // Of a listener on all addresses, others than the interface's own are listed only where they are answered otherwise.
      const wildcard = port !== knock.port || addresses.some(({ scope }) => scope === 'any');
      return exact.length > 0 || !wildcard ? exact : here.filter(({ address }) => isOwn(address));
    });
  if (found.some((way) => within(knock.source, way.unknown))) return null;
  return found.some((way) => within(knock.source, [...way.open, ...way.limited]));
}

async function reportOf(lab: Lab): Promise<Report> {
  const snapshot = await lab.snapshot();
  const argv = ['ss', '-H', '-tuneO', 'state', 'listening', 'state', 'unconnected'];
  const printed = await lab.run('A', argv);
  const ss = {
    ...snapshot.transcripts[0]!,
    id: 'ss.listening',
    kind: 'command',
    argv,
    exit: 0,
    stdout: printed.stdout,
    stderr: '',
    failure: null,
  } as const;
  const whole: Snapshot = { ...snapshot, transcripts: [...snapshot.transcripts, ss] };
  return makeReport(whole, { kept: new Set() });
}

const RESET = `nft flush ruleset; for ip in iptables ip6tables; do for table in filter nat mangle raw; do
$ip -t $table -F; $ip -t $table -X; done; $ip -P INPUT ACCEPT; $ip -P FORWARD ACCEPT; done
sysctl -qw net.ipv4.conf.all.route_localnet=0`;

/** Rule sets that tell addresses, groups and devices apart. */
const rules: Readonly<Record<string, string>> = {
  none: ':',
  'only one device': 'for ip in iptables ip6tables; do $ip -P INPUT DROP; $ip -A INPUT -i eth0 -j ACCEPT; done',
  'only one address':
    'iptables -P INPUT DROP; iptables -A INPUT -d 192.168.77.10 -j ACCEPT; ip6tables -P INPUT DROP; ip6tables -A INPUT -d fd77::10 -j ACCEPT',
  'default deny that takes multicast':
    'for ip in iptables ip6tables; do $ip -P INPUT DROP; $ip -A INPUT -m pkttype --pkt-type multicast -j ACCEPT; done',
  'broadcast alone is refused':
    'iptables -A INPUT -m pkttype --pkt-type broadcast -j DROP; iptables -A INPUT -d 224.0.0.0/4 -j DROP; ip6tables -A INPUT -d ff00::/8 -j DROP',
  'loopback let in by the kernel and a rule':
    'sysctl -qw net.ipv4.conf.all.route_localnet=1; iptables -t nat -A PREROUTING -p tcp --dport 4099 -j DNAT --to-destination 127.0.0.1:4007; iptables -t nat -A PREROUTING -p udp --dport 4098 -j DNAT --to-destination 127.0.0.53:4011',
  'loopback let in by the kernel, and no rule': 'sysctl -qw net.ipv4.conf.all.route_localnet=1',
};

describeLab('what a socket is bound to decides', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
    await lab.listen([
      ...sockets.flatMap(([address, port, bound]) =>
        (['tcp', 'udp'] as const).map((protocol) => [protocol, address, port, bound ?? {}] as const),
      ),
      ...groups.map(([address, port, bound]) => ['udp', address, port, bound ?? {}] as const),
    ]);
    await lab.join(joined.map(([group, port]) => [group, port, 'wlan0'] as const));
  });
  afterAll(() => lab.close());

  const knocks = (protocol: Protocol): Probe[] => [
    ...ways.flatMap((way) =>
      [...sockets.map(([, port]) => port), 4099, 4098].map((port) =>
        probe(protocol, way.source, way.destination, port, { interface: way.interface }),
      ),
    ),
    ...(protocol === 'tcp'
      ? []
      : [
          ...joined
            .filter(([group]) => !group.includes(':'))
            .map(([group, port]) => probe('udp', '192.168.77.20', group, port)),
          ...joined
            .filter(([group]) => group.includes(':'))
            .map(([group, port]) => probe('udp', 'fe80::ff:fe00:7720%wlan0', `${group}%wlan0`, port)),
          probe('udp', '192.168.77.20', '224.0.0.251', 4020),
          probe('udp', '192.168.77.20', '192.168.77.255', 4021),
          probe('udp', '192.168.77.20', '192.168.77.255', 4023),
          probe('udp', '192.168.77.20', '192.168.77.10', 5353),
          probe('udp', '192.168.77.20', '192.168.77.10', 1900),
          probe('udp', '192.168.77.20', '192.168.77.255', 5353),
        ]),
  ];

  test.each(Object.keys(rules))('%s', async (name) => {
    await lab.run('A', ['sh', '-c', RESET]);
    await lab.must('A', ['sh', '-c', rules[name] ?? ':']);
    await lab.forget();
    const report = await reportOf(lab);
    const probes = [...knocks('tcp'), ...knocks('udp')];
    const outcomes = await lab.probe(probes, 0.3);
    const told = probes.map((knock, index) => ({
      knock: `${knock.protocol} ${knock.source} -> ${knock.destination} ${knock.port}`,
      says: said(report, knock),
      open: outcomes[index] === 'open',
    }));
    expect(told.filter(({ says, open }) => says !== null && says !== open)).toEqual([]);
    expect(told.filter(({ says }) => says === null)).toEqual([]);
    expect(told.some(({ open }) => open)).toBe(true);
    expect(told.some(({ open }) => !open)).toBe(true);
  });
});
