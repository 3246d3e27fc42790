/** Random computers for the oracle, and the same as what would have been gathered. */
import fc from 'fast-check';
import { readFacts, worldOf } from '../../../../src/core/facts.ts';
import type { Question, Snapshot, Verdict } from '../../../../src/core/model.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { type AdapterSaid, HOME, SERVICES_IN_PART, windowsSnapshot } from './machine.ts';
import {
  type Bytes,
  type OracleAdapter,
  type OracleMachine,
  type OracleNet,
  type OraclePacket,
  type OracleRule,
  type OracleSettings,
  type OracleWord,
  type Profile,
  PROFILES,
  familyOf,
} from './oracle.ts';

const APPS = ['C:\\Apps\\server.exe', 'C:\\Windows\\System32\\svchost.exe', 'C:\\Other\\tool.exe'];
const SERVICES = ['Dnscache', 'RpcSs'];
const maybe = <T>(one: fc.Arbitrary<T>, weight = 2): fc.Arbitrary<T | null> =>
  fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: one });
const rarely = fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

/** `192.168.1.20`, or eight groups of four digits. */
function bytesOf(text: string): Bytes {
  if (!text.includes(':')) return text.split('.').map(Number);
  return text.split(':').flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}
const net = (text: string): OracleNet => {
  const [address = '', length = ''] = text.split('/');
  return { bytes: bytesOf(address), length: Number(length) };
};
const textOfAddress = (bytes: Bytes): string =>
  bytes.length === 4
    ? bytes.join('.')
    : Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0)).toString(16)).join(
        ':',
      );
const textOfNet = ({ bytes, length }: OracleNet): string => `${textOfAddress(bytes)}/${length}`;

const NETS = [
  '192.168.1.0/24',
  '192.168.1.50/32',
  '192.168.0.0/16',
  '10.0.0.0/8',
  '0.0.0.0/0',
  '2001:db8:1:0:0:0:0:0/64',
  '2001:db8:1:0:0:0:0:50/128',
  'fe80:0:0:0:0:0:0:0/10',
  '0:0:0:0:0:0:0:0/0',
].map(net);
const network = fc.constantFrom(...NETS);
const word: fc.Arbitrary<OracleWord> = fc.record({
  word: fc.constantFrom('LocalSubnet', 'LocalSubnet', 'DNS', 'DHCP', 'WINS', 'DefaultGateway'),
  family: fc.constantFrom(4, 6),
});
const ports = fc.constantFrom<readonly [number, number]>(
  [3000, 3000],
  [443, 443],
  [3000, 3010],
  [0, 65535],
  [2000, 2999],
);

export const someRule: fc.Arbitrary<OracleRule> = fc
  .record({
    action: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('Allow' as const, 'Block' as const) },
      { weight: 1, arbitrary: fc.constant('ByPass' as const) },
    ),
    active: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    inbound: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    protocol: maybe(fc.constantFrom(6 as const, 17 as const), 1),
    ports: maybe(fc.array(ports, { minLength: 1, maxLength: 2 }), 1),
    remote: maybe(
      fc.array(fc.oneof({ weight: 2, arbitrary: network }, { weight: 1, arbitrary: word }), {
        minLength: 1,
        maxLength: 3,
      }),
    ),
    local: maybe(fc.array(network, { minLength: 1, maxLength: 2 }), 8),
    profiles: maybe(fc.subarray([...PROFILES], { minLength: 1 })),
    app: maybe(fc.constantFrom(...APPS)),
    service: maybe(fc.constantFrom(...SERVICES), 5),
    packaged: rarely,
    narrowed: rarely,
    secure: rarely,
    policy: rarely,
  })
  // Authentication stands only in rules that let in. Source: [MS-FASP] 2.2.35.
  .map((rule) => ({ ...rule, secure: rule.secure && rule.action === 'Allow' }));

const ADAPTERS = ['Wi-Fi', 'Ethernet'] as const;

const both = <T>(one: fc.Arbitrary<T>, weight = 3): fc.Arbitrary<{ local: T | null; policy: T | null }> =>
  fc.record({ local: maybe(one, weight), policy: maybe(one, weight) });
const mostly = fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) });
const settings: fc.Arbitrary<OracleSettings> = fc.record({
  on: both(mostly),
  inbound: both(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('block' as const) },
      { weight: 1, arbitrary: fc.constant('allow' as const) },
    ),
  ),
  shield: both(rarely),
  merge: both(mostly),
  unfiltered: both(fc.subarray<string>([...ADAPTERS], { minLength: 1, maxLength: 1 }), 12),
});

const servers = (all: readonly string[]): fc.Arbitrary<readonly Bytes[] | null> =>
  fc.oneof({ weight: 6, arbitrary: fc.subarray(all.map(bytesOf)) }, { weight: 1, arbitrary: fc.constant(null) });
