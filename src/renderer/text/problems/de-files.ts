/** Problems of files, in German. */
import type { Unwritten, Wording } from '../../../core/problem.ts';
import type { FilesProblem } from '../../../core/problem/files.ts';
import { quoted } from '../findings/de-parts.ts';
import { sentence } from '../format.ts';

const WHY: Record<Exclude<Unwritten['is'], 'said'>, string> = {
  refused: 'Dort darfst du nicht schreiben',
  'read-only': 'Dieser Datenträger lässt sich nur lesen',
  'no-folder': 'Den Ordner gibt es nicht',
  'not-a-folder': 'Ein Teil des Pfads ist kein Ordner',
  'a-folder': 'Das ist ein Ordner',
  full: 'Der Datenträger ist voll',
};

const REPAIR = 'Repariere oder lösche diese Datei und versuche es dann noch einmal.';
const EXPORT_AGAIN = 'Exportiere sie noch einmal: portcullis export --for intent --out FILE';
const SAVE_AGAIN = 'Speichere den Snapshot noch einmal: portcullis snapshot --out FILE';

export const filesWords: Wording<FilesProblem> = {
  'snapshot-not-json': ({ name }) => [`${sentence(name)} ist kein JSON oder nur ein Teil davon.`, SAVE_AGAIN],
  'snapshot-unknown': ({ name, at }) => [
    `${sentence(name)} ist kein Snapshot, den diese Version lesen kann${at === null ? '' : ` (Feld ${quoted(at.field)})`}.`,
    'Speichere einen: portcullis snapshot --out FILE',
  ],
  'snapshot-twice': ({ name, id }) => [
    `In ${sentence(name)} steht ${quoted(id)} doppelt, darum ist nicht bekannt, was davon gilt.`,
    SAVE_AGAIN,
  ],
  'intent-not-json': ({ name }) => [`${sentence(name)} ist kein JSON oder nur ein Teil davon.`, EXPORT_AGAIN],
  'intent-utf16': ({ name }) => [
    `${sentence(name)} ist nicht in UTF-8. „>“ der PowerShell schreibt zum Beispiel UTF-16.`,
    EXPORT_AGAIN,
  ],
  'intent-too-large': ({ name }) => [
    `${sentence(name)} ist größer als das, was im Fenster geöffnet wird.`,
    'Führe sie im Terminal aus: portcullis import FILE',
  ],
  'intent-unreadable': ({ name }) => [
    `${sentence(name)} ließ sich nicht lesen.`,
    'Sieh nach, ob die Datei noch da ist und du sie lesen darfst, und wähle sie noch einmal.',
  ],
  'intent-unknown': ({ name, at }) => [
    `${sentence(name)} ist keine Absicht, die diese Version lesen kann${at === null ? '' : ` (Feld ${quoted(at.field)})`}.`,
    EXPORT_AGAIN,
  ],
  'intent-twice': ({ name, port }) => [
    `In ${sentence(name)} steht ${quoted(port)} doppelt, darum ist nicht bekannt, was gemeint ist.`,
    'Lass einen der beiden Einträge in der Datei.',
  ],
  'nothing-to-export': ({ format }) => [
    `Eine Datei für ${sentence(format)} schließt einzelne Ports, und es gibt keinen zu schließen.`,
    `Nenne welche: portcullis export --for ${sentence(format)} --ports 3000/tcp`,
  ],
  'programs-unknown': ({ format }) => [
    `Eine Datei für ${sentence(format)} sperrt Programme, und welche dort lauschen, ist nicht bekannt.`,
    'Schließe stattdessen die Ports: portcullis export --for pf',
  ],
  'kept-damaged': ({ path }) => [
    `Was du offen lassen wolltest, steht in ${sentence(path)}, und diese Datei ist beschädigt.`,
    REPAIR,
  ],
  'kept-unreadable': ({ path }) => [
    `Was du offen lassen wolltest, steht in ${sentence(path)}, und diese Datei ist nicht lesbar.`,
    REPAIR,
  ],
  'kept-unsaved': ({ path, said }) => [
    `Deine Wahl ließ sich nicht in ${sentence(path)} speichern: ${sentence(said)}`,
    'Schaffe Platz oder setze XDG_STATE_HOME auf einen Ordner, in den du schreiben darfst.',
  ],
  'file-unwritten': ({ path, why }) => [
    `${sentence(path)} ließ sich nicht schreiben: ${why.is === 'said' ? sentence(why.said) : WHY[why.is]}.`,
    'Wähle einen anderen Ort für die Datei.',
  ],
  'login-unwritten': ({ path, said }) => [
    `${sentence(path)} ließ sich nicht schreiben: ${sentence(said)}`,
    'Portcullis startet nicht bei der Anmeldung. Sorge dafür, dass du in diesen Ordner schreiben darfst, und wähle es noch einmal.',
  ],
  'login-unremoved': ({ path, said }) => [
    `${sentence(path)} ließ sich nicht löschen: ${sentence(said)}`,
    'Portcullis startet weiter bei der Anmeldung. Lösche diese Datei selbst.',
  ],
  'preference-unsaved': ({ path, said }) => [
    `Deine Wahl ließ sich nicht in ${sentence(path)} speichern: ${sentence(said)}`,
    'Sie gilt, bis du Portcullis beendest. Schaffe Platz oder sorge dafür, dass du dort schreiben darfst, und wähle es noch einmal.',
  ],
  'folder-not-roots': ({ path }) => [
    `${sentence(path)} ist kein Ordner, der root gehört.`,
    `Sieh nach mit: ls -ld ${sentence(path)}`,
  ],
  'folder-open': ({ path }) => [
    `In ${sentence(path)} dürfen auch andere als root schreiben.`,
    `Sieh nach mit: ls -la ${sentence(path)}`,
  ],
  'not-savable': () => [
    'Von hier aus lassen sich keine Dateien speichern.',
    'Nimm stattdessen: portcullis export --out FILE',
  ],
};
