/** Parts of the German sentences: what listeners and ports are called, and who gets in. */
import { withProgram } from '../../../core/advice/named.ts';
import type { InterfaceKind, ReportListener, Target } from '../../../core/model.ts';
import { NETWORK } from '../../../core/reach/place-words-de.ts';
import type { ReachedPlace, Who } from '../../../core/says.ts';
import { foreign, list, sentence } from '../format.ts';
import { identityName } from '../services/de-words.ts';

/** Sentences, without those that there are not. */
export const together = (...sentences: readonly (string | null)[]): string =>
  sentences.filter((sentence) => sentence !== null).join(' ');

/** `Port 3000`, `UDP-Port 5353`. */
export const portOf = ({ protocol, port }: Target): string => `${protocol === 'udp' ? 'UDP-Port' : 'Port'} ${port}`;

/** `den Ports 5000 und 7000`, `Port 445 und UDP-Port 137`. */
export const portsOf = (targets: readonly Target[]): string =>
  targets.length > 1 && targets.every(({ protocol }) => protocol === 'tcp')
    ? `den Ports ${list(targets.map(({ port }) => String(port)))}`
    : list(targets.map(portOf));

/** `PostgreSQL (postgres) an Port 5432`. */
export const subjectOf = (listener: ReportListener): string =>
  `${withProgram(identityName(listener), listener.owner)} an ${portOf(listener)}`;

/** Foreign text between German quotes: a rule or a zone, which is of use only as a whole. */
export const quoted = (text: string): string => `„${sentence(text)}“`;

const LAN: Record<InterfaceKind, string> = {
  wifi: `in diesem ${NETWORK.wifi}`,
  ethernet: `in diesem ${NETWORK.ethernet}`,
  mobile: `im ${NETWORK.mobile}`,
  loopback: `in deinem ${NETWORK.lan}`,
  vpn: `im ${NETWORK.vpn}`,
  tailnet: `in deinem ${NETWORK.tailnet}`,
  container: `in deinem ${NETWORK.lan}`,
  other: `in deinem ${NETWORK.lan}`,
};

/** After “für”: `alle in diesem WLAN`, `manche Adressen in diesem WLAN und in deinem Tailnet`. */
export function audience(who: Who): string {
  switch (who.are) {
    case 'internet':
      return 'alle im Internet';
    case 'containers':
      return 'Container auf diesem Computer';
    case 'places': {
      const names = [...new Set(who.places.map(placeWords))];
      return `${who.one === true ? 'eine Adresse' : who.partly ? 'manche Adressen' : 'alle'} ${names.length === 0 ? LAN.other : list(names)}`;
    }
  }
}

function placeWords(place: ReachedPlace): string {
  switch (place.on) {
    case 'vpn':
      return `${LAN.vpn}${place.interface === null ? '' : ` (${foreign(place.interface)})`}`;
    case 'tailnet':
      return LAN.tailnet;
    case 'internet':
      return 'im Internet';
    case 'lan':
      return LAN[place.network];
  }
}

/** Instead of a command that would do nothing. */
export const ASK_MANAGER =
  'Das ist durch eine Richtlinie so eingestellt; nur wer diesen Computer verwaltet, kann es ändern.';
