/** Stopping what listens: services of systemd, with what starts them and what stops with them. */
export { predictEnd, predictServices, stopsWith } from './predict.ts';
export { LIST_UNITS, readUnits, type Unit, UNIT_NAME, UNITS } from './units.ts';
