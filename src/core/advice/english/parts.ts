/** Parts of the English sentences: what listeners and ports are called, and who gets in. */
import type { InterfaceKind, ReportListener, Target } from '../../model.ts';
import { NETWORK } from '../../reach/place-words.ts';
import type { ReachedPlace, Who } from '../../says.ts';
import { visible } from '../../visible.ts';
import { withProgram } from '../named.ts';

/** What a finding says in English: one line without a full stop, and two texts of full sentences. */
export interface Sentences {
  /** Names the program, the port and who. */
  readonly title: string;
  /** Why it matters. */
  readonly why: string;
  /** What stops working when the advice is followed. */
  readonly ifClosed: string;
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** As a sentence begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Sentences, without those that there are not. */
export const together = (...sentences: readonly (string | null)[]): string =>
  sentences.filter((sentence) => sentence !== null).join(' ');

/** `port 3000`, `UDP port 5353`. */
export const portOf = ({ protocol, port }: Target): string => `${protocol === 'udp' ? 'UDP port' : 'port'} ${port}`;

/** `ports 5000 and 7000`, `port 445 and UDP port 137`. */
export const portsOf = (targets: readonly Target[]): string =>
  targets.length > 1 && targets.every(({ protocol }) => protocol === 'tcp')
    ? `ports ${joined(targets.map(({ port }) => String(port)))}`
    : joined(targets.map(portOf));

/** Instead of a command that would do nothing. */
export const ASK_MANAGER = 'Policy has set it so; only whoever manages this computer can change that.';

/** `PostgreSQL (postgres) on port 5432`. */
export const subjectOf = (listener: ReportListener): string =>
  `${withProgram(listener.identity.name, listener.owner)} on ${portOf(listener)}`;

export const LAN: Record<InterfaceKind, string> = {
  wifi: `this ${NETWORK.wifi}`,
  ethernet: `this ${NETWORK.ethernet}`,
  mobile: `the ${NETWORK.mobile}`,
  loopback: `your ${NETWORK.lan}`,
  vpn: `the ${NETWORK.vpn}`,
  tailnet: `your ${NETWORK.tailnet}`,
  container: `your ${NETWORK.lan}`,
  other: `your ${NETWORK.lan}`,
};

/** `anyone on this Wi-Fi`, `anyone on the internet`, `some addresses on this Wi-Fi and in your tailnet`. */
export function audience(who: Who): string {
  switch (who.are) {
    case 'internet':
      return 'anyone on the internet';
    case 'containers':
      return 'containers on this computer';
    case 'places': {
      const names = [...new Set(who.places.map(placeWords))];
      return `${who.one === true ? 'one address' : who.partly ? 'some addresses' : 'anyone'} ${names.length === 0 ? 'on your network' : joined(names)}`;
    }
  }
}

function placeWords(place: ReachedPlace): string {
  switch (place.on) {
    case 'vpn':
      return `on the VPN${place.interface === null ? '' : ` (${visible(place.interface)})`}`;
    case 'tailnet':
      return 'in your tailnet';
    case 'internet':
      return 'on the internet';
    case 'lan':
      return `on ${LAN[place.network]}`;
  }
}
