/** Problems of taking a change back, and of keeping one, in English. */
import { capital } from '../advice/english/parts.ts';
import { leftWords, thingWords } from '../plan/english/left.ts';
import type { NotBack, Wording } from '../problem.ts';
import type { UndoingProblem } from '../problem/undoing.ts';

const LIST = 'List the changes with: portcullis history';
const OTHER_WAY =
  'Take the later changes back first: the last one is put back exactly as it was. Or add the rule by hand where it belongs: sudo ufw status numbered';

const first = (id: string): string => `Take that one back first: portcullis undo ${id}`;

function whyNotBack(why: NotBack): readonly [why: string, hint: string] {
  switch (why.is) {
    case 'built-on':
      return [`“${why.by}” of the later change “${why.later.summary}” stands in its place`, first(why.later.id)];
    case 'comment':
      return [
        'its comment is one that ufw’s own command does not take',
        'Add the rule by hand, with another comment, where it belongs: sudo ufw status numbered',
      ];
    case 'no-place':
      return ['the history does not know where it stood', OTHER_WAY];
    case 'reordered':
      return ['the rules around it were put in another order since', OTHER_WAY];
    case 'profiles':
      return ['ufw counts the rules of application profiles so that it cannot be told the place', OTHER_WAY];
  }
}

export const undoingWords: Wording<UndoingProblem> = {
  'no-such-change': () => ['There is no change with that id.', LIST],
  'not-an-id': () => ['That is not the id of a change.', 'List them with: portcullis history'],
  waits: ({ change }) => ['This change waits to be confirmed.', `To put it back now: portcullis undo ${change}`],
  'kept-already': ({ change }) => ['This change is kept already.', `To take it back: portcullis undo ${change}`],
  'undone-already': ({ change }) => [`“${change.summary}” was undone already.`, LIST],
  'not-in-force': ({ change }) => [`“${change.summary}” is not in force: it was put back, or not finished.`, LIST],
  'rule-not-back': ({ family, rule, why }) => {
    const [reason, hint] = whyNotBack(why);
    return [`The IPv${family} rule “${rule}” cannot be put back: ${reason}.`, hint];
  },
  'about-the-same': ({ thing, later }) => [
    `${capital(thingWords(thing))} cannot be put back: the later change “${later.summary}” is about it, too.`,
    first(later.id),
  ],
  'step-skipped': () => ['ufw would skip one of the steps.', 'Scan again.'],
  'none-now': ({ change, left }) => [
    `Nothing of “${change.summary}” can be taken back now. ${left.map(leftWords).join(' ')}`,
    'Connect to the network that has this zone, then try again. Zones in use: sudo firewall-cmd --get-active-zones',
  ],
  'none-left': ({ change, left }) => [
    `There is nothing to take back of “${change.summary}”. ${left.map(leftWords).join(' ')}`.trim(),
    'To see who gets through: portcullis scan --all',
  ],
  'nothing-to-undo': () => ['Nothing was changed that could be undone.', LIST],
  'not-undoable': () => ['There is no change with that id that could be undone.', LIST],
  'later-on-top': ({ change, later }) => [
    `A later change stands on top of this one: “${later.summary}”.`,
    `To see what taking back this one alone would change: portcullis undo ${change}`,
  ],
  'files-changed': ({ files, change }) => [
    `Another program has changed ${files.join(' and ')} since, so this was not put back over it.`,
    `What the change itself did can still be taken back: portcullis undo ${change} shows first what that would change.`,
  ],
  'asked-about-another': ({ change }) => [
    `You were asked about another change than the last one: “${change.summary}”. Nothing was taken back.`,
    `To take that one back: portcullis undo ${change.id}`,
  ],
  'saved-unreadable': () => ['What was saved before that change cannot be read.', 'Change the rules back by hand.'],
  'none-waits': () => ['No change with that id waits here.', LIST],
};
