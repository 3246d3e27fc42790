/** Problems of the program itself, and of changes that stand in each other's way, in German. */
import type { Wording } from '../../../core/problem.ts';
import type { RunningProblem } from '../../../core/problem/running.ts';
import type { Around } from '../facts.ts';
import { quoted } from '../findings/de-parts.ts';
import { plural, sentence } from '../format.ts';
import { doingWords } from '../plans/de-summary.ts';
import { whichChange } from '../plans/de-left.ts';

const CLOSE_WINDOW = 'Schließe das Fenster und öffne es wieder.';
const REPORT = 'Scanne neu; wenn es dabei bleibt, speichere einen Snapshot und melde es.';

/** An account by its name; where only the process is known, that. */
const whoWords = (who: string): string => sentence(who).replace(/^process (?=\d+$)/, 'Prozess ');

export const runningWords: Wording<RunningProblem, [Around]> = {
  busy: ({ holder, retry }) => {
    const by =
      holder === null
        ? ''
        : `, von ${whoWords(holder.who)}, seit ${plural(holder.seconds, { one: 'Sekunde', other: 'Sekunden' })}: ${quoted(holder.doing === undefined ? holder.what : doingWords(holder.doing))}`;
    return [
      `Gerade wird schon eine Änderung an der Firewall vorgenommen${by}.`,
      `Warte, bis sie fertig ist${retry ? ', und versuche es dann noch einmal' : ''}.`,
    ];
  },
  'busy-here': () => [
    'Gerade wird schon eine andere Änderung vorgenommen.',
    'Warte, bis sie fertig ist, und versuche es dann noch einmal.',
  ],
  'another-waits': ({ change }, { history }) => [
    `Die ${whichChange(change, history)} wartet auf eine Bestätigung.`,
    `Behalten lässt sie sich mit: portcullis confirm ${sentence(change.id)}, zurücknehmen mit: portcullis undo ${sentence(change.id)}`,
  ],
  'silent-holder': () => [
    'Das Programm, das diese Änderung vorgenommen hat, läuft noch und antwortet nicht: Es nimmt sie gerade zurück, oder es wurde angehalten.',
    'Was aus ihr wurde, zeigt: portcullis history',
  ],
  'lock-failed': ({ exit }) => [
    `Die Sperre ließ sich nicht setzen: ${typeof exit === 'number' ? `Status ${exit}` : sentence(exit)}.`,
    'Versuche es noch einmal.',
  ],
  replayed: () => [
    'Das ist ein gespeicherter Snapshot, darum gibt es hier nichts zu ändern.',
    'Starte Portcullis auf dem Computer selbst, ohne --from.',
  ],
  // What the schema says of it is English.
  'request-misunderstood': ({ request }) => [`Die Anfrage ${quoted(request)} wurde nicht verstanden.`, REPORT],
  'request-unknown': () => ['Das Fenster hat nach etwas gefragt, das es nicht gibt.', CLOSE_WINDOW],
  'request-foreign': () => ['Die Nachricht kam nicht aus dem Fenster.', CLOSE_WINDOW],
  'answer-failed': () => ['Eine Antwort ist ausgeblieben.', CLOSE_WINDOW],
  fault: ({ said }) => [`Etwas ist schiefgegangen: ${sentence(said)}`, REPORT],
  told: ({ message, hint }) => [sentence(message), sentence(hint)],
};
