/** Problems of files, in English. */
import type { Unwritten, Wording } from '../problem.ts';
import type { FilesProblem } from '../problem/files.ts';

const WHY: Record<Exclude<Unwritten['is'], 'said'>, string> = {
  refused: 'you may not write there',
  'read-only': 'that disk can only be read',
  'no-folder': 'the folder does not exist',
  'not-a-folder': 'a part of the path is not a folder',
  'a-folder': 'it is a folder',
  full: 'the disk is full',
};

const REPAIR = 'Repair or remove that file, then try again.';
const EXPORT_AGAIN = 'Make one with: portcullis export --for intent --out FILE';
const SAVE_AGAIN = 'Save it again: portcullis snapshot --out FILE';

export const filesWords: Wording<FilesProblem> = {
  'snapshot-not-json': ({ name }) => [`${name} is not JSON, or only a part of it.`, SAVE_AGAIN],
  'snapshot-unknown': ({ name, at }) => [
    `${name} is not a snapshot that this version can read${at === null ? '' : ` (${at.field}: ${at.said})`}.`,
    'Save one with: portcullis snapshot --out FILE',
  ],
  'snapshot-twice': ({ name, id }) => [`${name} holds "${id}" twice, so it is not known which one counts.`, SAVE_AGAIN],
  'intent-not-json': ({ name }) => [`${name} is not JSON, or only a part of it.`, EXPORT_AGAIN],
  'intent-utf16': ({ name }) => [
    `${name} is not in UTF-8; “>” of PowerShell writes UTF-16, for example.`,
    EXPORT_AGAIN,
  ],
  'intent-too-large': ({ name }) => [
    `${name} is larger than what is opened in the window.`,
    'Carry it out in a terminal: portcullis import FILE',
  ],
  'intent-unreadable': ({ name }) => [
    `${name} could not be read.`,
    'See that it is still there and that you may read it, then choose it again.',
  ],
  'intent-unknown': ({ name, at }) => [
    `${name} is not an intent that this version can read${at === null ? '' : ` (${at.field}: ${at.said})`}.`,
    EXPORT_AGAIN,
  ],
  'intent-twice': ({ name, port }) => [
    `${name} names ${port} twice, so it is not known what is meant.`,
    'Leave one of them in the file.',
  ],
  'nothing-to-export': ({ format }) => [
    `A file for ${format} closes ports one by one, and there is none to close.`,
    `Name some: portcullis export --for ${format} --ports 3000/tcp`,
  ],
  'programs-unknown': ({ format }) => [
    `A file for ${format} blocks programs, and which ones listen there is not known.`,
    'Close the ports instead: portcullis export --for pf',
  ],
  'kept-damaged': ({ path }) => [`What you chose to keep is in ${path}, which is damaged.`, REPAIR],
  'kept-unreadable': ({ path }) => [`What you chose to keep is in ${path}, which is not readable.`, REPAIR],
  'kept-unsaved': ({ path, said }) => [
    `Your choice could not be saved in ${path}: ${said}`,
    'Make room or set XDG_STATE_HOME to a folder that you can write.',
  ],
  'file-unwritten': ({ path, why }) => [
    `${path} could not be written: ${why.is === 'said' ? why.said : WHY[why.is]}.`,
    'Choose another place for the file.',
  ],
  'login-unwritten': ({ path, said }) => [
    `${path} could not be written: ${said}`,
    'Portcullis will not start at login. See that you may write in that folder, and choose it again.',
  ],
  'login-unremoved': ({ path, said }) => [
    `${path} could not be removed: ${said}`,
    'Portcullis will still start at login. Remove that file yourself.',
  ],
  'preference-unsaved': ({ path, said }) => [
    `Your choice could not be saved in ${path}: ${said}`,
    'It holds until you quit. Make room, or see that you may write there, and choose it again.',
  ],
  'folder-not-roots': ({ path }) => [`${path} is not a folder of root’s own.`, `Look at it with: ls -ld ${path}`],
  'folder-open': ({ path }) => [`${path} can be written by others than root.`, `Look at it with: ls -la ${path}`],
  'not-savable': () => ['Files cannot be saved from here.', 'Use: portcullis export --out FILE'],
};
