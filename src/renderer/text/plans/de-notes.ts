/** What became of a change, in German. */
import type { Back, Note } from '../../../core/told.ts';
import { foreign, list, number } from '../format.ts';
import { englishReason } from './de-parts.ts';

const EXCEPT_OTHERS = ', außer was andere inzwischen geändert oder entfernt haben oder was nicht mehr läuft';

const but = (back: Exclude<Back, object>): string => (back === 'whole' ? '' : EXCEPT_OTHERS);

const files = (paths: readonly string[]): string => list(paths.map(foreign));

const waited = (why: string, back: Back): string =>
  typeof back === 'object'
    ? `${why}; ein anderes Programm hat seitdem ${files(back.files)} geändert, darum blieb das, wie es ist.`
    : `${why}, darum wurde alles zurückgenommen${but(back)}.`;

export function noteWords(note: Note): string {
  switch (note.kind) {
    case 'unwanted':
      return waited('Sie sollte nicht bleiben', note.back);
    case 'unconfirmed':
      return waited(`Sie wurde nicht innerhalb von ${number(note.seconds)} Sekunden bestätigt`, note.back);
    case 'unable-to-wait':
      return `${waited('Sie konnte nicht auf eine Bestätigung warten', note.back)} ${englishReason(note.reason)}`;
    case 'interrupted':
      return 'Sie wurde unterbrochen. Vor der nächsten Änderung wird sie zurückgenommen.';
    case 'not-begun':
      return 'Sie wurde unterbrochen, bevor etwas geändert war.';
    case 'unreadable':
      return 'Sie wurde unterbrochen, und was davor gesichert wurde, ist nicht lesbar: Vielleicht gilt sie zum Teil.';
    case 'recovered':
      return `Sie wurde unterbrochen; alles wurde zurückgenommen${but(note.back)}.`;
    case 'recovered-waiting':
      return `Sie wurde nicht rechtzeitig bestätigt; alles wurde zurückgenommen${but(note.back)}.`;
    case 'recovered-undo':
      return `Das Zurücknehmen wurde unterbrochen und später zu Ende gebracht${but(note.back)}.`;
    case 'unrecovered':
      return `Sie wurde unterbrochen, und seitdem hat ein anderes Programm ${files(note.files)} geändert; die Regeln blieben, wie sie sind.`;
    case 'unheard':
      return 'Sie wurde nach Ablauf ihrer Zeit zurückgenommen, wenn sie nicht anderswo bestätigt wurde: Was aus ihr wurde, war hier nicht zu hören.';
  }
}
