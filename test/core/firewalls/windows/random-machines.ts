/** Random computers for the oracle, and the same as what would have been gathered. */
import fc from 'fast-check';
import { readFacts, worldOf } from '../../../../src/core/facts.ts';
import type { Snapshot, Verdict } from '../../../../src/core/model.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { HOME, SERVICES_IN_PART, windowsSnapshot } from './machine.ts';
import type { OracleMachine, OraclePacket, OracleRule, Profile } from './oracle.ts';

const APPS = ['C:\\Apps\\server.exe', 'C:\\Windows\\System32\\svchost.exe', 'C:\\Other\\tool.exe'];
const SERVICES = ['Dnscache', 'RpcSs'];
const PROFILES: readonly Profile[] = ['domain', 'private', 'public'];
const maybe = <T>(one: fc.Arbitrary<T>, weight = 2): fc.Arbitrary<T | null> =>
  fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: one });
const rarely = fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

const network = fc.constantFrom<readonly [number, number, number, number, number]>(
  [192, 168, 1, 0, 24],
  [192, 168, 1, 50, 32],
  [192, 168, 0, 0, 16],
  [10, 0, 0, 0, 8],
  [0, 0, 0, 0, 0],
);
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
    remote: maybe(fc.array(network, { minLength: 1, maxLength: 2 })),
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

const settings = fc.record({
  on: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  inbound: fc.oneof(
    { weight: 3, arbitrary: fc.constant('block' as const) },
    { weight: 1, arbitrary: fc.constant('allow' as const) },
  ),
  shield: rarely,
  merge: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

export const someMachine: fc.Arbitrary<OracleMachine> = fc.record({
  rules: fc.array(someRule, { maxLength: 7 }),
  settings: fc.record({ domain: settings, private: settings, public: settings }),
  category: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...PROFILES) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  holder: fc.oneof(
    { weight: 6, arbitrary: fc.record({ path: fc.constantFrom(...APPS), services: fc.subarray(SERVICES) }) },
    { weight: 1, arbitrary: fc.constant({ path: null, services: [] }) },
    { weight: 1, arbitrary: fc.record({ path: fc.constantFrom(...APPS), services: fc.constant(null) }) },
  ),
});

export const PACKETS: readonly OraclePacket[] = [
  { protocol: 6, port: 3000, source: [192, 168, 1, 50] },
  { protocol: 6, port: 3000, source: [10, 1, 2, 3] },
  { protocol: 6, port: 3000, source: [8, 8, 8, 8] },
  { protocol: 17, port: 443, source: [192, 168, 1, 50] },
];

/** [MS-GPFAS] 2.2.2.19. */
function textOf(rule: OracleRule): string {
  const profiles = { domain: 'Domain', private: 'Private', public: 'Public' };
  const parts = [
    `Action=${rule.action}`,
    `Active=${rule.active ? 'TRUE' : 'FALSE'}`,
    `Dir=${rule.inbound ? 'In' : 'Out'}`,
    ...(rule.protocol === null ? [] : [`Protocol=${rule.protocol}`]),
    ...(rule.ports ?? []).map(([low, high]) => (low === high ? `LPort=${low}` : `LPort2_10=${low}-${high}`)),
    ...(rule.remote ?? []).map(([a, b, c, d, length]) => `RA4=${[a, b, c, d].join('.')}/${length}`),
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

/** What would have been gathered there. */
export function snapshotOf(machine: OracleMachine): Snapshot {
  const { settings: all, holder, category, rules } = machine;
  const said = (rule: OracleRule, at: number) => ({ name: `{r${at}}`, value: textOf(rule) });
  return windowsSnapshot({
    rules: rules.filter(({ policy }) => !policy).map(said),
    policyRules: rules.filter(({ policy }) => policy).map(said),
    policy: Object.fromEntries(
      Object.entries(all).map(([profile, { on, inbound, shield, merge }]) => [
        profile,
        {
          EnableFirewall: Number(on),
          DefaultInboundAction: inbound === 'block' ? 1 : 0,
          DoNotAllowExceptions: Number(shield),
          AllowLocalPolicyMerge: Number(merge),
        },
      ]),
    ),
    adapters: [{ ...HOME, category: category === null ? undefined : CATEGORY[category] }],
    processes: [{ pid: 100, path: holder.path }],
    services: (holder.services ?? []).map((name) => ({ pid: 100, name })),
    parts: holder.services === null ? { services: SERVICES_IN_PART } : {},
    sockets: [
      { at: 'tcp 0.0.0.0:3000', pid: 100 },
      { at: 'udp 0.0.0.0:443', pid: 100 },
    ],
  });
}

/** What the engine says of each packet. */
export function engineOn(machine: OracleMachine): readonly Verdict[] {
  const judge = createJudge(worldOf(readFacts(snapshotOf(machine))));
  return PACKETS.map(
    ({ protocol, port, source }) =>
      judge.ask({
        protocol: protocol === 6 ? 'tcp' : 'udp',
        interface: 'Wi-Fi',
        source: source.join('.'),
        destination: '192.168.1.20',
        port,
      }).verdict,
  );
}
