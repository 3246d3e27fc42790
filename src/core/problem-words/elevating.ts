/** Problems of a change on Windows, in English. */
import type { Wording } from '../problem.ts';
import type { ElevatingProblem } from '../problem/elevating.ts';

const KEEP_JOURNAL =
  'Move that file to another place to begin a new one; what is in it is then no longer undone from here.';

export const elevatingWords: Wording<ElevatingProblem> = {
  'not-elevated': ({ command, said }) => [
    `Windows could not be asked for an administrator’s permission${said === '' ? '' : ` (${said})`}, so nothing was changed.`,
    `Open a terminal as administrator and run: ${command}`,
  ],
  'elevated-too-long': ({ characters, most }) => [
    `This is too much for one change: ${characters} characters, where Windows takes ${most}. Nothing was changed.`,
    'Choose fewer ports at once, or export the script and run it as administrator: portcullis export --for windows',
  ],
  'elevated-unheard': ({ change }) => [
    `Windows PowerShell was started as administrator, and how it ended was not heard.${change === null ? ' Nothing was changed.' : ''}`,
    change === null
      ? 'Scan again, then try it once more.'
      : `Scan again to see how things are; what was begun can be taken back with: portcullis undo ${change}`,
  ],
  'journal-damaged': ({ path }) => [
    `What was changed is written down in ${path}, which is damaged, so nothing is changed.`,
    KEEP_JOURNAL,
  ],
  'journal-unreadable': ({ path }) => [
    `What was changed is written down in ${path}, which is not readable, so nothing is changed.`,
    'See that you may read that file, then try again.',
  ],
  'journal-unwritten': ({ path, said }) => [
    `The change could not be written down first (${path}: ${said}), so nothing was changed.`,
    'Make room, or see that you may write there, then try again.',
  ],
  'rules-drifted': ({ change }) => [
    'What this change made in Windows Firewall was changed or removed since, so it was not put back over it.',
    `What can still be taken back is shown first by: portcullis undo ${change} --dry-run`,
  ],
};
