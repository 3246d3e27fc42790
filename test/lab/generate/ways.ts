/** The ways into machine A that are probed, and the ports. The addresses are those of lab.sh. */
import type { Family, Protocol } from '../../../src/core/model.ts';
import type { Probe } from '../harness.ts';
import type { Random } from './random.ts';

export interface Way {
  readonly family: Family;
  readonly interface: string;
  readonly source: string;
  readonly destination: string;
  /** The namespace that it starts in, where that is not B. */
  readonly at?: string;
}

export const way = (interfaceName: string, source: string, destination: string, at?: string): Way => ({
  ...(at === undefined ? {} : { at }),
  family: source.includes(':') ? 6 : 4,
  interface: interfaceName,
  source,
  destination,
});

export const ways: readonly Way[] = [
  ...['192.168.77.20', '192.168.77.21', '192.168.77.22', '192.168.77.130', '203.0.113.5'].map((source) =>
    way('wlan0', source, '192.168.77.10'),
  ),
  way('eth0', '10.66.0.20', '10.66.0.10'),
  // A neighbour on wlan0 speaks to the address of eth0.
  way('wlan0', '192.168.77.130', '10.66.0.10'),
  ...['fd77::20', 'fd77::21', 'fd77::130'].map((source) => way('wlan0', source, 'fd77::10')),
  ...['2001:db8:77::20', '2001:db8:77::22', '2001:db8:ff::5'].map((source) => way('wlan0', source, '2001:db8:77::10')),
  way('eth0', 'fd66::20', 'fd66::10'),
  way('wlan0', 'fd77::130', 'fd66::10'),
  way('wlan0', 'fe80::ff:fe00:7720%wlan0', 'fe80::ff:fe00:7710%wlan0'),
  way('eth0', 'fe80::ff:fe00:6620%eth0', 'fe80::ff:fe00:6610%eth0'),
];

/** Every one has listeners on A. Neighbouring numbers are there so that the ends of ranges decide. */
export const ports: readonly number[] = [
  22, 53, 68, 80, 81, 137, 139, 443, 445, 631, 2999, 3000, 3001, 5353, 5432, 6000, 6001, 6005, 7999, 8000, 8009, 8010,
  8011, 8080, 9100, 30000,
];

const protocols: readonly Protocol[] = ['tcp', 'udp'];

/** Wildcard sockets of both families and protocols on every port that is probed. */
export const everywhere = protocols.flatMap((protocol) =>
  ports.flatMap((port) => ['0.0.0.0', '::'].map((any) => [protocol, any, port] as const)),
);

/** Two ports that have listeners, in order: the ends of a range, so that probes fall on both. */
export function rangeOfPorts(r: Random): readonly [number, number] {
  const from = r.below(ports.length - 1);
  return [ports[from]!, ports[Math.min(ports.length - 1, from + 1 + r.below(4))]!];
}

/** Source ports that rules name; probes use them as often as any other. */
export const sourcePorts: readonly number[] = [53, 67, 1024, 5353, 20000, 20001, 40000];

/**
 * `count` probes for each way in. Ports that the rules name are asked for more often than others. No two share protocol,
 * source and source port, so that no tracked connection answers for another.
 */
export function probesFor(
  r: Random,
  count: number,
  named: readonly number[],
  { only, through = ways }: { readonly only?: Protocol | null; readonly through?: readonly Way[] } = {},
): Probe[] {
  const used = new Set<string>();
  const near = ports.filter((port) => named.some((other) => Math.abs(other - port) <= 1));
  return through.flatMap((taken) =>
    Array.from({ length: count }, () => {
      const protocol = only ?? r.pick(protocols);
      const port = r.pick(near.length > 0 && r.chance(0.65) ? near : ports);
      let sourcePort = r.chance(0.2) ? r.pick(sourcePorts) : 1025 + r.below(64000);
      const key = (): string => `${protocol} ${taken.source} ${sourcePort}`;
      // Where it listens on that port itself, it cannot ask from there.
      while (used.has(key()) || (taken.at !== undefined && ports.includes(sourcePort)))
        sourcePort = 1025 + r.below(64000);
      used.add(key());
      return {
        protocol,
        interface: taken.interface,
        source: taken.source,
        destination: taken.destination,
        ...(taken.at === undefined ? {} : { at: taken.at }),
        port,
        sourcePort,
      };
    }),
  );
}

/** The port numbers that stand in a text of rules. */
export const portsNamedIn = (text: string): number[] =>
  [...new Set([...text.matchAll(/(?<![\d.:a-f])\d{2,5}(?![\d.])/g)].map(([digits]) => Number(digits)))].filter(
    (port) => port <= 65535,
  );
