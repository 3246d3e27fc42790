/** One question to the rules: a packet that comes in here, for there, from these sources. */
import type { AddressSet } from '../address.ts';
import { type Doubt, doubt } from '../gaps/index.ts';
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

const SOURCE_PORT = doubt({ kind: 'source-port' });

/** What had to be assumed, each once. */
export function doubtsOf(outcomes: readonly Outcome[]): readonly Doubt[] {
  const doubts = new Map<string, Doubt>();
  for (const { flow } of outcomes) {
    for (const one of flow.assumed) if (!doubts.has(one.text)) doubts.set(one.text, one);
  }
  return doubts.size === 0 && outcomes.length > 0 ? [SOURCE_PORT] : [...doubts.values()];
}
