/** Problems of a plan on its way, in German. What a schema says of a field is English, so only the field is named. */
import type { Refusal, Stale, Unasked, Wording } from '../../../core/problem.ts';
import type { OrderingProblem } from '../../../core/problem/ordering.ts';
import { quoted } from '../findings/de-parts.ts';
import { sentence } from '../format.ts';
import { listenerWords } from '../names-de.ts';

function refusalWords(why: Refusal): string {
  switch (why.is) {
    case 'not-json':
      return 'Er ist kein JSON';
    case 'field':
      return why.field === '' ? 'Er ist nicht zu verstehen' : `Das Feld ${quoted(why.field)} stimmt nicht`;
    case 'other-layers':
      return 'Seine Schritte gelten für andere Firewalls als die, die er nennt';
    case 'other-way-back':
      return 'Sein Rückweg gilt für andere Firewalls als die, die er nennt';
    case 'summary':
      return 'Sein Titel sagt nicht, was er tut';
    case 'confirmation':
      return 'Er soll anders bestätigt werden, als gewählt war';
    case 'id':
      return 'Seine Kennung gehört nicht zu seinem Inhalt';
    case 'other-way':
      return 'Er geht einen anderen Weg, als gewählt war';
    case 'opens-only':
      return 'Er würde nur öffnen';
    case 'turns-on':
      return 'Er würde ufw ungefragt einschalten';
    case 'on-before-end':
      return 'ufw wird vor dem Ende eingeschaltet';
    case 'puts-back':
      return 'Dateien wiederherzustellen ist kein Schritt einer Änderung';
    case 'step-unchosen':
      return `Schritt ${why.step} betrifft etwas, das nicht gewählt war`;
    case 'step-other-rule':
      return `Schritt ${why.step} nimmt eine Regel weg, die nicht zum gewählten Port gehört`;
    case 'step-takes-back':
      return `Schritt ${why.step} nimmt nur eine Änderung zurück`;
    case 'step-stops':
      return `Schritt ${why.step} beendet, was nicht gewählt war`;
    case 'step-starts':
      return `Schritt ${why.step} startet, was nicht gewählt war`;
    case 'step-ends-connections':
      return `Schritt ${why.step} beendet Verbindungen, die nicht gewählt waren`;
    case 'stops-unchosen':
      return 'Er würde etwas beenden, das nicht gewählt war';
    case 'connections-unread':
      return 'Er würde Verbindungen beenden, und welche offen sind, ist nicht zu lesen';
    case 'ends-unchosen':
      return 'Er würde Verbindungen beenden, die nicht gewählt waren';
  }
}

function unaskedWords(what: Unasked): string {
  switch (what.is) {
    case 'unknown-caller':
      return 'Wer fragt, ist nicht bekannt';
    case 'file-unreadable':
      return 'Die Datei mit dem Plan ist nicht lesbar';
    case 'file-not-own':
      return 'Die Datei mit dem Plan gehört jemand anderem';
    case 'file-other':
      return 'Die Datei mit dem Plan ist eine andere als die, der zugestimmt wurde';
    case 'question-silent':
      return 'Die Frage sagte nicht, was geschehen wird';
    case 'question-other':
      return 'Die Frage sagte etwas anderes, als der Plan tut';
    case 'unconfirmable':
      return 'Hier lässt sich die Änderung nicht bestätigen';
    case 'too-many-words':
      return 'Das sind zu viele Wörter';
    case 'not-an-id':
      return 'Das ist nicht die Kennung einer Änderung';
    case 'not-seconds':
      return 'Das ist keine Anzahl von Sekunden';
    case 'asked-about-another':
      return 'Die Frage galt einer anderen Änderung';
    case 'words':
      return quoted(what.words);
  }
}

function staleWords(what: Stale): string {
  switch (what.is) {
    case 'rules':
      return 'Die Regeln der Firewall haben sich geändert, seit dieser Plan gemacht wurde';
    case 'reach':
      return `Wer ${listenerWords(what.listener)} erreicht, hat sich geändert, seit dieser Plan gemacht wurde`;
    case 'lets-in':
      return `Das ließe andere an ${listenerWords(what.listener)} (${sentence(what.name)}) heran, anders als zu der Zeit, als dieser Plan gemacht wurde`;
  }
}

const LOOK = 'Sieh noch einmal nach, was sich ändern würde.';

export const orderingWords: Wording<OrderingProblem> = {
  'plan-refused': ({ why }) => [
    `Der Plan wurde abgelehnt: ${refusalWords(why)}.`,
    'Scanne neu und mach einen neuen Plan. Wird auch er abgelehnt, ist das Hilfsprogramm von einer anderen Version: Installiere Portcullis neu.',
  ],
  'helper-misasked': ({ what }) => [
    `Das Hilfsprogramm wurde um etwas gebeten, das es nicht tut: ${unaskedWords(what)}.`,
    'Aktualisiere Portcullis.',
  ],
  'not-root': () => ['Das Hilfsprogramm muss als root laufen.', 'Starte es über Portcullis.'],
  'plan-late': () => [
    'Innerhalb von 30 Sekunden bekam das Hilfsprogramm keinen vollständigen Plan.',
    'Versuche es noch einmal.',
  ],
  'plan-too-large': () => ['Das Hilfsprogramm bekam einen zu großen Plan.', 'Nimm eine kleinere Änderung vor.'],
  'undo-summary': () => ['Der Plan wurde abgelehnt: Sein Titel sagt nicht, was er tut.', 'Mach einen neuen Plan.'],
  'undo-steps': ({ change }) => [
    'Der Plan wurde abgelehnt: Seine Schritte sind nicht die, die diese Änderung jetzt zurücknehmen. Es wurde nichts geändert.',
    `${LOOK} Wo jemand anderes Änderungen vorgenommen hat, sieh als root nach: sudo portcullis undo ${sentence(change)}`,
  ],
  'plan-stale': ({ what }) => [`${staleWords(what)}; darum wurde nichts geändert.`, LOOK],
  'plan-unknown': () => ['Dieser Plan wurde nicht hier gemacht, oder er ist schon ausgeführt.', LOOK],
};
