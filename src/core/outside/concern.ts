/** Which outsiders concern a packet on its way, and which the sockets of a program. */
import { has } from '../intervals.ts';
import type { Family, Protocol } from '../model.ts';
import type { Outsider } from './model.ts';

/** A packet of a new connection, or of one that is asked about. */
interface Arriving {
  readonly interface: string;
  readonly family: Family;
  readonly protocol: Protocol;
  readonly destination: bigint;
  readonly port: number;
}

export interface Concerns {
  /** Those that may act on it before it is known which socket it is for. */
  readonly packet: (arriving: Arriving) => readonly Outsider[];
  /** Those that act on what is for sockets of this cgroup. */
  readonly socket: (cgroup: string | null, arriving: Arriving) => readonly Outsider[];
  /** Does something choose sockets for packets? Then one that is bound to loopback may get some, too. */
  readonly steers: boolean;
}

const NONE: readonly Outsider[] = [];

export function concerning(outsiders: readonly Outsider[]): Concerns {
  const packets = outsiders.filter(({ cgroup }) => cgroup === null);
  const sockets = outsiders.filter(({ cgroup }) => cgroup !== null);
  const among = (list: readonly Outsider[], arriving: Arriving): readonly Outsider[] =>
    list.length === 0 ? NONE : list.filter((one) => acts(one, arriving));
  return {
    packet: (arriving) => among(packets, arriving),
    socket: (cgroup, arriving) =>
      among(
        sockets.filter((one) => isBelow(cgroup, one.cgroup ?? '/')),
        arriving,
      ),
    steers: outsiders.some(({ steers }) => steers),
  };
}

const acts = (one: Outsider, { interface: name, family, protocol, destination, port }: Arriving): boolean =>
  (one.interfaces === null || one.interfaces.has(name)) &&
  one.families.includes(family) &&
  one.protocols.includes(protocol) &&
  (one.destinations === null || has(one.destinations, destination)) &&
  (one.ports === null || has(one.ports, port));

/** A socket of which the cgroup is not known may be in any. */
const isBelow = (cgroup: string | null, folder: string): boolean =>
  cgroup === null || folder === '/' || cgroup === folder || cgroup.startsWith(`${folder}/`);