const adapter = (name: string, addresses: readonly string[], nearby: readonly string[]): fc.Arbitrary<OracleAdapter> =>
  fc.record({
    name: fc.constant(name),
    category: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PROFILES) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    addresses: fc.constant(addresses.map(net)),
    servers: fc.record({
      DNS: servers(nearby),
      DHCP: servers(nearby.filter((one) => !one.includes(':'))),
      WINS: servers(nearby.filter((one) => !one.includes(':'))),
      DefaultGateway: servers(nearby),
    }),
  });

const wifi = adapter(
  'Wi-Fi',
  ['192.168.1.20/24', 'fe80:0:0:0:0:0:0:20/64', '2001:db8:1:0:0:0:0:20/64'],
  ['192.168.1.50', '2001:db8:1:0:0:0:0:50', '8.8.8.8'],
);
const ethernet = adapter(
  'Ethernet',
  ['10.1.0.7/16', 'fe80:0:0:0:0:0:0:7/64', '2001:db8:2:0:0:0:0:7/64'],
  ['10.1.2.3', 'fe80:0:0:0:0:0:0:51'],
);

/** Parts of which each that failed, or was not gathered, makes everything unknown. */
export const FATAL = [
  'localRules',
  'policyRules',
  'policyExceptions',
  'mdmRules',
  'mdmSettings',
  'localSettings',
  'policySettings',
  'adapters',
  'services',
  'products',
] as const;

export const someMachine: fc.Arbitrary<OracleMachine> = fc.record({
  rules: fc.array(someRule, { maxLength: 7 }),
  settings: fc.record({ domain: settings, private: settings, public: settings }),
  adapters: fc.oneof({ weight: 1, arbitrary: fc.tuple(wifi) }, { weight: 2, arbitrary: fc.tuple(wifi, ethernet) }),
  holder: fc.oneof(
    { weight: 6, arbitrary: fc.record({ path: fc.constantFrom(...APPS), services: fc.subarray(SERVICES) }) },
    { weight: 1, arbitrary: fc.constant({ path: null, services: [] }) },
    { weight: 1, arbitrary: fc.record({ path: fc.constantFrom(...APPS), services: fc.constant(null) }) },
  ),
  failed: maybe(fc.constantFrom(...FATAL), 15),
});

const packet = (
  protocol: 6 | 17,
  port: number,
  source: string,
  destination: string,
  through: string,
): OraclePacket => ({
  protocol,
  port,
  source: bytesOf(source),
  destination: bytesOf(destination),
  through,
});
const HERE = '192.168.1.20';
const LINK = 'fe80:0:0:0:0:0:0:20';
const GLOBAL = '2001:db8:1:0:0:0:0:20';
const ALL: readonly OraclePacket[] = [
  packet(6, 3000, '192.168.1.50', HERE, 'Wi-Fi'),
  packet(6, 3000, '10.1.2.3', HERE, 'Wi-Fi'),
  packet(6, 3000, '8.8.8.8', HERE, 'Wi-Fi'),
  packet(17, 443, '192.168.1.50', HERE, 'Wi-Fi'),
  packet(6, 3000, '2001:db8:1:0:0:0:0:50', GLOBAL, 'Wi-Fi'),
  packet(6, 3000, '2001:db8:9:0:0:0:0:1', GLOBAL, 'Wi-Fi'),
  packet(6, 3000, 'fe80:0:0:0:0:0:0:51', LINK, 'Wi-Fi'),
  packet(6, 3000, '10.1.2.3', '10.1.0.7', 'Ethernet'),
  packet(6, 3000, '192.168.1.50', '10.1.0.7', 'Ethernet'),
  packet(17, 443, '2001:db8:2:0:0:0:0:50', '2001:db8:2:0:0:0:0:7', 'Ethernet'),
];

/** Packets that may come in by the adapters that are there. */
export const packetsFor = ({ adapters }: OracleMachine): readonly OraclePacket[] =>
  ALL.filter(({ through }) => adapters.some(({ name }) => name === through));

export const questionOf = ({ protocol, port, source, destination, through }: OraclePacket): Question => ({
  protocol: protocol === 6 ? 'tcp' : 'udp',
  interface: through,
  source: textOfAddress(source),
  destination: textOfAddress(destination),
  port,
});

