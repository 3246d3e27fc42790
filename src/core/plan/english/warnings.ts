/** What is to be known before a plan is carried out, in English. */
import { capital, joined } from '../../advice/english/parts.ts';
import { problemWords } from '../../problem-words/index.ts';
import type { Warning } from '../../told.ts';
import { leftWords } from './left.ts';
import { endsWords, endWords, namedPortWords, portWords } from './parts.ts';
import { coversWords, networksWords } from './windows.ts';

const CONFIRM = {
  unread: 'It could not be read whether a remote session is open that this would cut. ',
  session: 'This touches the way in that a remote session uses now. ',
} as const;

const zonesWords = (zones: readonly string[]): string => `zone${zones.length === 1 ? '' : 's'} ${joined(zones)}`;

/** One or more sentences. What is text already was made by an earlier version, and stays as it is. */
export function warningWords(warning: Warning | string): string {
  if (typeof warning === 'string') return warning;
  switch (warning.kind) {
    case 'ahead':
      return `${typeof warning.because === 'string' ? warning.because : problemWords(warning.because)[0]} So it is closed ahead of it, in a table of Portcullis’s own.`;
    case 'shared-networks': {
      const { networks } = warning;
      return `${joined(networks)} ${networks.length === 1 ? 'is a private range' : 'are private ranges'} that other networks use too, for example a café’s: anyone there will get in as well.`;
    }
    case 'nothing-listens':
      return `Nothing listens on ${portWords(warning.target)} now; the rule holds for whatever will.`;
    case 'unread':
      return `Whether anything listens on ${portWords(warning.target)} could not be read; the rule holds for whatever does.`;
    case 'nobody-to-shut-out':
      return `Nobody would be shut out of ${portWords(warning.target)}: who can reach it stays the same, and nothing is done there.`;
    case 'kept-port':
      return `You chose to keep ${namedPortWords(warning.port)}.`;
    case 'kept-end':
      return `You chose to keep ${endWords(warning.end)}.`;
    case 'turns-on':
      return 'Turning the firewall on blocks every port that no rule opens. Connections that others have to this computer now may be cut.';
    case 'turns-on-again':
      return `Turning the firewall on blocks every port that no rule opens.${warning.closes.length === 0 ? '' : ` This closes ${endsWords(warning.closes)}.`}`;
    case 'also-closes':
      return `This also closes ${endsWords(warning.ends)}.`;
    case 'stays-open':
      return `${capital(namedPortWords(warning.port))} stays open.`;
    case 'in-use':
      return `${capital(namedPortWords(warning.port))} is in use.`;
    case 'both-protocols':
      return `The rule “${warning.rule}” opens both TCP and UDP; both are removed.`;
    case 'closed-again': {
      const { targets } = warning;
      return `Another program has emptied nftables since ${joined(targets.map(portWords))} ${targets.length === 1 ? 'was' : 'were'} closed: that is closed again as well.`;
    }
    case 'zones-here':
      return `This holds where firewalld uses the ${zonesWords(warning.zones)}, which is bound to what you are connected to now; on a network that it puts into another zone, that zone’s rules decide.`;
    case 'zones-differ':
      return `What firewalld does now in the ${zonesWords(warning.zones)} is not what it has kept for its next start; this change is made in both.`;
    case 'connections-stay': {
      const { target, count } = warning;
      return `${count === 1 ? 'One connection' : `${count} connections`} to ${portWords(target)} ${count === 1 ? 'is' : 'are'} open now and will stay; only new connections are blocked.`;
    }
    case 'confirm': {
      const { seconds, because } = warning;
      return `${because === null ? '' : CONFIRM[because]}The change is put back after ${seconds} seconds unless you confirm it then.`;
    }
    case 'stops-too':
      return `This also stops what needs it: ${joined(warning.units)}.`;
    case 'ports-too':
      return `This also closes what else it listens on: ${joined(warning.targets.map(portWords))}.`;
    case 'wanted-by': {
      const { units } = warning;
      return `${joined(units)} ${units.length === 1 ? 'asks' : 'ask'} for it: when started, it may start it again.`;
    }
    case 'not-enabled': {
      const { units } = warning;
      return `${joined(units)} ${units.length === 1 ? 'is' : 'are'} not enabled by itself: something else may start it again, at the latest when the computer starts.`;
    }
    case 'unsaved':
      return 'What the program has not saved is lost, and it cannot be brought back from here: start it again yourself.';
    case 'turns-off':
      return `With ufw off, none of its rules holds any more.${warning.opens.length === 0 ? '' : ` This opens ${endsWords(warning.opens)}, and whatever will listen.`}`;
    case 'lets-in':
      return `This lets others in again: ${endsWords(warning.ends)}.`;
    case 'starts':
      return `What ${joined(warning.units)} will listen on, and who can reach that, is known once it runs.`;
    case 'windows-rule-off':
      return `This turns off “${warning.rule}”, a rule of Windows Firewall that Portcullis did not make.${coversWords(warning)} Undo turns it on again.`;
    case 'windows-rule-on':
      return `This turns on “${warning.rule}”, a rule of Windows Firewall that Portcullis did not make.${coversWords(warning)} Undo turns it off again.`;
    case 'windows-cuts': {
      const { target, count } = warning;
      return `${count === 1 ? 'One connection' : `${count} connections`} to ${portWords(target)} ${count === 1 ? 'is' : 'are'} open now and will be cut: Windows Firewall checks connections anew when its rules change.`;
    }
    case 'windows-inert-in':
      return `In ${networksWords(warning.profiles)} this does nothing: group policy does not let rules of this computer count there.`;
    case 'windows-by-policy':
      return `On ${joined(warning.interfaces)} nothing changes, and it stays as open as it is: policy decides there, and only whoever manages this computer can close it.`;
    case 'windows-off':
      return `With Windows Firewall off in ${networksWords(warning.profiles)}, none of its rules holds there.${warning.opens.length === 0 ? '' : ` This opens ${endsWords(warning.opens)}, and whatever will listen.`}`;
    case 'left':
      return leftWords(warning);
  }
}
