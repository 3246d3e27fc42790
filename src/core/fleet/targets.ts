/**
 * One list of ports to close for many machines: each port that is advised to be closed on any of them. Where keeping some
 * out is advised, closing it for all is not. On a machine where its user keeps it, no advice is given; whether one file for
 * all would take something away there is told with each port.
 */
import type { Target } from '../model.ts';
import { type Fleet, type FleetPort, bothPorts } from './fleet.ts';
import { keyOf } from './machine.ts';
import { nameOf } from './outliers.ts';
import { type Ranked, inOrder } from './ranked.ts';
import { NOBODY, type Who, both } from './who.ts';

export interface FleetTarget {
  readonly target: Target;
  readonly name: string;
  /** Machines for which closing it is advised. */
  readonly advised: Who;
  /** Machines on which it is open to others, and which were not advised to close it: one file closes it there, too. */
  readonly wanted: Who;
  /** Machines on which closing it changes nothing: it is known that nothing listens there, or that nobody gets in. */
  readonly idle: number;
  /** Machines of which it cannot be told; by name only those of which that is known for certain. */
  readonly untold: Who;
}

/** @param named these ports instead of the advised ones; null: the advised ones */
export function targetsOf(fleet: Fleet, named: readonly Target[] | null): readonly FleetTarget[] {
  const [ports, exact] = [counted(fleet.ports), counted(fleet.exact)];
  const of = ({ protocol, port }: Target): FleetTarget => {
    const key = keyOf(protocol, port);
    const found = [ports, exact].flatMap(({ rows }) => rows.get(key) ?? []);
    // A machine is in one of the two at most.
    const row = found.length === 0 ? null : found.reduce(bothPorts);
    return targetOf(
      { protocol, port },
      row,
      fleet,
      [ports, exact].every(({ all, rows }) => all || rows.has(key)),
    );
  };
  const advised = [...ports.rows.values()].flatMap(({ advised: { count }, protocol, port }): readonly Target[] =>
    count > 0 && port !== null ? [{ protocol, port }] : [],
  );
  return [...new Map((named ?? advised).map((one) => [keyOf(one.protocol, one.port), one])).values()].map(of);
}

/** Rows that count every machine. `all`: what is not there is on no machine. */
function counted(map: Ranked<FleetPort>): { readonly rows: ReadonlyMap<string, FleetPort>; readonly all: boolean } {
  const all = map.rest === 0;
  return { rows: new Map(all ? inOrder(map) : inOrder(map).slice(0, map.most)), all };
}

/** Advice on ports that are others at every start: no list of ports can hold them. */
export const changingAdvised = (fleet: Fleet): readonly FleetPort[] =>
  inOrder(fleet.ports).flatMap(([, row]) => (row.port === null && row.advised.count > 0 ? [row] : []));

/** Ports of which only keeping some out is advised: a file that closes for everyone does not hold them unasked. */
export const restrictAdvised = (fleet: Fleet): readonly FleetPort[] =>
  inOrder(fleet.ports).flatMap(([, row]) =>
    row.restrict.count > 0 && (row.advised.count === 0 || row.port === null) ? [row] : [],
  );

/** @param row null: no machine is known to have it; @param all every machine that has it was counted */
function targetOf(target: Target, row: FleetPort | null, { machines, partial }: Fleet, all: boolean): FleetTarget {
  const advised = row?.advised ?? NOBODY;
  const wanted = row?.wanted ?? NOBODY;
  const unknown = row?.who.unknown ?? NOBODY;
  const lacking = partial.count - (row?.partial ?? 0);
  // Which of those with an unfinished list have it is not kept by name.
  const unlisted = (row?.partial ?? 0) === 0 ? partial : { count: lacking, first: [] };
  const untold = all
    ? both(unknown, unlisted)
    : { count: machines - advised.count - wanted.count, first: unknown.first };
  return {
    target,
    name: row === null ? '' : nameOf(row),
    advised,
    wanted,
    idle: machines - advised.count - wanted.count - untold.count,
    untold,
  };
}
