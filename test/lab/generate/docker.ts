/**
 * Random rule sets as Docker (20 to 29, with iptables and with nftables), Podman and libvirt write them, over ufw or bare,
 * with what people put into DOCKER-USER and beside it. The containers are real: namespaces on bridges, with listeners.
 */
import type { Family, Protocol } from '../../../src/core/model.ts';
import type { Lab } from '../harness.ts';
import type { Random } from './random.ts';
import { type PerFamily, type RuleSet, nothing } from './rule-set.ts';
import { ufwDefaults, ufwRules } from './ufw.ts';
import { everywhere, ports, way } from './ways.ts';

// ---------------------------------------------------------------- the ground

interface Container {
  readonly name: string;
  readonly bridge: string;
  readonly address: { readonly [family in Family]: string };
}

const DOCKER0 = 'docker0';
const OTHER = 'br-0123456789ab';
const bridges = [DOCKER0, OTHER] as const;
const network: Readonly<Record<string, { readonly [family in Family]: string }>> = {
  [DOCKER0]: { 4: '172.17.0.0/16', 6: 'fd17::/64' },
  [OTHER]: { 4: '172.18.0.0/16', 6: 'fd18::/64' },
};
const containersOnBridges: readonly Container[] = [
  { name: 'c1', bridge: DOCKER0, address: { 4: '172.17.0.2', 6: 'fd17::2' } },
  { name: 'c2', bridge: DOCKER0, address: { 4: '172.17.0.3', 6: 'fd17::3' } },
  { name: 'c3', bridge: OTHER, address: { 4: '172.18.0.2', 6: 'fd18::2' } },
];
/** Containers that publish nothing and speak to the others: who would come back to himself asks nothing. */
const senders: readonly Container[] = [
  { name: 'c4', bridge: DOCKER0, address: { 4: '172.17.0.4', 6: 'fd17::4' } },
  { name: 'c5', bridge: OTHER, address: { 4: '172.18.0.5', 6: 'fd18::5' } },
];
/** Another computer, on a network cable of its own. */
const computer: Container = { name: 'far', bridge: 'eth1', address: { 4: '10.99.0.20', 6: 'fd99::20' } };

/** Containers on two bridges and another computer behind eth1, all listening everywhere, and routes of B to them. */
export async function containers(lab: Lab): Promise<void> {
  await lab.must('A', ['sh', '-ec', GROUND]);
  await lab.must('B', ['sh', '-ec', ROUTES]);
  for (const { name } of [...containersOnBridges, computer]) await lab.listenIn(name, everywhere);
}

const gateway = (address: string): string => address.replace(/[2-5]0?$/, '1');
const join = ({ name, bridge, address }: Container, nth: number): string => {
  const [outside, mac] = [bridge === 'eth1' ? 'eth1' : `v${name}`, `02:00:00:00:99:${10 + nth}`];
  const holder = bridge === 'eth1' ? 'eth1' : bridge;
  return `
ip netns add ${name}
ip link add ${outside} type veth peer name eth0 address ${mac} netns ${name}
${bridge === 'eth1' ? 'ip address add 10.99.0.1/24 dev eth1; ip address add fd99::1/64 dev eth1 nodad' : `ip link set ${outside} master ${bridge}`}
ip link set ${outside} up
ip netns exec ${name} sh -ec '
  sysctl -qw net.ipv6.conf.eth0.accept_dad=0 net.ipv6.conf.eth0.disable_ipv6=0 net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
  ip link set lo up; ip link set eth0 up
  ip address add ${address[4]}/24 dev eth0; ip address add ${address[6]}/64 dev eth0 nodad
  ip route add default via ${gateway(address[4])}; ip -6 route add default via ${gateway(address[6])}'
holder=$(cat /sys/class/net/${holder}/address)
ip netns exec ${name} ip neigh replace ${gateway(address[6])} lladdr $holder dev eth0
ip neigh replace ${address[4]} lladdr ${mac} dev ${holder}
ip neigh replace ${address[6]} lladdr ${mac} dev ${holder}`;
};

