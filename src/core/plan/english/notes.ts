/** What became of a change, in English. */
import { causeWords } from '../../problem-words/cause.ts';
import type { WaitedWhy } from '../../problem.ts';
import type { Back, Note } from '../../told.ts';

/** Behind “everything was put back”, where it was not all. */
export const EXCEPT_OTHERS = ', except what others changed or removed meanwhile, or what runs no longer';

type Waited = Extract<Note, { readonly kind: 'unwanted' | 'unconfirmed' | 'unable-to-wait' }>;

/** Why a change that waited was not kept. */
export function whyWords(note: WaitedWhy): string {
  switch (note.kind) {
    case 'unwanted':
      return 'It was not to be kept';
    case 'unconfirmed':
      return `It was not confirmed within ${note.seconds} seconds`;
    case 'unable-to-wait':
      return `It could not be kept waiting (${causeWords(note.reason)})`;
  }
}

/** What others have changed. */
export const leftFilesWords = (files: readonly string[]): string =>
  `another program has changed ${files.join(' and ')} since, so they were left as they are`;

const but = (back: Exclude<Back, object>): string => (back === 'whole' ? '' : EXCEPT_OTHERS);

function waitedWords(note: Waited): string {
  const { back } = note;
  return typeof back === 'object'
    ? `${whyWords(note)}; ${leftFilesWords(back.files)}.`
    : `${whyWords(note)}, so everything was put back${but(back)}.`;
}

/** Whoever writes a note down may be putting things back, and must come to an end: it never throws. */
export function noteWords(note: Note): string {
  try {
    return wordsOf(note);
  } catch {
    return `What became of it (${note.kind}) was written by another version of Portcullis.`;
  }
}

function wordsOf(note: Note): string {
  switch (note.kind) {
    case 'unwanted':
    case 'unconfirmed':
    case 'unable-to-wait':
      return waitedWords(note);
    case 'interrupted':
      return 'It was interrupted. It will be put back before the next change.';
    case 'may-stand':
      return 'It was interrupted, and may be in force; “portcullis undo” takes it back.';
    case 'not-begun':
      return 'It was interrupted before anything was changed.';
    case 'unreadable':
      return 'It was interrupted, and what was saved before it cannot be read: it may be in force in part.';
    case 'recovered':
      return `It was interrupted; everything was put back${but(note.back)}.`;
    case 'recovered-waiting':
      return `It was not confirmed in time; everything was put back${but(note.back)}.`;
    case 'recovered-undo':
      return `Putting it back was interrupted, and was finished later${but(note.back)}.`;
    case 'unrecovered':
      return `It was interrupted, and another program has changed ${note.files.join(' and ')} since; the rules were left alone.`;
    case 'unheard':
      return 'It was put back at its deadline, unless it was confirmed from elsewhere: what became of it was not heard here.';
    case 'under-way':
      return 'It is being made right now.';
    case 'not-as-planned': {
      const { cause, files } = note;
      const others = `; another program was changing ${files.join(' and ')}, so they were left as they are`;
      return `${causeWords(cause)}${files.length === 0 ? '' : others}`;
    }
  }
}
