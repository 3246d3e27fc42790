/** Problems of changing Windows Firewall, in English. */
import { joined } from '../advice/english/parts.ts';
import { namedPortWords, portsWords } from '../plan/english/parts.ts';
import { instead } from './closing.ts';
import { networksWords } from '../plan/english/windows.ts';
import type { Wording } from '../problem.ts';
import type { WindowsProblem } from '../problem/windows.ts';

const OPEN_SETTINGS = 'Look in “Windows Defender Firewall with Advanced Security” (wf.msc), under Inbound Rules.';

export const windowsWords: Wording<WindowsProblem> = {
  'windows-inert': ({ profiles }) => [
    `Group policy does not let rules count that were made on this computer, in ${networksWords(profiles)}: a rule here would do nothing.`,
    'Whoever manages this computer can close it by policy; or stop the program that listens, unless that is Windows itself (System).',
  ],
  'windows-off-by-policy': ({ profiles }) => [
    `Policy has turned Windows Firewall off in ${networksWords(profiles)}, so it cannot be turned on from here.`,
    'Ask whoever manages this computer.',
  ],
  'windows-off-unknown': ({ profiles }) => [
    `It cannot be told whether Windows Firewall is on in ${networksWords(profiles)}.`,
    'Scan again, as administrator.',
  ],
  'windows-own-changed': ({ rule }) => [
    `The rule ${rule} is there, and not as Portcullis makes it: somebody has changed what it does, what it is called or its description.`,
    `Look at it, and delete it if it is not needed: Get-NetFirewallRule -Name '${rule}'`,
  ],
  'windows-too-long': ({ characters, most }) => [
    `This is too much for one step: its script has ${characters} characters, and Windows takes ${most}.`,
    'Choose fewer ports at once.',
  ],
  'windows-session': ({ targets, agreed }) => [
    `A remote session comes in through ${portsWords(targets)}, and this would cut it: Windows Firewall ends connections that a new rule blocks, and nothing would put it back.`,
    agreed
      ? 'Do it at the computer itself; or choose to end the connections that are open now as well: --drop'
      : 'Do it at the computer itself, or end the session first.',
  ],
  'windows-sessions-unread': () => [
    'It could not be read whether a remote session is open that this would cut, and nothing would put it back.',
    'Scan again.',
  ],
  'windows-no-timer': () => [
    'On Windows nothing puts a change back by itself, so there is nothing to confirm.',
    'Leave that out; a change is taken back with: portcullis undo',
  ],
  'windows-odd-step': () => [
    'One of the steps names a rule that cannot be written into a script exactly.',
    OPEN_SETTINGS,
  ],
  'windows-stays-shut': ({ port, by }) => [
    by.length === 0
      ? `No rule that stands in Windows Firewall would open ${namedPortWords(port)}, and Portcullis makes none that opens a port there.`
      : `Nothing that Portcullis does in Windows Firewall would open ${namedPortWords(port)}: ${joined(by.map(({ rule }) => `“${rule}”`))} ${by.length === 1 ? 'decides' : 'decide'}, and a block is stronger than whatever lets in without overriding blocks.`,
    OPEN_SETTINGS,
  ],
  'windows-not-kept': ({ port }) => [
    `No rule lets in ${namedPortWords(port)} when Windows Firewall is on, and it is to stay open.`,
    'Make a rule for it first: “Allow an app through Windows Firewall”, then try again.',
  ],
  'windows-no-opening': ({ targets }) => [
    `No rule of somebody’s in Windows Firewall is on and lets in ${portsWords(targets)} alone.`,
    OPEN_SETTINGS,
  ],
  'windows-no-block': ({ targets }) => [
    `Portcullis has no rule in Windows Firewall that blocks ${portsWords(targets)}, and nothing listens there.`,
    'To see who gets through: portcullis scan --all',
  ],
  'windows-by-hand': ({ ways }) => [
    'On Windows, Portcullis closes ports in Windows Firewall; the other ways are done by hand.',
    instead(ways),
  ],
};
