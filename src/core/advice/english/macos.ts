/** What is particular to macOS, in English. */
import type { MacSetting, SaysMacOption, SaysMacPf, SaysMacSetting, SaysMacUnlessPf } from '../../says.ts';
import { visible } from '../../visible.ts';
import { FIXED } from '../commands.ts';
import { byName, withProgram } from '../named.ts';
import type { Subjects } from '../subjects.ts';
import { audience, joined, portOf, portsOf, type Sentences, together } from './parts.ts';

/** Where it is turned off, what it does for others, and what stops. */
const SETTINGS: Readonly<Record<MacSetting, readonly [where: string, does: string, stops: string]>> = {
  airplay: [
    'System Settings, General, AirDrop & Handoff: AirPlay Receiver',
    'AirPlay Receiver lets Apple devices play to this Mac, and is on by default',
    'Apple devices can no longer play to this Mac. What you play from it goes on.',
  ],
  screen: [
    'System Settings, General, Sharing: Screen Sharing',
    'Screen Sharing shows and controls this screen for whoever has a password',
    'You can no longer see or control this Mac from another computer.',
  ],
  management: [
    'System Settings, General, Sharing: Remote Management',
    'Remote Management lets an administrator control this Mac from afar',
    'Whoever looks after this Mac from afar no longer can.',
  ],
  files: [
    'System Settings, General, Sharing: File Sharing',
    'File Sharing offers folders of this Mac to other computers',
    'Other computers no longer see folders of this Mac. You still reach theirs.',
  ],
  login: [
    'System Settings, General, Sharing: Remote Login',
    'Remote Login lets whoever has a password or key work on this Mac with SSH',
    'You can no longer log in to this Mac from another computer; sessions that are open may end.',
  ],
  events: [
    'System Settings, General, Sharing: Remote Apple Events (Remote Application Scripting)',
    'Remote Apple Events lets programs on other computers control programs here',
    'Scripts on other computers no longer reach this Mac.',
  ],
  printers: [
    'System Settings, General, Sharing: Printer Sharing',
    'Printer Sharing lets other computers use the printers of this Mac',
    'Other computers can no longer print through this Mac. You still can.',
  ],
  media: [
    'System Settings, General, Sharing: Media Sharing',
    'Media Sharing offers music, films and photos of this Mac to other devices',
    'Other devices no longer play what is on this Mac.',
  ],
  caching: [
    'System Settings, General, Sharing: Content Caching',
    'Content Caching keeps downloads of Apple for the other devices of this network',
    'Other devices fetch their updates from the internet again.',
  ],
  internet: [
    'System Settings, General, Sharing: Internet Sharing',
    'Internet Sharing gives addresses to other devices and passes on what they send',
    'Devices that use this Mac’s connection lose it.',
  ],
};

export function setting({ listener: id, others, setting: which, who }: SaysMacSetting, subjects: Subjects): Sentences {
  const [where, does, stops] = SETTINGS[which];
  const named = byName([id, ...others].map(subjects.listener), ({ identity: { name }, owner }) =>
    withProgram(name, owner),
  );
  const [it, is] = named.length === 1 ? ['it', 'is'] : ['they', 'are'];
  const reached =
    who === null
      ? `Who reaches ${it === 'it' ? it : 'them'} cannot be told yet.`
      : `${it === 'it' ? 'It' : 'They'} ${is} reached by ${audience(who)}.`;
  return {
    title: `${joined(named.map(([name, targets]) => `${name} on ${portsOf(targets)}`))} ${is} opened by a setting of macOS`,
    why: `${does}. ${reached} If you do not use it, turn it off, rather than block the ${others.length === 0 ? 'port' : 'ports'}: ${where}.`,
    ifClosed: stops,
  };
}

export const stealth = ({ command }: SaysMacOption): Sentences => ({
  title: 'Stealth mode of the application firewall is off',
  why: `This Mac answers when a stranger on the network tries a port or pings it, so that it is found. It opens nothing. To turn it on: ${command}.`,
  ifClosed: 'Pings to this Mac stay without an answer; some tools then take it to be off.',
});

export const signed = ({ command }: SaysMacOption): Sentences => ({
  title: 'Signed programs are let in without a question',
  why: `The application firewall lets in every program that is signed, also one that you downloaded today, unless its list blocks it. To be asked instead: ${command}.`,
  ifClosed: 'macOS asks you the first time a downloaded program wants to be reached.',
});

export function pf({ anchors, askers }: SaysMacPf): Sentences {
  const names = (few: SaysMacPf['anchors']): string =>
    joined([...few.first.map(visible), ...(few.more === 0 ? [] : [`${few.more} more`])]);
  return {
    title: 'The packet filter (pf) is on',
    why: together(
      'By default, pf is off: a program or a person turned it on.',
      askers.first.length === 0 ? null : `It is kept on by ${names(askers)}.`,
      anchors.first.length === 0 ? 'No anchor holds rules.' : `Rules stand in ${names(anchors)}.`,
      'They are judged here with all others.',
    ),
    ifClosed: 'If you turn it off, what turned it on may no longer work: a VPN, Internet Sharing, a virtual machine.',
  };
}

export function unlessPf({ open, local }: SaysMacUnlessPf): Sentences {
  const ports = joined([...open.first.map(portOf), ...(open.more === 0 ? [] : [`${open.more} more`])]);
  const count = open.first.length + open.more;
  const own = local === 1 ? 'One port is' : `${local} ports are`;
  return {
    title:
      count === 0
        ? `${own} for this Mac only, unless the packet filter (pf) leads there`
        : `Open unless the packet filter (pf) blocks it: ${ports}`,
    why: together(
      count === 0 ? null : 'The application firewall does not stop anybody there.',
      local === 0 || count === 0 ? null : `${own} for this Mac only, unless pf leads connections there.`,
      'What pf does only an administrator may read; by default it is off and blocks nothing, and /etc/pf.conf does not tell what is loaded now.',
      `To settle it: ${FIXED.asRoot}.`,
    ),
    ifClosed: 'Nothing changes: looking only reads.',
  };
}
