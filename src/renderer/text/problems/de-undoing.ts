/** Problems of taking a change back, and of keeping one, in German. */
import type { Change } from '../../../core/model.ts';
import type { NotBack, Wording } from '../../../core/problem.ts';
import type { UndoingProblem } from '../../../core/problem/undoing.ts';
import type { Left } from '../../../core/told.ts';
import { type Around, upper } from '../facts.ts';
import { quoted } from '../findings/de-parts.ts';
import { list, sentence } from '../format.ts';
import { leftWords, thingWords, whichChange } from '../plans/de-left.ts';

const LIST = 'Die Änderungen zeigt: portcullis history';
const OTHER_WAY =
  'Nimm zuerst die späteren Änderungen zurück: Die letzte wird genau so zurückgenommen, dass alles ist wie zuvor. Oder füge die Regel von Hand ein, wo sie hingehört: sudo ufw status numbered';

const first = (id: string): string => `Nimm zuerst diese zurück: portcullis undo ${sentence(id)}`;
const takeBack = (id: string): string => `Um sie zurückzunehmen: portcullis undo ${sentence(id)}`;

function whyNotBack(why: NotBack, history: readonly Change[]): readonly [why: string, hint: string] {
  switch (why.is) {
    case 'built-on':
      return [
        `Die spätere ${whichChange(why.later, history)} hat an ihre Stelle ${quoted(why.by)} gesetzt`,
        first(why.later.id),
      ];
    case 'comment':
      return [
        'Ihren Kommentar nimmt der Befehl von ufw nicht an',
        'Füge die Regel mit einem anderen Kommentar von Hand ein, wo sie hingehört: sudo ufw status numbered',
      ];
    case 'no-place':
      return ['Der Verlauf weiß nicht, wo sie stand', OTHER_WAY];
    case 'reordered':
      return ['Die Regeln um sie herum stehen inzwischen in einer anderen Reihenfolge', OTHER_WAY];
    case 'profiles':
      return ['ufw zählt die Regeln von Anwendungsprofilen so, dass die Stelle nicht zu bestimmen ist', OTHER_WAY];
  }
}

const remains = (left: readonly Left[], history: readonly Change[]): string =>
  left.map((one) => ` ${leftWords(one, history)}`).join('');

export const undoingWords: Wording<UndoingProblem, [Around]> = {
  'no-such-change': () => ['Eine Änderung mit dieser Kennung gibt es nicht.', LIST],
  'not-an-id': () => ['Das ist nicht die Kennung einer Änderung.', LIST],
  waits: ({ change }) => [
    'Diese Änderung wartet auf eine Bestätigung.',
    `Um sie jetzt zurückzunehmen: portcullis undo ${sentence(change)}`,
  ],
  'kept-already': ({ change }) => ['Diese Änderung ist schon bestätigt.', takeBack(change)],
  'undone-already': ({ change }, { history }) => [
    `Die ${whichChange(change, history)} wurde schon rückgängig gemacht.`,
    LIST,
  ],
  'not-in-force': ({ change }, { history }) => [
    `Die ${whichChange(change, history)} gilt nicht: Sie wurde zurückgenommen oder nicht zu Ende gebracht.`,
    LIST,
  ],
  'rule-not-back': ({ family, rule, why }, { history }) => {
    const [reason, hint] = whyNotBack(why, history);
    return [`Die IPv${family}-Regel ${quoted(rule)} lässt sich nicht wiederherstellen: ${reason}.`, hint];
  },
  'about-the-same': ({ thing, later }, { history }) => [
    `${upper(thingWords(thing))} lässt sich nicht wiederherstellen: Darum geht es auch in der späteren ${whichChange(later, history)}.`,
    first(later.id),
  ],
  'step-skipped': () => ['ufw würde einen der Schritte überspringen.', 'Scanne neu.'],
  'none-now': ({ change, left }, { history }) => [
    `Von der ${whichChange(change, history)} lässt sich jetzt nichts zurücknehmen.${remains(left, history)}`,
    'Verbinde dich mit dem Netzwerk, das diese Zone hat, und versuche es dann noch einmal. Welche Zonen benutzt werden, zeigt: sudo firewall-cmd --get-active-zones',
  ],
  'none-left': ({ change, left }, { history }) => [
    `Von der ${whichChange(change, history)} ist nichts mehr zurückzunehmen.${remains(left, history)}`,
    'Wer durchkommt, zeigt: portcullis scan --all',
  ],
  'nothing-to-undo': () => ['Es wurde nichts geändert, was sich rückgängig machen ließe.', LIST],
  'not-undoable': () => ['Eine Änderung mit dieser Kennung, die sich rückgängig machen ließe, gibt es nicht.', LIST],
  'later-on-top': ({ change, later }, { history }) => [
    `Auf dieser Änderung baut eine spätere auf, die ${whichChange(later, history)}.`,
    `Was sich ändern würde, wenn nur diese zurückgenommen wird, zeigt: portcullis undo ${sentence(change)}`,
  ],
  'files-changed': ({ files, change }) => [
    `Ein anderes Programm hat seitdem ${list(files.map(sentence))} geändert, darum wurde nichts davon überschrieben.`,
    `Was die Änderung selbst getan hat, lässt sich trotzdem zurücknehmen: portcullis undo ${sentence(change)} zeigt zuerst, was das ändern würde.`,
  ],
  'asked-about-another': ({ change }, { history }) => [
    `Die letzte Änderung ist eine andere als die, nach der du gefragt wurdest: die ${whichChange(change, history)}. Es wurde nichts zurückgenommen.`,
    takeBack(change.id),
  ],
  'saved-unreadable': () => [
    'Was vor dieser Änderung gesichert wurde, ist nicht lesbar.',
    'Ändere die Regeln von Hand zurück.',
  ],
  'none-waits': () => ['Hier wartet keine Änderung mit dieser Kennung.', LIST],
};
