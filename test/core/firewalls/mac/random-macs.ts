/** Random Macs for the oracle, and the same as pfctl and socketfilterfw would have printed them. */
import fc from 'fast-check';
import type { Verdict } from '../../../../src/core/model.ts';
import { readFacts, worldOf } from '../../../../src/core/facts.ts';
import { createJudge } from '../../../../src/core/reach/index.ts';
import { HOME, macSnapshot } from './machine.ts';
import type { OracleAnchor, OracleMac, OraclePacket, OracleRule } from './oracle.ts';

const maybe = <T>(one: fc.Arbitrary<T>, weight = 2): fc.Arbitrary<T | null> =>
  fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: one });
const rarely = (weight: number): fc.Arbitrary<boolean> =>
  fc.oneof({ weight, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

export const someRule: fc.Arbitrary<OracleRule> = fc.record({
  kind: fc.constant('rule' as const),
  action: fc.constantFrom('pass' as const, 'block' as const),
  direction: fc.constantFrom('in' as const, 'in' as const, null, 'out' as const),
  quick: rarely(3),
  on: maybe(fc.record({ not: rarely(3), name: fc.constantFrom('en0', 'en1', 'lo0') }), 3),
  protocol: maybe(fc.constantFrom('tcp' as const, 'udp' as const), 1),
  from: maybe(
    fc.record({
      not: rarely(3),
      network: fc.constantFrom<readonly [number, number, number, number, number]>(
        [192, 168, 1, 0, 24],
        [192, 168, 1, 50, 32],
        [10, 0, 0, 0, 8],
        [192, 168, 0, 0, 16],
      ),
    }),
  ),
  port: maybe(
    fc.record({
      operator: fc.constantFrom(...(['=', '!=', '<', '>=', ':', '><', '<>'] as const)),
      first: fc.constantFrom(22, 3000, 2999),
      last: fc.constantFrom(3000, 3001, 8080),
    }),
  ),
  flags: maybe(fc.constantFrom('S/SA' as const, 'SA/SA' as const)),
  open: rarely(8),
});

const someAnchor: fc.Arbitrary<OracleAnchor> = fc.record({
  kind: fc.constant('anchor' as const),
  quick: rarely(2),
  protocol: maybe(fc.constantFrom('tcp' as const, 'udp' as const)),
  rules: fc.array(someRule, { maxLength: 3 }),
});

export const someMac: fc.Arbitrary<OracleMac> = fc.record({
  lines: fc.array(fc.oneof({ weight: 4, arbitrary: someRule }, { weight: 1, arbitrary: someAnchor }), { maxLength: 7 }),
  skip: rarely(12),
  alf: fc.constantFrom(
    'off' as const,
    'off' as const,
    'off' as const,
    'allow' as const,
    'block' as const,
    'none' as const,
    'all' as const,
  ),
});

/** As pfctl prints it. */
export function printRule({ action, direction, quick, on, protocol, from, port, flags, open }: OracleRule): string {
  const words: string[] = [action === 'pass' ? 'pass' : 'block drop'];
  if (direction !== null) words.push(direction);
  if (quick) words.push('quick');
  if (on !== null) words.push(`on ${on.not ? '! ' : ''}${on.name}`);
  if (from !== null) words.push('inet');
  // A port asks for a protocol; without one the rule is for both, as two rules.
  if (protocol !== null) words.push(`proto ${protocol}`);
  if (from === null && port === null) words.push('all');
  else {
    const [a, b, c, d, length] = from?.network ?? [0, 0, 0, 0, 0];
    const source =
      from === null ? 'any' : `${from.not ? '! ' : ''}${a}.${b}.${c}.${d}${length === 32 ? '' : `/${length}`}`;
    words.push(`from ${source} to any`);
    if (port !== null) {
      const { operator, first, last } = port;
      words.push(
        operator === ':'
          ? `port ${first}:${last}`
          : operator === '><' || operator === '<>'
            ? `port ${first} ${operator} ${last}`
            : `port ${operator} ${first}`,
      );
    }
  }
  if (open) words.push('user = 501');
  if (flags !== null) words.push(`flags ${flags}`);
  if (action === 'pass') words.push('keep state');
  return words.join(' ');
}

const LINES = (mac: OracleMac): readonly string[] =>
  mac.lines.flatMap((line): readonly string[] =>
    line.kind === 'rule'
      ? [printRule(line)]
      : [
          `anchor${line.quick ? ' quick' : ''}${line.protocol === null ? '' : ` proto ${line.protocol}`} all {`,
          ...line.rules.map((rule) => `  ${printRule(rule)}`),
          '}',
        ],
  );

export const PACKETS: readonly OraclePacket[] = (['tcp', 'udp'] as const).flatMap((protocol) =>
  [22, 3000, 3001].flatMap((port) =>
    (
      [
        ['en0', [192, 168, 1, 50]],
        ['en0', [8, 8, 8, 8]],
        ['en1', [10, 1, 2, 3]],
      ] as const
    ).map(([on, source]) => ({ protocol, port, source, on })),
  ),
);

const APP = '/Applications/Server.app';

export const snapshotOf = (mac: OracleMac) =>
  macSnapshot({
    uid: 0,
    interfaces: [HOME, { name: 'en1', addresses: ['10.0.0.5/24'] }],
    processes: [{ pid: 100, path: `${APP}/Contents/MacOS/Server` }],
    sockets: (['tcp', 'udp'] as const).flatMap((protocol) =>
      [22, 3000, 3001].map((port) => ({ at: `${protocol}46 *.${port}`, pid: 100 })),
    ),
    pf: { rules: LINES(mac), nat: [], skip: mac.skip ? ['en0', 'en1', 'lo0'] : ['lo0'] },
    alf: {
      state: mac.alf === 'off' ? 0 : mac.alf === 'all' ? 2 : 1,
      apps: mac.alf === 'allow' || mac.alf === 'block' ? [`${mac.alf} ${APP}`] : [],
    },
  });

export function engineOn(mac: OracleMac): readonly Verdict[] {
  const judge = createJudge(worldOf(readFacts(snapshotOf(mac))));
  return PACKETS.map(
    ({ protocol, port, source, on }) =>
      judge.ask({
        protocol,
        interface: on,
        source: source.join('.'),
        destination: on === 'en0' ? '192.168.1.20' : '10.0.0.5',
        port,
      }).verdict,
  );
}
