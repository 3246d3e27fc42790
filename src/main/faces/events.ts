/** Ports and what has happened to them, in the words that the terminal and the tray share. */
import { joined } from '../../core/advice/english/parts.ts';
import type { LiveEvent } from '../../core/live/index.ts';
import type { Report, Target } from '../../core/model.ts';
import { placeName } from '../../core/reach/place-words.ts';
import { visible } from '../../core/visible.ts';

export const portOf = ({ port, protocol }: Target): string => `${port}/${protocol}`;

/** `3000/tcp, python3: anyone on your Wi-Fi (wlan0) can connect now.` */
export function eventSentence({ kind, subject, places }: LiveEvent, { interfaces }: Report): string {
  const port = portOf(subject);
  const who = visible(subject.program ?? subject.name);
  const where = joined([...new Set(places.map((place) => placeName(place, interfaces, visible)))]);
  const only = places.every(({ verdict }) => verdict === 'some');
  switch (kind) {
    case 'opened':
      return `${port}, ${who}: ${only ? 'some' : 'anyone'} on ${where} can connect now.`;
    case 'closed':
      return `${port}, ${who}: nobody on ${where} can connect any more.`;
    case 'unknown':
      return `${port}, ${who}: whether others can connect cannot be told now.`;
  }
}
