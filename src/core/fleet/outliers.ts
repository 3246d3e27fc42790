/** Where a fleet is not like itself: ports that few machines have open, machines that have them, firewalls that are off. */
import type { Protocol } from '../model.ts';
import type { Fleet, FleetPort } from './fleet.ts';
import { inOrder } from './ranked.ts';
import { type Name, NAMED, type Who, both, compareNames } from './who.ts';

/** From so many machines on something can be rare. */
const LEAST = 5;
/** Rare is what at most one machine in so many has open; one machine always is. */
const SHARE = 20;

/** How many machines are few among so many. Never more than are kept by name. */
export const fewOf = (machines: number): number =>
  machines < LEAST ? 0 : Math.min(NAMED, Math.max(1, Math.floor(machines / SHARE)));

export interface Port {
  readonly protocol: Protocol;
  readonly port: number | null;
  /** What most machines call it. */
  readonly name: string;
}

interface RarePort extends Port {
  /** All of them, since they are few. */
  readonly who: Who;
}

/** A machine that has open what nearly no other has. */
interface OddMachine {
  readonly machine: Name;
  readonly ports: readonly Port[];
}

export interface Outliers {
  readonly ports: readonly RarePort[];
  /** Those with most of them first; at most `NAMED`. */
  readonly machines: readonly OddMachine[];
  readonly moreMachines: number;
}

/** Who has it open to others, whoever these are. */
export const openOn = ({ who }: FleetPort): Who => both(both(who.internet, who.network), who.some);

/** What most call it; of several as many the first. */
export const nameOf = ({ names }: Pick<FleetPort, 'names'>): string =>
  inOrder(names).reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0] as readonly [string, number])[0];

export function outliersOf(fleet: Fleet): Outliers {
  const few = fewOf(fleet.machines);
  const ports = inOrder(fleet.ports).flatMap(([, row]): readonly RarePort[] => {
    const who = openOn(row);
    return who.count === 0 || who.count > few ? [] : [{ ...portOf(row), who }];
  });
  const odd = new Map<string, { readonly machine: Name; readonly ports: Port[] }>();
  for (const { who, protocol, port, name } of ports) {
    for (const machine of who.first) {
      const key = `${machine.host}\n${machine.from}`;
      const known = odd.get(key) ?? { machine, ports: [] };
      known.ports.push({ protocol, port, name });
      odd.set(key, known);
    }
  }
  const machines = [...odd.values()].sort(
    (a, b) => b.ports.length - a.ports.length || compareNames(a.machine, b.machine),
  );
  return { ports, machines: machines.slice(0, NAMED), moreMachines: Math.max(0, machines.length - NAMED) };
}

const portOf = (row: FleetPort): Port => ({ protocol: row.protocol, port: row.port, name: nameOf(row) });
