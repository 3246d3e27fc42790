/** What a Windows computer has of its own, in English. */
import type {
  Few,
  HttpSys,
  NetworkProfile,
  PassesOn,
  SaysWindowsGuests,
  SaysWindowsInert,
  SaysWindowsPrivate,
  SaysWindowsProfile,
  SaysWindowsRefused,
  SaysWindowsReplaced,
  SaysWindowsUnfiltered,
} from '../../says.ts';
import { visible } from '../../visible.ts';
import { FIXED } from '../commands.ts';
import { LONGEST_RULE, short } from '../named.ts';
import type { Subjects } from '../subjects.ts';
import { ASK_MANAGER, type Sentences, joined, LAN, subjectOf, together } from './parts.ts';

const READS = 'Nothing stops working: looking only reads.';

const networks = (profiles: readonly NetworkProfile[]): string => `${joined(profiles)} networks`;

const rulesOf = ({ first, more }: Few<string>): string =>
  joined([...first.map((rule) => `“${short(rule, LONGEST_RULE)}”`), ...(more === 0 ? [] : [`${more} more`])]);

const subjectsOf = ({ first, more }: Few<string>, subjects: Subjects): string =>
  joined([...first.map((id) => subjectOf(subjects.listener(id))), ...(more === 0 ? [] : [`${more} more`])]);

/** The last part of a path. */
const fileOf = (path: string): string => visible(path).split('\\').at(-1) ?? '';

// ---------------------------------------------------------------- listeners

export function answersWeb({ urls }: HttpSys): string {
  const holds =
    'Windows itself holds this port (System, process 4), as a rule with http.sys for programs and services that answer web requests; it cannot be ended.';
  const look = `To see which one answers, as administrator: ${FIXED.webServices}.`;
  if (urls === null || urls.first.length === 0) return `${holds} ${look}`;
  const more = urls.more === 0 ? [] : [`${urls.more} more`];
  return `${holds} Reserved for some of them: ${joined([...urls.first.map(visible), ...more])}. ${look}`;
}

export const passesOn = ({ passes }: PassesOn): string =>
  passes
    .map(({ to, command }) =>
      together(
        `It leads to ${visible(to)}.`,
        command === null ? null : `To take that away, as administrator: ${visible(command)}.`,
      ),
    )
    .join(' ');

// ---------------------------------------------------------------- rules

export function refused(
  { program, profiles, listeners, over, commands }: SaysWindowsRefused,
  subjects: Subjects,
): Sentences {
  const how = commands === null ? 'in wf.msc, under Inbound Rules' : `as administrator: ${commands.join('; ')}`;
  return {
    title: `Windows blocks ${fileOf(program)} because the question about it was not answered with yes`,
    why: together(
      `Windows asks whether others may reach a program when it first listens. For ${visible(program)} that was dismissed or refused, or could not be asked, so Windows made rules that block it in ${networks(profiles)}.`,
      listeners.first.length === 0 ? null : `They keep others from ${subjectsOf(listeners, subjects)}.`,
      over.first.length === 0
        ? null
        : `They win over ${rulesOf(over)}, which would let it in: a block beats every rule that only allows, and does not override blocks.`,
      `Leave them if nobody else needs it. Windows does not ask again as long as they stand there; to change your mind, delete them, ${how}.`,
    ),
    ifClosed:
      'As long as they stay, nothing changes. Without them, rules that let the program in count again, and where there are none Windows asks the next time.',
  };
}

export function inert({ because, profiles, rules }: SaysWindowsInert): Sentences {
  const count = rules.first.length + rules.more;
  const which = count === 1 ? 'A rule made on this computer lets' : `${count} rules made on this computer let`;
  return because === 'policy'
    ? {
        title: `${which} nobody in: group policy ignores ${count === 1 ? 'it' : 'them'}`,
        why: `${rulesOf(rules)}. In ${networks(profiles)} only rules of group policy count here; the others look as if they were on, and do nothing. Whoever manages this computer can add one.`,
        ifClosed: 'Nobody gets in through them now, so deleting them changes nothing.',
      }
    : {
        title: `${which} nobody in: all incoming connections are blocked`,
        why: `${rulesOf(rules)}. In ${networks(profiles)} Windows Firewall is set to block all incoming connections, also those of the apps that are allowed. That is the safest setting; it is in Windows Security, Firewall & network protection.`,
        ifClosed: 'Nobody gets in through them now, so leaving them changes nothing.',
      };
}

// ---------------------------------------------------------------- networks

export function privateNetwork(
  { interface: name, network, listeners, opens, mayOpen, command }: SaysWindowsPrivate,
  subjects: Subjects,
): Sentences {
  const ports = listeners.first.length + listeners.more;
  const count = ports === 1 ? 'One port is' : `${ports} ports are`;
  const inSettings = 'in Settings, Network & internet, properties of this network, Network profile type: Public';
  const trust = `Private is for networks whose devices you trust, such as your home; whether this one (${visible(name)}) is, only you know.`;
  const closed = `Open for that reason: ${subjectsOf(listeners, subjects)}. As a public network, others in it could not reach ${ports === 1 ? 'it' : 'them'}`;
  const title = `${count} open only because ${LAN[network]} is set as a private network`;
  const perhaps =
    mayOpen.first.length === 0
      ? ''
      : `; whether others than now could reach ${subjectsOf(mayOpen, subjects)} then cannot be told`;
  if (opens.first.length > 0)
    return {
      title,
      why: `${trust} ${closed}, but others than now could reach ${subjectsOf(opens, subjects)}. So leave it as it is until those are closed.`,
      ifClosed: 'Nothing changes as long as it stays a private network.',
    };
  return {
    title,
    why: `${trust} ${closed}${perhaps}. To set it so: ${inSettings}${command === null ? '' : `, or as administrator: ${command}`}.`,
    ifClosed: 'Devices on that network no longer reach what is named. It can be set as private again at any time.',
  };
}

