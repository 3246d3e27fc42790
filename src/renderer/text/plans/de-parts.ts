/** Parts of the German sentences about plans: what ports and changes are called. */
import type { Target } from '../../../core/model.ts';
import type { NamedEnd, NamedPort } from '../../../core/told.ts';
import type { Named } from '../facts.ts';
import { dateTime, foreign, list, sentence } from '../format.ts';
import { listenerWords } from '../names-de.ts';
import { identityName } from '../services/de-words.ts';

/** `3000 (TCP)`. */
const portNumber = ({ protocol, port }: Target): string => `${port} (${protocol.toUpperCase()})`;

/** `Port 3000 (TCP)`. */
export const portOf = (target: Target): string => `Port ${portNumber(target)}`;

/** `Port 3000 (TCP)`, `Ports 3000 (TCP) und 53 (UDP)`. */
export const portsOf = (targets: readonly Target[]): string =>
  `${targets.length === 1 ? 'Port' : 'Ports'} ${list(targets.map(portNumber))}`;

/** `Änderung vom 20.11.2026, 11:43`: a change's id begins with its time. */
export function changeById(id: string): string {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)-/.exec(id) ?? [];
  return year === undefined
    ? `Änderung ${foreign(id)}`
    : `Änderung vom ${dateTime(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)}`;
}

/** What listens there is called; in German, where the report still has it. */
export function nameAt({ protocol, port, name }: NamedPort, { listeners }: Named): string {
  const listener = listeners.find((one) => one.protocol === protocol && one.port === port);
  return foreign(listener !== undefined && listener.identity.name === name ? identityName(listener) : (name ?? ''));
}

/** `Port 8000 (TCP, python3)`. */
export const namedPortOf = (named: NamedPort, report: Named): string =>
  named.name === null
    ? portOf(named)
    : `Port ${named.port} (${named.protocol.toUpperCase()}, ${nameAt(named, report)})`;

/** What a port leads to, where that has no name. */
const LEADS_TO = {
  container: 'ein Container',
  guest: 'eine virtuelle Maschine',
  computer: 'ein anderer Computer',
} as const;

/** What the end is called in German; null: the report does not have it any more. */
export function endName({ listener: id }: NamedEnd, { listeners, forwards }: Named): string | null {
  const listener = listeners.find((one) => one.id === id);
  if (listener !== undefined) return identityName(listener);
  const forward = forwards.find((one) => one.id === id);
  return forward === undefined ? null : (forward.container ?? LEADS_TO[forward.to.kind]);
}

/** `8000/tcp (python3)`. */
export const endOf = (end: NamedEnd, report: Named): string =>
  `${listenerWords(end.listener)} (${foreign(endName(end, report) ?? end.name)})`;

export const endsOf = (ends: readonly NamedEnd[], report: Named): string => list(ends.map((end) => endOf(end, report)));

/** The same after a change: without the name, where nothing of it is left that has one in German. */
export function endNow(end: NamedEnd, report: Named): string {
  const name = endName(end, report);
  return name === null ? listenerWords(end.listener) : `${listenerWords(end.listener)} (${foreign(name)})`;
}

/** Why something did not go, as an earlier version wrote it: English text alone. */
export const englishReason = (reason: string): string => `Der Grund, auf Englisch: „${sentence(reason)}“`;
