/**
 * One list of ports to close for many machines: each port that is advised to be closed on any of them. On a machine where
 * its user keeps it, no advice is given; whether one file for all would take something away there is told with each port.
 */
import type { Target } from '../model.ts';
import type { Fleet, FleetPort } from './fleet.ts';
import { nameOf } from './outliers.ts';
import { inOrder } from './ranked.ts';
import { NOBODY, type Who } from './who.ts';

export interface FleetTarget {
  readonly target: Target;
  readonly name: string;
  /** Machines for which closing it is advised. */
  readonly advised: Who;
  /** Machines on which it is open to others, and which were not advised to close it: one file closes it there, too. */
  readonly wanted: Who;
  /** Machines on which closing it changes nothing that is known: nothing listens there, or nobody gets in. */
  readonly idle: number;
  /** Machines of which it cannot be told. */
  readonly untold: Who;
}

/** @param named these ports instead of the advised ones; null: the advised ones */
export function targetsOf(fleet: Fleet, named: readonly Target[] | null): readonly FleetTarget[] {
  const rows = inOrder(fleet.ports).map(([, row]) => row);
  if (named !== null) {
    const unique = [...new Map(named.map((one) => [`${one.protocol}/${one.port}`, one])).values()];
    return unique.map((target) => {
      const row = rows.find(({ protocol, port }) => protocol === target.protocol && port === target.port);
      return row === undefined ? nowhere(target, fleet) : targetOf(target, row, fleet);
    });
  }
  return rows.flatMap((row) =>
    row.advised.count > 0 && row.port !== null
      ? [targetOf({ protocol: row.protocol, port: row.port }, row, fleet)]
      : [],
  );
}

/** Advice on ports that are others at every start: no list of ports can hold them. */
export const changingAdvised = (fleet: Fleet): readonly FleetPort[] =>
  inOrder(fleet.ports).flatMap(([, row]) => (row.port === null && row.advised.count > 0 ? [row] : []));

const targetOf = (target: Target, row: FleetPort, { machines }: Fleet): FleetTarget => ({
  target,
  name: nameOf(row),
  advised: row.advised,
  wanted: row.wanted,
  idle: machines - row.advised.count - row.wanted.count - row.who.unknown.count,
  untold: row.who.unknown,
});

const nowhere = (target: Target, { machines }: Fleet): FleetTarget => ({
  target,
  name: '',
  advised: NOBODY,
  wanted: NOBODY,
  idle: machines,
  untold: NOBODY,
});