const GROUND = `
sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.default.rp_filter=0 net.ipv6.conf.default.disable_ipv6=0 net.ipv6.conf.default.accept_dad=0
mkdir -p /run/netns
${bridges
  .map(
    (
      bridge,
      nth,
    ) => `ip link add ${bridge} address 02:00:00:00:98:1${nth} type bridge; sysctl -qw net.ipv4.conf.${bridge}.rp_filter=0; ip link set ${bridge} up
ip address add ${gateway(network[bridge]![4].replace('0.0/16', '0.2'))}/16 dev ${bridge}; ip address add ${network[bridge]![6].replace('::/64', '::1')}/64 dev ${bridge} nodad`,
  )
  .join('\n')}
${[...containersOnBridges, ...senders, computer].map(join).join('\n')}
sysctl -qw net.ipv4.conf.eth1.rp_filter=0`;

const ROUTES = `
for net in 172.16.0.0/12 10.99.0.0/24; do
  ip route add $net via 192.168.77.10; ip route add $net via 10.66.0.10 table 66
done
ip rule add from 10.66.0.20 lookup 66
for net in fd17::/64 fd18::/64 fd99::/64; do
  ip -6 route add $net via fd77::10; ip -6 route add $net via fd66::10 table 66
done
ip -6 rule add from fd66::20 lookup 66`;

const [c1, c2, c3] = containersOnBridges as [Container, Container, Container];
const [c4, c5] = senders as [Container, Container];

export const containerWays = [
  ...['192.168.77.20', '192.168.77.22', '192.168.77.130', '203.0.113.5'].map((source) =>
    way('wlan0', source, '192.168.77.10'),
  ),
  way('eth0', '10.66.0.20', '10.66.0.10'),
  way('wlan0', '192.168.77.130', '10.66.0.10'),
  ...['fd77::20', 'fd77::130'].map((source) => way('wlan0', source, 'fd77::10')),
  way('wlan0', '2001:db8:ff::5', '2001:db8:77::10'),
  way('eth0', 'fd66::20', 'fd66::10'),
  // Neighbours who added a route speak to containers by their own addresses.
  way('wlan0', '192.168.77.20', c1.address[4]),
  way('wlan0', '192.168.77.22', c2.address[4]),
  way('wlan0', '203.0.113.5', c3.address[4]),
  way('eth0', '10.66.0.20', c1.address[4]),
  way('wlan0', '192.168.77.20', computer.address[4]),
  way('wlan0', 'fd77::20', c1.address[6]),
  way('eth0', 'fd66::20', c3.address[6]),
  // Containers speak to this computer, to what it publishes, and to each other.
  way(DOCKER0, c4.address[4], '192.168.77.10', c4.name),
  way(DOCKER0, c4.address[4], '172.17.0.1', c4.name),
  way(DOCKER0, c4.address[4], c3.address[4], c4.name),
  way(OTHER, c5.address[4], '192.168.77.10', c5.name),
  way(OTHER, c5.address[4], c1.address[4], c5.name),
  way(OTHER, c5.address[6], 'fd77::10', c5.name),
];

// ---------------------------------------------------------------- what is published

interface Published {
  readonly protocol: Protocol;
  readonly port: number;
  /** null: on every address. */
  readonly bound: string | null;
  readonly container: Container;
  readonly to: number;
}

const BOUND: Record<Family, readonly string[]> = {
  4: ['127.0.0.1', '192.168.77.10', '10.66.0.10'],
  6: ['::1', 'fd77::10', 'fd66::10'],
};

function publish(r: Random, family: Family): Published[] {
  const made = new Map<string, Published>();
  for (let left = 6 + r.below(12); left > 0; left--) {
    const protocol = r.pick(['tcp', 'tcp', 'udp'] as const);
    const bound = r.chance(0.6) ? null : r.pick(BOUND[family]);
    const port = r.pick(ports);
    made.set(`${protocol}/${port}/${bound}`, {
      protocol,
      port,
      bound,
      container: r.pick(containersOnBridges),
      to: r.pick(ports),
    });
  }
  return [...made.values()];
}

const host = (address: string): string => `${address}/${address.includes(':') ? 128 : 32}`;
const target = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
const dport = (protocol: Protocol, port: number): string => `-p ${protocol} -m ${protocol} --dport ${port}`;

// ---------------------------------------------------------------- the shapes

