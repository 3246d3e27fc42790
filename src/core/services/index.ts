/** Stopping what listens: services of systemd, with what starts them and what stops with them. */
export { predictEnd, predictServices, stopsWith } from './predict.ts';
export { listUnits, readUnits, type Unit, UNIT_NAME, UNITS, unitsIn } from './units.ts';
