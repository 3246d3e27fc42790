/** Problems of asking for an administrator's rights, and of the helper that has them, in English. */
import type { Wording } from '../problem.ts';
import type { AskingProblem } from '../problem/asking.ts';

export const askingWords: Wording<AskingProblem> = {
  'permission-refused': () => [
    'You did not give the permission, so nothing was changed.',
    'Try again when you want to.',
  ],
  'nobody-asks': ({ command }) => [
    'Nothing here can ask you for an administrator’s password, so nothing was changed.',
    `Open a terminal and run: ${command}`,
  ],
  'unconfirmable-here': ({ command }) => [
    'This change has to be confirmed after it was made, and from here it could not be: nothing was changed.',
    `Open a terminal and run: ${command}`,
  ],
  'not-authorised': ({ command }) => [
    'The permission was not given, so nothing was changed: the password was wrong, or this account may not change the system.',
    `Try again, or ask an administrator of this computer to run: ${command}`,
  ],
  'not-askable': ({ command }) => [
    'The permission could not be asked for, so nothing was changed.',
    `Open a terminal and run: ${command}`,
  ],
  'folder-misread': ({ command }) => [
    'Portcullis lies in a folder whose name a shell could misread, so it was not started as root.',
    `Move it to a folder with a plain name, or run: ${command}`,
  ],
  'helper-silent': ({ exit, said }) => [
    `The helper ended without an answer (${exit === null ? 'a signal ended it' : `exit ${exit}`}).`,
    said === '' ? 'Scan again to see how things are; what was begun is put back by: portcullis undo' : said,
  ],
  'plan-not-handed-over': ({ folder }) => [
    'The plan could not be handed over, so nothing was changed.',
    `Look at the folder ${folder}`,
  ],
  'helper-missing': () => [
    'The helper that makes changes is not here, so this can look and export, and change nothing.',
    'Install Portcullis from its package, or in a checkout: npm run build',
  ],
  'helper-odd': () => ['The helper answered something else than it was asked.', 'Install Portcullis again.'],
  'helper-changeable': ({ path, by }) => [
    `${path} can be changed by ${by === 'ordinary' ? 'an ordinary user' : 'another user'}, so it is not run as root.`,
    'Install Portcullis where only root can write, or take the right to write away: chmod go-w PATH',
  ],
};
