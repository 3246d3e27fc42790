/** One question to the rules: a packet that comes in here, for there, from these sources. */
import type { AddressSet } from '../address.ts';
import type { Family, Protocol } from '../model.ts';
import { besideRules } from './beside.ts';
import { ALL_PORTS, type Flow } from './flow.ts';
import { type Outcome, type Paths, followPacket } from './path.ts';

export const NUMBER: Record<Protocol, number> = { tcp: 6, udp: 17 };

export interface Start {
  readonly protocol: Protocol;
  readonly interface: string;
  readonly family: Family;
  readonly destination: bigint;
  readonly port: number;
  readonly sources: AddressSet;
  readonly sourcePort?: number | undefined;
}

export function follow(start: Start, paths: Paths): readonly Outcome[] {
  const { family, destination, port } = start;
  const flow: Flow = {
    packet: {
      family,
      protocol: NUMBER[start.protocol],
      inInterface: start.interface,
      outInterface: null,
      destination,
      destinationPort: port,
      originalDestination: destination,
      originalDestinationPort: port,
      destinationType: paths.space.typeOf(destination, family),
      ctState: 'invalid',
      redirected: false,
      dnat: false,
      snat: false,
      mark: 0,
      ctMark: 0,
    },
    sources: start.sources,
    sourcePorts: start.sourcePort === undefined ? ALL_PORTS : [[start.sourcePort, start.sourcePort]],
    rate: false,
    assumed: [],
    passed: null,
  };
  return besideRules(start, followPacket(flow, paths).flatMap(paths.answers), paths.concerns);
}

/** What had to be assumed, in words. */
export function reasonsOf(outcomes: readonly Outcome[]): readonly string[] {
  const reasons = new Set(outcomes.flatMap((outcome) => outcome.flow.assumed));
  if (reasons.size === 0 && outcomes.length > 0) reasons.add('it depends on the source port');
  return [...reasons];
}
