/** synthetic: machines and reports made by hand for the tests of fleets. */
import fc from 'fast-check';
import { type Fleet, type Machine, emptyFleet, inOrder, machineOf, merged } from '../../../src/core/fleet/index.ts';
import type { Finding, FirewallState, Report, ReportListener } from '../../../src/core/model.ts';

interface Port {
  readonly protocol?: 'tcp' | 'udp';
  readonly port: number;
  readonly name?: string;
  readonly exposure?: ReportListener['exposure'];
  readonly sure?: boolean;
  readonly kept?: boolean;
  /** What is said of it. */
  readonly advice?: Finding['advice'];
  readonly severity?: Finding['severity'];
  /** The catalog gives this number to the service that it is. */
  readonly own?: boolean;
}

const listener = (
  { protocol = 'tcp', port, name = 'Something', exposure = 'network', sure = true, kept = false, own = false }: Port,
  index: number,
): ReportListener =>
  ({
    id: `${protocol}/${port}@${index}`,
    protocol,
    port,
    identity: {
      name,
      by: 'none',
      registered: null,
      service: own ? { ports: [{ protocol, from: port, to: port }] } : null,
    },
    kept,
    exposure,
    exposureComplete: sure,
  }) as unknown as ReportListener;

const finding = (
  { protocol = 'tcp', port, advice, severity = 'high', name = 'Something' }: Port,
  index: number,
): Finding =>
  ({
    id: `exposed-x:${protocol}/${port}@${index}`,
    listener: `${protocol}/${port}@${index}`,
    advice,
    severity,
    title: `Close ${name}`,
  }) as unknown as Finding;

interface Made {
  readonly ports?: readonly Port[];
  readonly complete?: boolean;
  readonly firewalls?: readonly Partial<FirewallState>[];
  readonly platform?: Report['platform'];
  readonly takenAt?: string;
  readonly findings?: readonly Partial<Finding>[];
  readonly forwards?: readonly object[];
  /** False: not all that listens was read. */
  readonly listWhole?: boolean;
}

const reportOf = ({
  ports = [],
  complete = true,
  firewalls = [{ id: 'ufw', active: true }],
  platform = 'linux',
  takenAt = '2026-11-20T18:00:00.000Z',
  findings = [],
  forwards = [],
  listWhole = true,
}: Made): Report =>
  ({
    takenAt,
    platform,
    complete,
    unread: listWhole ? [] : [{ means: { what: { kind: 'listening' } } }],
    firewalls: firewalls.map((one) => ({ defaults: { inbound: 'deny', outbound: 'allow' }, rules: 1, ...one })),
    listeners: ports.map(listener),
    forwards,
    findings: [
      ...ports.flatMap((port, index) => (port.advice === undefined ? [] : [finding(port, index)])),
      ...findings,
    ],
  }) as unknown as Report;

export const machine = (host: string, made: Made): Machine =>
  machineOf(reportOf(made), { host, from: `/snapshots/${host}.json` });

const port: fc.Arbitrary<Port> = fc.record({
  protocol: fc.constantFrom('tcp', 'udp'),
  port: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 40_000, max: 40_003 })),
  name: fc.constantFrom('a', 'b', 'c', 'web', '\u001b[31m', '__proto__', 'd', 'e', 'f', 'g', 'h', 'i', 'j'),
  exposure: fc.constantFrom('self', 'some', 'network', 'internet', 'unknown'),
  sure: fc.boolean(),
  kept: fc.boolean(),
  severity: fc.constantFrom('high', 'medium', 'low'),
  own: fc.boolean(),
});

const made: fc.Arbitrary<Made> = fc.record({
  ports: fc.array(port, { maxLength: 8 }).chain((ports) =>
    fc
      .array(fc.constantFrom<Finding['advice'] | undefined>('close', 'restrict', 'review', 'keep', undefined), {
        minLength: ports.length,
        maxLength: ports.length,
      })
      .map((advice) =>
        ports.map((one, index) => {
          const said = advice[index];
          // Nobody advises to close what nobody reaches.
          const open = one.exposure !== 'self' && one.exposure !== 'unknown';
          return said === undefined || !open ? one : { ...one, advice: said };
        }),
      ),
  ),
  complete: fc.boolean(),
  listWhole: fc.boolean(),
  firewalls: fc.array(
    fc.record({ id: fc.constantFrom('ufw', 'iptables'), active: fc.constantFrom(true, false, null) }),
    { maxLength: 2 },
  ),
  platform: fc.constantFrom('linux', 'win32', 'darwin'),
  takenAt: fc.constantFrom('2026-11-20T18:00:00.000Z', '2026-11-21T18:00:00.000Z', '2025-01-01T00:00:00.000Z'),
});

/** Machines, no two of the same name. */
export const machines = (most: number): fc.Arbitrary<readonly Machine[]> =>
  fc
    .array(made, { maxLength: most, size: 'max' })
    .map((all) => all.map((one, index) => machine(`host-${(index * 7919) % 1000}`, one)));

/** All that a fleet says, in an order of its own, so that two can be compared. */
export function told(fleet: Fleet): unknown {
  const { ports, exact, advice, ...rest } = merged(fleet, emptyFleet());
  const rows = (map: Fleet['ports']): unknown => [
    inOrder(map).map(([key, row]) => [key, { ...row, names: [inOrder(row.names), row.names.rest] }]),
    map.rest,
  ];
  return {
    ...rest,
    ports: rows(ports),
    exact: rows(exact),
    advice: inOrder(advice),
    moreAdvice: advice.rest,
  };
}
