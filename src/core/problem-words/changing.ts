/** Problems of a change that was begun, in English. */
import { portsWords } from '../plan/english/parts.ts';
import { EXCEPT_OTHERS, leftFilesWords, noteWords, whyWords } from '../plan/english/notes.ts';
import type { ChangingProblem, Wording } from '../problem.ts';
import type { Note } from '../told.ts';
import { causeWords } from './cause.ts';

const noted = (note: Note | string | null): string =>
  note === null ? '' : typeof note === 'string' ? note : noteWords(note);

const look = (command: string): string => `Look at the rules with: ${command}`;
const again = (command: string): string =>
  `Putting it back is tried again by: portcullis undo. To look at the firewall: ${command}`;

export const changingWords: Wording<ChangingProblem> = {
  'closed-otherwise': ({ held, cause }) => [
    `Only ${portsWords(held)} ${held.length === 1 ? 'is' : 'are'} closed in Portcullis’s own table; the others are closed otherwise. ${causeWords(cause)}`,
    'Open those by themselves.',
  ],
  'not-saved-first': ({ cause, folders }) => [
    `The firewall’s rules could not be saved first (${causeWords(cause)}), so nothing was changed.`,
    `Look at the free space (df -h /etc /var) and at the files in ${folders.join(' and ')}, then try again.`,
  ],
  'put-back': ({ cause, whole }) => [
    `The change could not be made as planned (${causeWords(cause)}), so everything was put back${whole ? '' : EXCEPT_OTHERS}.`,
    'Scan again; if it happens again, save a snapshot and report it.',
  ],
  'left-to-others': ({ cause, files, look: command }) => [
    `The change could not be made as planned (${causeWords(cause)}). Another program was changing ${files.join(' and ')} at the same time, so they were left as they are.`,
    look(command),
  ],
  'not-put-back': ({ cause, failure, look: command }) => [
    `The change could not be made as planned (${causeWords(cause)}), and putting it back failed: ${causeWords(failure)}.`,
    again(command),
  ],
  'waited-left': ({ waited, files, look: command }) => [
    `${whyWords(waited)}, but ${leftFilesWords(files)}.`,
    look(command),
  ],
  'waited-not-put-back': ({ waited, failure, look: command }) => [
    `${whyWords(waited)}, and putting it back failed: ${causeWords(failure)}.`,
    again(command),
  ],
  'too-late': ({ note }) => [
    `It is too late to keep this change: it was put back. ${noted(note)}`.trim(),
    'To make it again, start again from the scan.',
  ],
  'not-restored': ({ note, look: command }) => [`It could not be put back. ${noted(note)}`.trim(), look(command)],
  'does-not-wait': ({ note, look: command }) => [
    `This change does not wait to be confirmed. ${noted(note)}`.trim(),
    look(command),
  ],
  'ended-otherwise': ({ note, look: command }) => [noteWords(note), look(command)],
  'not-recovered': ({ cause, look: command }) => [
    `An earlier change was interrupted and could not be put back: ${causeWords(cause)}.`,
    `Look at the free space (df -h /etc /var) and at the firewall (${command}), then try again.`,
  ],
  'not-undone': ({ cause, look: command }) => [
    `The change could not be undone completely: ${causeWords(cause)}.`,
    `Try again: it goes on where it stopped. To look: ${command}`,
  ],
  'helper-failed': ({ cause }) => [`The helper failed: ${causeWords(cause)}.`, 'Scan again; if it stays, report it.'],
};