type Tables = Record<'raw' | 'nat' | 'filter', string[]>;
const SHAPES = ['docker 20', 'docker 27', 'docker 28', 'docker 29, nftables', 'podman', 'libvirt'] as const;

interface Making {
  readonly r: Random;
  readonly family: Family;
  readonly published: readonly Published[];
  readonly user: readonly string[];
}

const chain = (...names: string[]): string[] => names.map((name) => `:${name} - [0:0]`);

/** `-I FORWARD n`, in this order, before whatever stands there. */
const first = (name: string, rules: readonly string[]): string[] =>
  rules.map((rule, nth) => `-I ${name} ${nth + 1} ${rule}`);

function dockerNat({ r, family, published }: Making): string[] {
  // Without the userland proxy there is no guard, and containers come back to what is published.
  const guarded = r.chance(0.8);
  const addresses = (bridge: string): string => network[bridge]![family];
  return [
    ...chain('DOCKER'),
    '-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER',
    ...bridges.map((bridge) => `-A POSTROUTING -s ${addresses(bridge)} ! -o ${bridge} -j MASQUERADE`),
    ...(guarded && r.chance(0.5) ? bridges.map((bridge) => `-A DOCKER -i ${bridge} -j RETURN`) : []),
    ...published.map(
      ({ protocol, port, bound, container, to }) =>
        `-A DOCKER${bound === null ? '' : ` -d ${host(bound)}`}${guarded ? ` ! -i ${container.bridge}` : ''} ${dport(protocol, port)} -j DNAT --to-destination ${target(container.address[family], to)}`,
    ),
  ];
}

const letIn = ({ family, published }: Making, chainOf: string): string[] =>
  published.map(
    ({ protocol, container, to }) =>
      `-A ${chainOf} -d ${host(container.address[family])} ! -i ${container.bridge} -o ${container.bridge} ${dport(protocol, to)} -j ACCEPT`,
  );

