/** The firewall as a whole, in German. */
import type { Sentences } from '../../../core/advice/english/parts.ts';
import type {
  OpenPorts,
  SaysFirewallAbsent,
  SaysFirewallAllows,
  SaysFirewallOff,
  SaysTwoFirewalls,
} from '../../../core/says.ts';
import { list, number } from '../format.ts';
import { FIREWALL } from '../names-de.ts';
import { ASK_MANAGER } from './de-parts.ts';

const WHAT_CLOSES =
  'Andere Geräte erreichen keinen Port dieses Computers mehr, außer denen, die du offen lässt, und Sitzungen aus der Ferne, die gerade offen sind. Was du von hier aus öffnest, geht weiterhin.';

const WHAT_ALF_CLOSES =
  'Programme, die weder signiert noch erlaubt sind, sind nicht mehr zu erreichen; die von Apple und signierte schon. Was du von hier aus öffnest, geht weiterhin.';

function openNow({ unneeded, unknown }: OpenPorts): string {
  if (unneeded === 1) return 'Ein Port, den du vielleicht nicht brauchst, ist für andere offen.';
  if (unneeded > 1) return `${number(unneeded)} Ports, die du vielleicht nicht brauchst, sind für andere offen.`;
  return unknown
    ? 'Ob etwas für andere offen ist, ließ sich nicht sagen.'
    : 'Nichts, was du vielleicht schließen möchtest, ist gerade für andere offen, aber das nächste Programm, das lauscht, wird es sein.';
}

const withCommand = (command: string | null, byPolicy: boolean): string =>
  byPolicy ? `. ${ASK_MANAGER}` : command === null ? '.' : `: ${command}.`;

export const off = ({ firewall, open, command, byPolicy }: SaysFirewallOff): Sentences => ({
  title: `Die Firewall (${FIREWALL[firewall]}) ist aus`,
  why:
    firewall === 'alf'
      ? `${openNow(open)} Eingeschaltet lässt sie Programme herein, die du erlaubst, die von Apple und signierte. Sie steht in Systemeinstellungen, Netzwerk, Firewall${command === null ? '.' : `; oder gib ein: ${command}.`}`
      : `${openNow(open)} Eingeschaltet lässt sie nur herein, was du offen lässt${withCommand(command, byPolicy)}`,
  ifClosed: firewall === 'alf' ? WHAT_ALF_CLOSES : WHAT_CLOSES,
});

export const absent = ({ open }: SaysFirewallAbsent): Sentences => ({
  title: 'Keine Firewall ist installiert',
  why: `${openNow(open)} Eine Firewall wie ufw lässt nur herein, was du offen lässt.`,
  ifClosed: WHAT_CLOSES,
});

export const allows = ({ firewall, open, command, byPolicy }: SaysFirewallAllows): Sentences => ({
  title: `Die Firewall (${FIREWALL[firewall]}) ist an, lässt aber herein, was keine Regel verbietet`,
  why: `${openNow(open)} Mit „verbieten“ als Voreinstellung lässt sie nur herein, was du offen lässt${withCommand(command, byPolicy)}`,
  ifClosed: WHAT_CLOSES,
});

export const two = ({ firewalls }: SaysTwoFirewalls): Sentences => ({
  title: `${list(firewalls.map((id) => FIREWALL[id]))} sind gleichzeitig an`,
  why: 'Beide filtern, was hereinkommt. Eine Verbindung kommt also nur durch, wenn beide sie durchlassen, und keine zeigt, was die andere tut. Nutze nur eine: sudo ufw disable, oder sudo systemctl disable --now firewalld.',
  ifClosed:
    'Was nur die Firewall verbietet, die du ausschaltest, ist dann offen. Sieh dir die Ports danach noch einmal an.',
});
