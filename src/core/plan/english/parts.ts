/** Parts of the English sentences about plans: what ports and listeners are called. */
import { joined } from '../../advice/english/parts.ts';
import { listenerName } from '../../listeners/name.ts';
import type { Target } from '../../model.ts';
import type { NamedEnd, NamedPort } from '../../told.ts';

export const portWords = ({ protocol, port }: Target): string => `port ${port} (${protocol.toUpperCase()})`;

/** `port 3000 (TCP)`, `ports 3000 (TCP) and 53 (UDP)`. */
export function portsWords(targets: readonly Target[]): string {
  const each = targets.map(({ protocol, port }) => `${port} (${protocol.toUpperCase()})`);
  return each.length === 1 ? `port ${each[0]}` : `ports ${joined(each)}`;
}

/** `port 8000 (TCP, python3)`. */
export const namedPortWords = ({ protocol, port, name }: NamedPort): string =>
  `port ${port} (${protocol.toUpperCase()}${name === null ? '' : `, ${name}`})`;

/** `8000/tcp (python3)`. */
export const endWords = ({ listener, name }: NamedEnd): string => `${listenerName(listener)} (${name})`;

export const endsWords = (ends: readonly NamedEnd[]): string => joined(ends.map(endWords));