/** 20 to 27: one chain a stage, jumped to from FORWARD bridge by bridge. 27 adds the drop of what is not published. */
function dockerOld(making: Making, dropsUnpublished: boolean): Tables {
  const isolation = ['DOCKER-ISOLATION-STAGE-1', 'DOCKER-ISOLATION-STAGE-2'];
  return {
    raw: [],
    nat: dockerNat(making),
    filter: [
      ...chain('DOCKER', ...isolation, 'DOCKER-USER'),
      ...first('FORWARD', [
        '-j DOCKER-USER',
        '-j DOCKER-ISOLATION-STAGE-1',
        ...bridges.flatMap((bridge) => [
          `-o ${bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
          `-o ${bridge} -j DOCKER`,
          `-i ${bridge} ! -o ${bridge} -j ACCEPT`,
          `-i ${bridge} -o ${bridge} -j ${making.r.pick(['ACCEPT', 'ACCEPT', 'DROP'])}`,
        ]),
      ]),
      ...letIn(making, 'DOCKER'),
      ...(dropsUnpublished ? bridges.map((bridge) => `-A DOCKER ! -i ${bridge} -o ${bridge} -j DROP`) : []),
      ...bridges.map((bridge) => `-A ${isolation[0]} -i ${bridge} ! -o ${bridge} -j ${isolation[1]}`),
      `-A ${isolation[0]} -j RETURN`,
      ...bridges.map((bridge) => `-A ${isolation[1]} -o ${bridge} -j DROP`),
      `-A ${isolation[1]} -j RETURN`,
      ...making.user.map((rule) => `-A DOCKER-USER ${rule}`),
      '-A DOCKER-USER -j RETURN',
    ],
  };
}

/** From 28: DOCKER-FORWARD holds it all, and direct access is dropped in `raw`. */
function docker28(making: Making): Tables {
  const { r, family, published } = making;
  const direct = r.chance(0.8);
  const targets = new Map(published.map(({ container }) => [container.address[family], container]));
  return {
    raw: [
      ...(direct ? [...targets].map(([to, { bridge }]) => `-A PREROUTING -d ${host(to)} ! -i ${bridge} -j DROP`) : []),
      ...published
        .filter(({ bound }) => bound === '127.0.0.1')
        .map(({ protocol, port }) => `-A PREROUTING -d 127.0.0.1/32 ! -i lo ${dport(protocol, port)} -j DROP`),
    ],
    nat: dockerNat(making),
    filter: [
      ...chain('DOCKER', 'DOCKER-BRIDGE', 'DOCKER-CT', 'DOCKER-FORWARD', 'DOCKER-INTERNAL', 'DOCKER-USER'),
      ...first('FORWARD', ['-j DOCKER-USER', '-j DOCKER-FORWARD']),
      ...letIn(making, 'DOCKER'),
      ...bridges.map((bridge) => `-A DOCKER ! -i ${bridge} -o ${bridge} -j DROP`),
      ...bridges.map((bridge) => `-A DOCKER-BRIDGE -o ${bridge} -j DOCKER`),
      ...bridges.map((bridge) => `-A DOCKER-CT -o ${bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`),
      '-A DOCKER-FORWARD -j DOCKER-CT',
      '-A DOCKER-FORWARD -j DOCKER-INTERNAL',
      '-A DOCKER-FORWARD -j DOCKER-BRIDGE',
      ...bridges.map((bridge) => `-A DOCKER-FORWARD -i ${bridge} -j ACCEPT`),
      ...making.user.map((rule) => `-A DOCKER-USER ${rule}`),
    ],
  };
}

/** 29 with its nftables backend: tables of its own. DOCKER-USER does not exist there. */
function docker29({ r, family, published }: Making): string {
  const ip = family === 4 ? 'ip' : 'ip6';
  const jumps = (hook: string): string =>
    `map filter-forward-${hook}-jumps { type ifname : verdict; elements = { ${bridges.map((bridge) => `"${bridge}" : jump filter-forward-${hook}__${bridge}`).join(', ')} }; }`;
  const targets = new Map(published.map(({ container }) => [container.address[family], container]));
  const direct = r.chance(0.8);
  return `
table ${ip} docker-bridges {
${bridges
  .map(
    (bridge) => `chain filter-forward-in__${bridge} {
  ct state established,related counter accept
  iifname "${bridge}" counter accept comment "ICC"
  ${published
    .filter(({ container }) => container.bridge === bridge)
    .map(
      ({ protocol, container, to }) =>
        `${ip} daddr ${container.address[family]} ${protocol} dport ${to} counter accept`,
    )
    .join('\n  ')}
  counter drop comment "UNPUBLISHED PORT DROP"
}
chain filter-forward-out__${bridge} { ct state established,related counter accept; counter accept comment "OUTGOING"; }`,
  )
  .join('\n')}
${jumps('in')}
${jumps('out')}
chain filter-FORWARD { type filter hook forward priority filter; policy accept; oifname vmap @filter-forward-in-jumps; iifname vmap @filter-forward-out-jumps; }
chain nat-prerouting-and-output {
  ${published
    .map(
      ({ protocol, port, bound, container, to }) =>
        `iifname != "${container.bridge}" ${bound === null ? '' : `${ip} daddr ${bound} `}${protocol} dport ${port} counter dnat to ${target(container.address[family], to)} comment "DNAT"`,
    )
    .join('\n  ')}
}
chain nat-PREROUTING { type nat hook prerouting priority dstnat; policy accept; fib daddr type local counter jump nat-prerouting-and-output; }
chain nat-POSTROUTING { type nat hook postrouting priority srcnat; policy accept; ${bridges.map((bridge) => `oifname != "${bridge}" ${ip} saddr ${network[bridge]![family]} counter masquerade`).join('; ')}; }
chain raw-PREROUTING { type filter hook prerouting priority raw; policy accept;
  ${direct ? [...targets].map(([to, { bridge }]) => `${ip} daddr ${to} iifname != "${bridge}" counter drop comment "DROP DIRECT ACCESS"`).join('\n  ') : ''}
}
}
`;
}

/** netavark: a chain for each network, marks for what must come back the same way, no rule that lets a published port in. */
function podman({ family, published }: Making): Tables {
  const id = 'NETAVARK-1D8721804F16F';
  const dn = 'NETAVARK-DN-1D8721804F16F';
  const net = network[DOCKER0]![family];
  const mine = published.filter(({ container }) => container.bridge === DOCKER0);
  const lead = ({ protocol, port, bound }: Published): string =>
    `${bound === null ? '' : `-d ${host(bound)} `}${dport(protocol, port)}`;
  return {
    raw: [],
    nat: [
      ...chain('NETAVARK-HOSTPORT-DNAT', 'NETAVARK-HOSTPORT-MASQ', 'NETAVARK-HOSTPORT-SETMARK', id, dn),
      '-A PREROUTING -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT',
      '-A POSTROUTING -j NETAVARK-HOSTPORT-MASQ',
      `-A POSTROUTING -s ${net} -j ${id}`,
      `-A ${id} -d ${net} -j ACCEPT`,
      `-A ${id} ! -d ${family === 4 ? '224.0.0.0/4' : 'ff00::/8'} -j MASQUERADE`,
      '-A NETAVARK-HOSTPORT-MASQ -m comment --comment "netavark portfw masq mark" -m mark --mark 0x2000/0x2000 -j MASQUERADE',
      '-A NETAVARK-HOSTPORT-SETMARK -j MARK --set-xmark 0x2000/0x2000',
      ...mine.flatMap((one) => [
        `-A NETAVARK-HOSTPORT-DNAT ${lead(one)} -m comment --comment "dnat name: podman id: 4d2bd1f6c4a5" -j ${dn}`,
        `-A ${dn} -s ${net} ${lead(one)} -j NETAVARK-HOSTPORT-SETMARK`,
        `-A ${dn} ${lead(one)} -j DNAT --to-destination ${target(one.container.address[family], one.to)}`,
      ]),
    ],
    filter: [
      ...chain('NETAVARK_FORWARD'),
      '-A FORWARD -m comment --comment "netavark firewall plugin rules" -j NETAVARK_FORWARD',
      `-A NETAVARK_FORWARD -d ${net} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
      `-A NETAVARK_FORWARD -s ${net} -j ACCEPT`,
    ],
  };
}

/** A network of libvirt with NAT, or a routed one; forwarded ports are a hook script's, as its documents propose. */
function libvirt({ r, family, published }: Making): Tables {
  const net = network[DOCKER0]![family];
  const reject = `REJECT --reject-with icmp${family === 4 ? '' : '6'}-port-unreachable`;
  const forwarded = published.filter(({ container }) => container.bridge === DOCKER0).slice(0, 4);
  return {
    raw: [],
    nat: [
      ...chain('LIBVIRT_PRT'),
      '-A POSTROUTING -j LIBVIRT_PRT',
      ...['tcp', 'udp'].map(
        (one) => `-A LIBVIRT_PRT -s ${net} ! -d ${net} -p ${one} -j MASQUERADE --to-ports 1024-65535`,
      ),
      `-A LIBVIRT_PRT -s ${net} ! -d ${net} -j MASQUERADE`,
      ...forwarded.map(
        ({ protocol, port, bound, container, to }) =>
          `-A PREROUTING ${bound === null ? `! -i ${DOCKER0} ` : `-d ${host(bound)} `}${dport(protocol, port)} -j DNAT --to-destination ${target(container.address[family], to)}`,
      ),
    ],
    filter: [
      ...chain('LIBVIRT_INP', 'LIBVIRT_FWX', 'LIBVIRT_FWI', 'LIBVIRT_FWO'),
      ...first('INPUT', ['-j LIBVIRT_INP']),
      ...first('FORWARD', [
        ...forwarded.map(
          ({ protocol, container, to }) =>
            `-d ${host(container.address[family])} -o ${DOCKER0} ${dport(protocol, to)} -j ACCEPT`,
        ),
        '-j LIBVIRT_FWX',
        '-j LIBVIRT_FWI',
        '-j LIBVIRT_FWO',
      ]),
      ...['tcp', 'udp'].flatMap((one) =>
        [53, 67].map((port) => `-A LIBVIRT_INP -i ${DOCKER0} -p ${one} -m ${one} --dport ${port} -j ACCEPT`),
      ),
      `-A LIBVIRT_FWX -i ${DOCKER0} -o ${DOCKER0} -j ACCEPT`,
      ...(r.chance(0.4)
        ? [`-A LIBVIRT_FWI -d ${net} -o ${DOCKER0} -j ACCEPT`]
        : [`-A LIBVIRT_FWI -d ${net} -o ${DOCKER0} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`]),
      `-A LIBVIRT_FWI -o ${DOCKER0} -j ${reject}`,
      `-A LIBVIRT_FWO -s ${net} -i ${DOCKER0} -j ACCEPT`,
      `-A LIBVIRT_FWO -i ${DOCKER0} -j ${reject}`,
    ],
  };
}

// ---------------------------------------------------------------- what people add

const SOURCES: Record<Family, readonly string[]> = {
  4: ['192.168.77.0/24', '192.168.77.20', '192.168.77.0/25', '10.66.0.0/24', '203.0.113.0/24', '172.17.0.0/16'],
  6: ['fd77::/64', 'fd77::20', 'fd66::/64', '2001:db8::/32', 'fd18::/64'],
};

/** A rule of a person's about what is passed on: by the port that was knocked at, by the container's own, by who knocks. */
function aboutForwarded(r: Random, family: Family, published: readonly Published[]): string {
  const one = r.pick(published);
  const device = r.pick(['', '', '-i wlan0 ', '-i wlan0 ', '-i eth0 ', `-o ${one.container.bridge} `]);
  const sources = r.pick(['', '', `-s ${r.pick(SOURCES[family])} `, `! -s ${r.pick(SOURCES[family])} `]);
  const what = r.weighted<string>([
    [`-p ${one.protocol} -m conntrack --ctorigdstport ${one.port} --ctdir ORIGINAL`, 4],
    [dport(one.protocol, one.to), 3],
    [`-d ${host(one.container.address[family])}`, 1],
    ['-m conntrack --ctstate DNAT', 1],
    ['-m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT', 1],
    [`-p ${one.protocol} -m multiport --dports ${r.some(ports, 3).join(',')}`, 1],
    ['', 1],
  ]);
  const verdict = r.weighted<string>([
    ['DROP', 6],
    ['RETURN', 3],
    ['ACCEPT', 3],
    ['REJECT', 1],
  ]);
  return `${device}${sources}${what} -j ${verdict}`.replace(/ +/g, ' ').trim();
}

/** Rules made by hand beside it all. */
function byHand(r: Random, family: Family, published: readonly Published[]): Tables {
  const tables: Tables = { raw: [], nat: [], filter: [] };
  const one = r.pick(published);
  if (r.chance(0.3)) {
    const port = r.pick(ports);
    const guard = r.pick(['-i wlan0', `-d ${host(family === 4 ? '192.168.77.10' : 'fd77::10')}`]);
    tables.nat.push(
      `-I PREROUTING 1 ${guard} ${dport(r.pick(['tcp', 'udp']), port)} -j DNAT --to-destination ${r.pick([target(computer.address[family], r.pick(ports)), computer.address[family]])}`,
    );
    if (r.chance(0.7))
      tables.filter.push(`-I FORWARD 1 -o eth1 ${r.pick(['', '-m conntrack --ctstate DNAT '])}-j ACCEPT`);
  }
  if (r.chance(0.3))
    tables.nat.push(
      `-I PREROUTING 1 -i wlan0 -p tcp -m tcp --dport ${r.pick(ports)} -j REDIRECT --to-ports ${r.pick(ports)}`,
    );
  if (r.chance(0.3))
    tables.filter.push(`-I FORWARD 1 ${aboutForwarded(r, family, published).replace('RETURN', 'DROP')}`);
  if (r.chance(0.3)) tables.filter.push(`-I INPUT 1 ${dport(one.protocol, one.port)} -j ${r.pick(['ACCEPT', 'DROP'])}`);
  if (r.chance(0.15)) tables.raw.push(`-A PREROUTING -i wlan0 ${dport(one.protocol, one.port)} -j DROP`);
  return tables;
}

/** ufw's own rules about what is passed on. */
function routeRules(r: Random): string[][] {
  return Array.from({ length: r.below(4) }, () => [
    'route',
    r.pick(['allow', 'allow', 'deny']),
    ...r.pick([['in', 'on', 'wlan0', 'out', 'on', DOCKER0], ['in', 'on', 'eth0'], []]),
    ...r.pick([
      ['proto', 'tcp', 'to', c1.address[4], 'port', String(r.pick(ports))],
      ['to', 'any', 'port', String(r.pick(ports)), 'proto', 'udp'],
      ['from', '192.168.77.0/24', 'to', '172.17.0.0/16'],
      ['from', 'fd77::/64', 'to', c1.address[6]],
    ]),
  ]);
}

// ---------------------------------------------------------------- a whole set

/** Answers come back whatever else stands there: a probe is about the first packet of a connection. */
const ANSWERS = '-I FORWARD 1 -m conntrack --ctdir REPLY -j ACCEPT';

/** Who comes back into the network that he is in gets his answer through this computer, too. */
const hairpin = (family: Family): string[] =>
  bridges.map((bridge) => `-I POSTROUTING 1 -s ${network[bridge]![family]} -o ${bridge} -j MASQUERADE`);

function textOf(family: Family, tables: Tables, hand: Tables, policy: string): string {
  return [
    ...(['raw', 'nat'] as const).flatMap((name) => [
      `*${name}`,
      ...tables[name],
      ...hand[name],
      ...(name === 'nat' ? hairpin(family) : []),
      'COMMIT',
    ]),
    '*filter',
    `:FORWARD ${policy} [0:0]`,
    ...tables.filter,
    ...hand.filter,
    ANSWERS,
    'COMMIT',
    '',
  ].join('\n');
}

/** Mostly everything is passed on; now and then not what comes in on eth0, and IPv6 for some interfaces only. */
function passingOn(r: Random): string {
  const [four, six] = [r.chance(0.9), r.chance(0.85)];
  return `sysctl -qw net.ipv4.conf.eth0.forwarding=${Number(four)} net.ipv6.conf.all.forwarding=${Number(six)}
for name in wlan0 eth1 ${bridges.join(' ')}; do
  setting=/proc/sys/net/ipv6/conf/$name/force_forwarding
  if [ -e $setting ]; then echo ${Number(!six)} >$setting; fi
done`;
}

/** A generator for sets of one ground: over ufw, or bare with a policy of INPUT. */
export function dockerRules(ground: Random): (r: Random) => RuleSet {
  const defaults = ground.chance(0.6)
    ? { ...ufwDefaults(ground), ipv6: true, ...(ground.chance(0.4) ? { inbound: 'allow' as const } : {}) }
    : null;
  const input = ground.pick(['ACCEPT', 'ACCEPT', 'DROP']);
  return (r) => {
    const shape = r.pick(SHAPES);
    const policy =
      shape === 'podman' || shape === 'libvirt' ? r.pick(['ACCEPT', 'DROP']) : r.pick(['DROP', 'DROP', 'ACCEPT']);
    let nftables = '';
    const text = (family: Family): string => {
      const published = publish(r, family);
      const user = Array.from({ length: r.below(3) }, () => aboutForwarded(r, family, published));
      const making: Making = { r, family, published, user };
      const hand = byHand(r, family, published);
      switch (shape) {
        case 'docker 20':
          return textOf(family, dockerOld(making, false), hand, policy);
        case 'docker 27':
          return textOf(family, dockerOld(making, true), hand, policy);
        case 'docker 28':
          return textOf(family, docker28(making), hand, policy);
        case 'docker 29, nftables':
          nftables += docker29(making);
          // Two nat chains of one priority: which was made first cannot be seen, and is not worth many probes.
          return textOf(
            family,
            { raw: [], nat: [], filter: [] },
            r.chance(0.9) ? { ...hand, nat: [] } : hand,
            r.pick(['ACCEPT', 'ACCEPT', policy]),
          );
        case 'podman':
          return textOf(family, podman(making), hand, policy);
        case 'libvirt':
          return textOf(family, libvirt(making), hand, policy);
      }
    };
    const added: PerFamily = { ipv4: text(4), ipv6: text(6) };
    const bare = `*raw\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*nat\n:PREROUTING ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT ${input} [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\nCOMMIT\n`;
    const setup = passingOn(r);
    if (defaults === null) return { ...nothing, setup, iptables: { ipv4: bare, ipv6: bare }, added, nftables };
    const under = ufwRules(r, defaults);
    const ufw = under.ufw === null ? null : { ...under.ufw, commands: [...under.ufw.commands, ...routeRules(r)] };
    return { ...under, setup, ufw, added, nftables };
  };
}
