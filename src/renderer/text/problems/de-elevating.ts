/** Problems of a change on Windows, in German. */
import type { Wording } from '../../../core/problem.ts';
import type { ElevatingProblem } from '../../../core/problem/elevating.ts';
import { sentence } from '../format.ts';

export const elevatingWords: Wording<ElevatingProblem> = {
  'not-elevated': ({ command, said }) => [
    `Windows ließ sich nicht nach der Erlaubnis eines Administrators fragen${said === '' ? '' : ` (${sentence(said)})`}, darum wurde nichts geändert.`,
    `Öffne ein Terminal als Administrator und führe aus: ${sentence(command)}`,
  ],
  'elevated-too-long': ({ characters, most }) => [
    `Das ist zu viel für eine Änderung: ${characters} Zeichen, und Windows nimmt ${most}. Es wurde nichts geändert.`,
    'Wähle weniger Ports auf einmal, oder exportiere das Skript und führe es als Administrator aus: portcullis export --for windows',
  ],
  'elevated-unheard': ({ change }) => [
    `Windows PowerShell wurde als Administrator gestartet, und wie es endete, war nicht zu hören.${change === null ? ' Es wurde nichts geändert.' : ''}`,
    change === null
      ? 'Scanne neu, und versuche es dann noch einmal.'
      : `Scanne neu, um zu sehen, wie es jetzt ist; was begonnen war, lässt sich zurücknehmen: portcullis undo ${sentence(change)}`,
  ],
  'journal-damaged': ({ path }) => [
    `Was geändert wurde, steht in ${sentence(path)}, und diese Datei ist beschädigt: Es wird nichts geändert.`,
    'Verschiebe diese Datei an einen anderen Ort, um eine neue zu beginnen; was in ihr steht, lässt sich dann von hier aus nicht mehr zurücknehmen.',
  ],
  'journal-unreadable': ({ path }) => [
    `Was geändert wurde, steht in ${sentence(path)}, und diese Datei ist nicht lesbar: Es wird nichts geändert.`,
    'Sorge dafür, dass du diese Datei lesen darfst, und versuche es dann noch einmal.',
  ],
  'journal-unwritten': ({ path, said }) => [
    `Die Änderung ließ sich nicht vorher aufschreiben (${sentence(path)}: ${sentence(said)}), darum wurde nichts geändert.`,
    'Schaffe Platz, oder sorge dafür, dass du dort schreiben darfst, und versuche es dann noch einmal.',
  ],
  'rules-drifted': ({ change }) => [
    'Was diese Änderung in der Windows-Firewall getan hat, wurde seitdem geändert oder entfernt, darum wurde es nicht überschrieben.',
    `Was sich noch zurücknehmen lässt, zeigt: portcullis undo ${sentence(change)} --dry-run`,
  ],
};
