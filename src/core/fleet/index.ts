/**
 * Many machines at once, one report at a time.
 *
 *   machine.ts    report -> what one machine adds
 *   fleet.ts      adding machines, and fleets to each other
 *   who.ts        machines of a group: how many, the first by name     ranked.ts   a map that does not grow
 *   outliers.ts   what few have, and who is not like the rest
 *   targets.ts    one list of ports to close for all
 *
 * What is kept of a fleet depends on its machines alone, not on the order in which they came or how they were parted.
 */
export {
  type Fleet,
  type FleetAdvice,
  type FleetPort,
  type Unread,
  addMachine,
  addUnread,
  emptyFleet,
  merged,
} from './fleet.ts';
export { type Machine, RANKS, machineOf } from './machine.ts';
export { inOrder } from './ranked.ts';
export { type Port, fewOf, nameOf, openOn, outliersOf } from './outliers.ts';
export { type FleetTarget, changingAdvised, restrictAdvised, targetsOf } from './targets.ts';
export { type Name, type Who } from './who.ts';
