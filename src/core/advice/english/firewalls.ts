/** The firewall as a whole, in English. */
import { FIREWALL } from '../../firewalls/names.ts';
import type {
  OpenPorts,
  SaysFirewallAbsent,
  SaysFirewallAllows,
  SaysFirewallOff,
  SaysTwoFirewalls,
} from '../../says.ts';
import { FIXED } from '../commands.ts';
import { ASK_MANAGER, joined, type Sentences } from './parts.ts';

const WHAT_CLOSES =
  'Other devices can no longer reach ports of this computer, except those that you keep and remote sessions that are open now. What you open from here still works.';

/** Signed programs and those of Apple are let in by default. Source: Apple Support, "Block connections to your Mac with a firewall". */
const WHAT_ALF_CLOSES =
  'Programs that are neither signed nor allowed are no longer reached; those of Apple and signed ones still are. What you open from here still works.';

function openNow({ unneeded, unknown }: OpenPorts): string {
  if (unneeded === 1) return 'One port that you may not need is open to others.';
  if (unneeded > 1) return `${unneeded} ports that you may not need are open to others.`;
  return unknown
    ? 'Whether anything is open to others could not be told.'
    : 'Nothing that you may want to close is open to others now, but the next program that listens will be.';
}

const withCommand = (command: string | null, byPolicy: boolean): string =>
  byPolicy ? `. ${ASK_MANAGER}` : command === null ? '.' : `: ${command}.`;

export const off = ({ firewall, open, command, byPolicy }: SaysFirewallOff): Sentences => ({
  title: `The firewall (${FIREWALL[firewall]}) is off`,
  why:
    firewall === 'alf'
      ? `${openNow(open)} Turned on, it lets in programs that you allow, those of Apple and signed ones. It is in System Settings, Network, Firewall${command === null ? '.' : `; or type: ${command}.`}`
      : `${openNow(open)} Turned on, ${FIREWALL[firewall]} lets in only what you keep open${withCommand(command, byPolicy)}`,
  ifClosed: firewall === 'alf' ? WHAT_ALF_CLOSES : WHAT_CLOSES,
});

export const absent = ({ open }: SaysFirewallAbsent): Sentences => ({
  title: 'No firewall is installed',
  why: `${openNow(open)} A firewall such as ufw lets in only what you keep open.`,
  ifClosed: WHAT_CLOSES,
});

export const allows = ({ firewall, open, command, byPolicy }: SaysFirewallAllows): Sentences => ({
  title: `The firewall (${FIREWALL[firewall]}) is on but lets in whatever no rule forbids`,
  why: `${openNow(open)} Set to deny by default, ${FIREWALL[firewall]} lets in only what you keep open${withCommand(command, byPolicy)}`,
  ifClosed: WHAT_CLOSES,
});

export const two = ({ firewalls }: SaysTwoFirewalls): Sentences => ({
  title: `${joined(firewalls.map((id) => FIREWALL[id]))} are on at the same time`,
  why: `Both filter what comes in, so a connection gets through only where both let it, and neither shows what the other does. Use one: ${FIXED.ufwOff}, or ${FIXED.firewalldOff}.`,
  ifClosed: 'What only the firewall that you turn off forbids is open then. Look at the ports again afterwards.',
});
