/** Parts of the German sentences about plans: what ports and changes are called. */
import type { Target } from '../../../core/model.ts';
import { dateTime, foreign, list } from '../format.ts';

/** `3000 (TCP)`. */
const portNumber = ({ protocol, port }: Target): string => `${port} (${protocol.toUpperCase()})`;

/** `Port 3000 (TCP)`. */
export const portOf = (target: Target): string => `Port ${portNumber(target)}`;

/** `Port 3000 (TCP)`, `Ports 3000 (TCP) und 53 (UDP)`. */
export const portsOf = (targets: readonly Target[]): string =>
  `${targets.length === 1 ? 'Port' : 'Ports'} ${list(targets.map(portNumber))}`;

/** `die Änderung vom 20.11.2026, 11:43`: a change's id begins with its time. */
export function changeById(id: string): string {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)-/.exec(id) ?? [];
  return year === undefined
    ? `die Änderung ${foreign(id)}`
    : `die Änderung vom ${dateTime(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)}`;
}