/** [MS-GPFAS] 2.2.2.19. */
function textOf(rule: OracleRule): string {
  const profiles = { domain: 'Domain', private: 'Private', public: 'Public' };
  const addresses = (key: string, one: OracleNet | OracleWord): string =>
    'word' in one ? `${key}${one.family}=${one.word}` : `${key}${familyOf(one.bytes)}=${textOfNet(one)}`;
  const parts = [
    `Action=${rule.action}`,
    `Active=${rule.active ? 'TRUE' : 'FALSE'}`,
    `Dir=${rule.inbound ? 'In' : 'Out'}`,
    ...(rule.protocol === null ? [] : [`Protocol=${rule.protocol}`]),
    ...(rule.ports ?? []).map(([low, high]) => (low === high ? `LPort=${low}` : `LPort2_10=${low}-${high}`)),
    ...(rule.remote ?? []).map((one) => addresses('RA', one)),
    ...(rule.local ?? []).map((one) => addresses('LA', one)),
    ...(rule.profiles ?? []).map((profile) => `Profile=${profiles[profile]}`),
    ...(rule.app === null ? [] : [`App=${rule.app}`]),
    ...(rule.service === null ? [] : [`Svc=${rule.service}`]),
    ...(rule.packaged ? ['AppPkgId=S-1-15-2-1-2-3'] : []),
    ...(rule.narrowed ? ['LUAuth=D:(A;;CC;;;BA)'] : []),
    ...(rule.secure ? ['Security=Authenticate'] : []),
  ];
  return `v2.31|${parts.join('|')}|`;
}

const CATEGORY = { domain: 'DomainAuthenticated', private: 'Private', public: 'Public' };
const GUIDS: Readonly<Record<string, string>> = {
  'Wi-Fi': '{11111111-1111-4111-8111-111111111111}',
  Ethernet: '{22222222-2222-4222-8222-222222222222}',
};

function adapterSaid({ name, category, addresses, servers: all }: OracleAdapter): AdapterSaid {
  const list = (one: readonly Bytes[] | null): Record<string, readonly string[]> | Record<string, never> =>
    one === null ? {} : { list: one.map(textOfAddress) };
  const of = (word: keyof typeof all): readonly string[] | undefined => list(all[word])['list'];
  const { gateways: _g, dns: _d, dhcp: _h, wins: _w, ...home } = HOME;
  return {
    ...home,
    alias: name,
    type: name === 'Wi-Fi' ? 71 : 6,
    guid: GUIDS[name] ?? null,
    category: category === null ? undefined : CATEGORY[category],
    addresses: addresses.map(textOfNet),
    ...(of('DNS') === undefined ? {} : { dns: of('DNS') ?? [] }),
    ...(of('DHCP') === undefined ? {} : { dhcp: of('DHCP') ?? [] }),
    ...(of('WINS') === undefined ? {} : { wins: of('WINS') ?? [] }),
    ...(of('DefaultGateway') === undefined ? {} : { gateways: of('DefaultGateway') ?? [] }),
  };
}

/** The values of one store as the registry holds them. */
function settingsOf(all: OracleMachine['settings'], store: 'local' | 'policy') {
  const value = (name: string, one: boolean | null) => (one === null ? {} : { [name]: Number(one) });
  return Object.fromEntries(
    PROFILES.map((profile: Profile) => {
      const { on, inbound, shield, merge, unfiltered } = all[profile];
      const action = inbound[store];
      const names = unfiltered[store];
      return [
        profile,
        {
          ...value('EnableFirewall', on[store]),
          ...value('DefaultInboundAction', action === null ? null : action === 'block'),
          ...value('DoNotAllowExceptions', shield[store]),
          ...value('AllowLocalPolicyMerge', merge[store]),
          ...(names === null ? {} : { DisabledInterfaces: names.map((name) => GUIDS[name]).join(',') }),
        },
      ];
    }),
  );
}

/** What would have been gathered there. `tcp/8443` has a row of IPv6 alone: whether it takes IPv4 is not told. */
export function snapshotOf(machine: OracleMachine): Snapshot {
  const { settings: all, holder, adapters, rules, failed } = machine;
  const said = (rule: OracleRule, at: number) => ({ name: `{r${at}}`, value: textOf(rule) });
  return windowsSnapshot({
    rules: rules.filter(({ policy }) => !policy).map(said),
    policyRules: rules.filter(({ policy }) => policy).map(said),
    local: settingsOf(all, 'local'),
    policy: settingsOf(all, 'policy'),
    adapters: adapters.map(adapterSaid),
    processes: [{ pid: 100, path: holder.path }],
    services: (holder.services ?? []).map((name) => ({ pid: 100, name })),
    parts: {
      ...(holder.services === null ? { services: SERVICES_IN_PART } : {}),
      ...(failed === null ? {} : { [failed]: { error: { kind: 'refused' } } }),
    },
    sockets: [
      { at: 'tcp 0.0.0.0:3000', pid: 100 },
      { at: 'tcp [::]:3000', pid: 100 },
      { at: 'udp 0.0.0.0:443', pid: 100 },
      { at: 'udp [::]:443', pid: 100 },
      { at: 'tcp [::]:8443', pid: 100 },
    ],
  });
}

/** What the engine says of each packet. */
export function engineOn(machine: OracleMachine): readonly Verdict[] {
  const judge = createJudge(worldOf(readFacts(snapshotOf(machine))));
  return packetsFor(machine).map((one) => judge.ask(questionOf(one)).verdict);
}
