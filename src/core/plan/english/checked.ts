/** What was found after a change, in English. */
import { reasonText } from '../../gaps/index.ts';
import { causeWords } from '../../problem-words/cause.ts';
import type { Checked } from '../../told.ts';
import { noteWords } from './notes.ts';
import { endWords } from './parts.ts';

const WHOSE = { ufw: 'ufw’s', firewalld: 'firewalld’s' } as const;

/** One sentence. Text is a note that has no other form. */
export function checkedWords(checked: Checked | string): string {
  if (typeof checked === 'string') return checked;
  switch (checked.kind) {
    case 'nobody-reaches':
      return `${endWords(checked.end)}: nobody else can reach it now.`;
    case 'as-predicted':
      return `${endWords(checked.end)}: reachable as predicted.`;
    case 'gone':
      return `${endWords(checked.end)}: nothing listens there any more.`;
    case 'same-as-before':
      return `${endWords(checked.end)} can be reached by the same as before the change.`;
    case 'others-than-before':
      return `${endWords(checked.end)} can be reached by others than before the change: the network or other rules are different now.`;
    case 'reach-untold': {
      const why = checked.reason === null ? '' : `: ${reasonText(checked.reason)}`;
      return `Who can reach ${endWords(checked.end)} cannot be told any more${why}.`;
    }
    case 'others-same':
      return `Every other port that listens (${checked.count}) can be reached by the same as before.`;
    case 'connections-ended':
      return `The connections to port ${checked.port} that were open were ended.`;
    case 'connections-unread':
      return `Whether the connections to port ${checked.port} were ended could not be read.`;
    case 'connections-left': {
      const { port, count } = checked;
      return `${count === 1 ? 'One connection' : `${count} connections`} to port ${port} could not be ended; to end ${count === 1 ? 'it' : 'them'}, stop the program and start it again.`;
    }
    case 'until-restart':
      return 'It holds until the computer starts again, or another program empties nftables: the installed package loads it again at the start, and after nftables’ own unit.';
    case 'files-back':
      return `${WHOSE[checked.of]} files are byte for byte what they were.`;
    case 'rules-back':
      if (checked.of === 'own-table') return 'Portcullis’s own table is what it was.';
      return `${WHOSE[checked.of]} rules${checked.of === 'ufw' ? ' in the kernel' : ''} are what they were.`;
    case 'rules-at-start':
      return 'firewalld does not run now: its rules are what they were when it is started again.';
    case 'services-back':
      return `What was stopped ${checked.all ? '' : 'and can be started '}runs again, and starts with the computer as it did.`;
    case 'connections-gone':
      return 'Connections that were ended do not come back by themselves: the other side makes them anew.';
    case 'no-systemd':
      return 'systemd does not run here: should the computer itself stop while this waits, it is put back by the next change or by portcullis undo.';
    case 'stays':
      return 'It stays until it is undone.';
    case 'all-back':
      return 'Everything was put back.';
    case 'unwritten':
      return `The history could not be completed (${causeWords(checked.reason)}); before the next change it may all be put back once more.`;
    case 'noted':
      return noteWords(checked.note);
    case 'unworded': {
      const { count } = checked;
      return `${count === 1 ? 'One thing more was' : `${count} things more were`} told by another version of Portcullis, which cannot be shown here: scan again to see how things are.`;
    }
  }
}
