/** Problems of asking for an administrator's rights, and of the helper that has them, in German. */
import type { Wording } from '../../../core/problem.ts';
import type { AskingProblem } from '../../../core/problem/asking.ts';
import { sentence } from '../format.ts';

const inTerminal = (command: string): string => `Öffne ein Terminal und führe aus: ${sentence(command)}`;

export const askingWords: Wording<AskingProblem> = {
  'permission-refused': () => [
    'Ohne die Erlaubnis wurde nichts geändert.',
    'Versuche es noch einmal, wenn du so weit bist.',
  ],
  'nobody-asks': ({ command }) => [
    'Hier ist nichts, was nach dem Passwort eines Administrators fragen könnte, darum wurde nichts geändert.',
    inTerminal(command),
  ],
  'unconfirmable-here': ({ command }) => [
    'Diese Änderung muss bestätigt werden, nachdem sie vorgenommen wurde, und von hier aus ginge das nicht: Es wurde nichts geändert.',
    inTerminal(command),
  ],
  'not-authorised': ({ command }) => [
    'Die Erlaubnis wurde nicht erteilt, darum wurde nichts geändert: Das Passwort war falsch, oder dieses Konto darf das System nicht ändern.',
    `Versuche es noch einmal, oder bitte einen Administrator dieses Computers, das auszuführen: ${sentence(command)}`,
  ],
  'not-askable': ({ command }) => [
    'Nach der Erlaubnis ließ sich nicht fragen, darum wurde nichts geändert.',
    inTerminal(command),
  ],
  'folder-misread': ({ command }) => [
    'Portcullis liegt in einem Ordner, dessen Namen eine Shell falsch lesen könnte, darum wurde es nicht als root gestartet.',
    `Verschiebe es in einen Ordner mit einem schlichten Namen oder führe aus: ${sentence(command)}`,
  ],
  'helper-silent': ({ exit, said }) => [
    `Das Hilfsprogramm endete ohne eine Antwort (${exit === null ? 'ein Signal hat es beendet' : `Status ${exit}`}).`,
    said === ''
      ? 'Scanne neu, um zu sehen, wie es jetzt ist; was begonnen war, lässt sich zurücknehmen: portcullis undo'
      : `Gemeldet wurde: ${sentence(said)}`,
  ],
  'plan-not-handed-over': ({ folder }) => [
    'Der Plan ließ sich nicht übergeben, darum wurde nichts geändert.',
    `Sieh dir den Ordner ${sentence(folder)} an`,
  ],
  'helper-missing': () => [
    'Das Hilfsprogramm, das Änderungen vornimmt, ist nicht da: Hier lässt sich nachsehen und exportieren, aber nichts ändern.',
    'Installiere Portcullis aus seinem Paket; in einem Checkout: npm run build',
  ],
  'helper-odd': () => [
    'Das Hilfsprogramm hat etwas geantwortet, wonach nicht gefragt war.',
    'Installiere Portcullis neu.',
  ],
  'helper-changeable': ({ path, by }) => [
    `${sentence(path)} kann von ${by === 'ordinary' ? 'einem gewöhnlichen' : 'einem anderen'} Konto aus geändert werden, darum wird es nicht als root ausgeführt.`,
    'Installiere Portcullis dort, wo nur root schreiben darf, oder nimm anderen das Recht zu schreiben: chmod go-w PATH',
  ],
};