export function profile({ profile: kind, fault, interfaces, command }: SaysWindowsProfile): Sentences {
  const here = joined(interfaces.map(visible));
  const now = interfaces.length > 0;
  const which = networks([kind]);
  const open = now
    ? `${here} ${interfaces.length === 1 ? 'is' : 'are'} in such a network, so whatever listens there is open${fault === 'off' ? '' : ' unless a rule blocks it'}.`
    : `This computer is in no such network now; in the next one, whatever listens would be open${fault === 'off' ? '' : ' unless a rule blocks it'}.`;
  return {
    title:
      fault === 'off'
        ? `Windows Firewall is off in ${which}`
        : `Windows Firewall lets in whatever no rule blocks in ${which}`,
    why: `${open} ${command === null ? ASK_MANAGER : `To change that, as administrator: ${command}.`}`,
    ifClosed: 'Others in such networks reach only what rules let in. What you open from here still works.',
  };
}

export const unfiltered = ({ profile: kind, interfaces, command }: SaysWindowsUnfiltered): Sentences => ({
  title: `Windows Firewall leaves ${joined(interfaces.map(visible))} alone`,
  why: `It is on in ${networks([kind])}, but ${joined(interfaces.map(visible))} ${interfaces.length === 1 ? 'is' : 'are'} taken out of it: whatever listens is open there, whatever the rules say. ${command === null ? ASK_MANAGER : `To take ${interfaces.length === 1 ? 'it' : 'them'} in again, as administrator: ${command}.`}`,
  ifClosed: 'Others on that network reach only what rules let in. What you open from here still works.',
});

// ---------------------------------------------------------------- the firewall as a whole

export const replaced = ({ by }: SaysWindowsReplaced): Sentences =>
  by === null
    ? {
        title: 'The service of Windows Firewall does not run',
        why: `Without it (mpssvc) its rules do nothing. Unless another firewall stands in its place, whatever listens is open; that cannot be seen from here. To start it, as administrator: ${FIXED.startFirewall}.`,
        ifClosed: 'Once it runs, others reach only what rules let in. What you open from here still works.',
      }
    : {
        title: `${short(by, LONGEST_RULE)} has taken the place of Windows Firewall`,
        why: 'It has registered itself as the firewall here, so the rules of Windows Firewall may do nothing. What it lets in is set in its own program and cannot be seen from here.',
        ifClosed: READS,
      };

export function guests({ adapters, programs, wsl }: SaysWindowsGuests): Sentences {
  const names = [...adapters, ...programs].map(visible);
  const mirrored = wsl.networking === 'mirrored';
  const open = mirrored && (wsl.filter === 'off' || wsl.filter === 'allows');
  return {
    title: open
      ? 'What listens within Linux (WSL) is open to others, and Windows does not list it'
      : mirrored
        ? 'What listens within Linux (WSL) is at this computer’s own addresses, and is not judged'
        : 'Linux (WSL), containers or virtual machines here are not judged',
    why: together(
      names.length === 0 ? null : `Seen here: ${joined(names)}.`,
      'What comes in for WSL and for containers passes the Hyper-V firewall (Windows 11 from version 22H2 on); an ordinary virtual machine has only the firewall within it.',
      withinWsl(wsl),
      `Look at what listens within WSL itself, and at the rules of that firewall and what it does where there is none: ${FIXED.hyperVRules}; ${FIXED.hyperVDefault}.`,
    ),
    ifClosed: READS,
  };
}

function withinWsl({ networking, filter, openings }: SaysWindowsGuests['wsl']): string {
  if (networking === null)
    return 'With mirrored networking, a port that is open within WSL is open at this computer’s own addresses as far as the Hyper-V firewall lets it in, though Windows does not list it, and neither does this report.';
  if (networking === 'other')
    return 'WSL is set to a network of its own: others reach what listens within it through ports that this computer passes on.';
  if (networking === 'none') return 'WSL is set to have no network.';
  if (networking === 'bridged')
    return 'WSL is set to be bridged: it has an address of its own in the network, at which others reach what listens within it. Windows does not list that, and neither does this report.';
  const mirrored =
    'WSL is set to mirrored networking: a port that is open within it is open at this computer’s own addresses as far as that firewall lets it in, though Windows does not list it, and neither does this report.';
  const rules = joined([...openings.first.map(visible), ...(openings.more === 0 ? [] : [`${openings.more} more`])]);
  switch (filter) {
    case 'off':
      return `${mirrored} It is off for WSL, so whatever listens there is open.`;
    case 'allows':
      return `${mirrored} It lets in whatever no rule of it blocks, at least in some networks.`;
    case 'blocks':
      return `${mirrored} It blocks what no rule lets in${rules === '' ? '' : `; rules of it let in: ${rules}`}. Rules of Windows Firewall may count there as well, so who reaches what cannot be told from here.`;
    case null:
      return `${mirrored} Its settings could not be read.`;
  }
}
